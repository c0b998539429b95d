using System.Globalization;
using System.Text;

namespace Nabla.Theory.Contents;

/// <summary>Writes the checks and their results as a Markdown page: docs/theory.md.</summary>
public static class TheoryPage
{
    private const string Opening = """
        # The theory behind Nabla, line by line

        Nabla grew from five documents of exercises on backpropagation. This page goes through all their statements, derivations,
        computations and questions. Each entry is a check that runs against the library's own layers, costs, optimizers and schedules.

        If a document is right, its claim *holds*. If it is wrong or imprecise, its claim is *corrected*: the published form is evaluated
        and gives the wrong value shown, and the correct form is proved in its place.

        ```
        nabla theory               # all claims with their verdicts
        nabla theory T94           # one claim with its derivation and all numbers
        nabla theory T24 --plot saturated.png
        ```

        `nabla theory --book docs` writes this page, and a test fails if it is out of date. Costs are summed over outputs and averaged over
        samples. δ is ∂C/∂z of one sample, n the number of training samples and m the size of a mini-batch. λ is defined as in the book:
        C₀ + λ/(2n)·Σw². Numbers are shown with up to ten digits and checked to 10⁻¹² unless a check states another tolerance.


        """;

    /// <summary>The path of a check's picture, relative to the page.</summary>
    public static string PicturePath(string id) => $"images/theory/{id}.png";

    /// <summary>Writes the page.</summary>
    /// <param name="results">The results of the checks that the page shows.</param>
    public static string Write(IReadOnlyCollection<CheckResult> results)
    {
        ArgumentNullException.ThrowIfNull(results);
        var page = new StringBuilder(Opening.ReplaceLineEndings("\n"));
        var byId = results.ToDictionary(result => result.Check.Id);
        Chapter[] chapters = [.. Catalog.Chapters.Where(chapter => chapter.Checks.Any(check => byId.ContainsKey(check.Id)))];
        AppendContents(page, chapters, byId);
        foreach (Chapter chapter in chapters)
        {
            page.Append(CultureInfo.InvariantCulture, $"## {chapter.Letter}. {chapter.Title}\n\n{chapter.Introduction}\n\n");
            foreach (Check check in chapter.Checks.Where(check => byId.ContainsKey(check.Id)))
            {
                AppendCheck(page, byId[check.Id]);
            }
        }

        return page.ToString().TrimEnd() + "\n";
    }

    private static void AppendContents(StringBuilder page, Chapter[] chapters, Dictionary<string, CheckResult> byId)
    {
        int corrected = byId.Values.Count(result => result.Check.IsCorrected);
        page.Append(CultureInfo.InvariantCulture, $"{byId.Count} claims: {byId.Count - corrected} hold, {corrected} are corrected.\n\n| chapter | claims | corrected |\n| --- | ---: | ---: |\n");
        foreach (Chapter chapter in chapters)
        {
            page.Append(CultureInfo.InvariantCulture, $"| [{chapter.Letter}. {chapter.Title}](#{Anchor($"{chapter.Letter}. {chapter.Title}")}) | {chapter.Checks.Count} | {chapter.Checks.Count(check => check.IsCorrected)} |\n");
        }

        page.Append('\n');
    }

    private static void AppendCheck(StringBuilder page, CheckResult result)
    {
        Check check = result.Check;
        page.Append(CultureInfo.InvariantCulture, $"### {check.Id} · {check.Title}\n\n");
        page.Append(CultureInfo.InvariantCulture, $"**{VerdictName(result.Verdict)}** · {string.Join("; ", check.Sources.Select(SourceCode))}\n\n");
        page.Append(CultureInfo.InvariantCulture, $"*Claimed:* {check.Claim}\n\n");
        if (check.Correction is not null)
        {
            page.Append(CultureInfo.InvariantCulture, $"*Corrected:* {check.Correction}\n\n");
        }

        page.Append(CultureInfo.InvariantCulture, $"$$\n{check.Formula.Trim()}\n$$\n\n{check.Derivation.ReplaceLineEndings("\n").Trim()}\n\n");
        if (check.Plot is not null)
        {
            page.Append(CultureInfo.InvariantCulture, $"![{check.Title}]({PicturePath(check.Id)})\n\n");
        }

        AppendFindings(page, result);
    }

    private static void AppendFindings(StringBuilder page, CheckResult result)
    {
        page.Append("| | found | expected |\n| --- | --- | --- |\n");
        foreach (Finding finding in result.Findings)
        {
            (string name, string expected) = finding.Kind switch
            {
                FindingKind.Given => ($"*given:* {Cell(finding.Name)}", ""),
                FindingKind.Refuted => ($"*published:* {Cell(finding.Name)}", $"*in fact* {Cell(Rounded(finding.Expected ?? ""))}"),
                FindingKind.Reported => ($"*measured:* {Cell(finding.Name)}", ""),
                _ => (Cell(finding.Name), Cell(Rounded(finding.Expected ?? ""))),
            };
            page.Append(CultureInfo.InvariantCulture, $"| {name} | {Cell(Rounded(finding.Value))} | {expected} |\n");
        }

        page.Append('\n');
    }

    private static string VerdictName(Verdict verdict) => verdict switch
    {
        Verdict.Holds => "Holds",
        Verdict.Corrected => "Corrected",
        _ => "FAILS",
    };

    /// <summary>Formats the file name as code and the exercise as text.</summary>
    private static string SourceCode(string source) => source.Split(' ', 2) is [var file, var exercise] ? $"`{file}` {exercise}" : source;

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).ReplaceLineEndings(" ");

    /// <summary>Rounds long numbers to ten digits, since the last digits may differ between platforms.</summary>
    private static string Rounded(string text)
    {
        var result = new StringBuilder();
        int i = 0;
        while (i < text.Length)
        {
            int end = i;
            while (end < text.Length && (char.IsAsciiDigit(text[end]) || text[end] == '.'))
            {
                end++;
            }

            if (end == i)
            {
                result.Append(text[i++]);
                continue;
            }

            string number = text[i..end];
            result.Append(number.Length > 11 && number.Contains('.', StringComparison.Ordinal) && double.TryParse(number, CultureInfo.InvariantCulture, out double value)
                ? value.ToString("G10", CultureInfo.InvariantCulture)
                : number);
            i = end;
        }

        return result.ToString();
    }

    /// <summary>The anchor that Markdown viewers give to a heading.</summary>
    private static string Anchor(string heading) =>
        string.Concat(heading.ToLowerInvariant().Where(c => char.IsLetterOrDigit(c) || c is ' ' or '-').Select(c => c == ' ' ? '-' : c));
}
