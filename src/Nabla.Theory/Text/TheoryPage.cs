using System.Globalization;
using System.Text;
using Nabla.Theory.Contents;

namespace Nabla.Theory.Text;

/// <summary>The checks and their results as one page of Markdown: docs/theory.md.</summary>
public static class TheoryPage
{
    private const string Opening = """
        # The theory behind Nabla, line by line

        Nabla grew from five documents of exercises on backpropagation. This page goes through all that they state, derive, compute and ask:
        every row is a check that runs against the library's own layers, costs, optimizers and schedules, so a broken law is seen at once.

        Where a document is right, the claim *holds*. Where it is wrong, or true only with more care, the claim is *corrected*: the published form
        is evaluated and fails by the figure shown, and the right form is proved in its place.

        ```
        nabla theory               # all of them, with the verdicts
        nabla theory T94           # one of them, with its derivation and every number
        nabla theory T24 --plot saturated.png
        ```

        The page is written by `nabla theory --book docs`; a test fails when it is stale. Costs sum over outputs and average over samples,
        δ is ∂C/∂z of one sample, n counts the training samples, m the mini-batch, λ is the book's: C₀ + λ/(2n)·Σw².
        Numbers are shown with up to ten digits; they are checked to 10⁻¹² unless a check says otherwise.


        """;

    /// <summary>Where the picture of a check lies, from the page.</summary>
    public static string PicturePath(string id) => $"images/theory/{id}.png";

    /// <summary>The whole page.</summary>
    /// <param name="results">The result of every check that shall stand on it.</param>
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
            page.Append(CultureInfo.InvariantCulture, $"*Right is:* {check.Correction}\n\n");
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
                FindingKind.Given => ($"*given* {Cell(finding.Name)}", ""),
                FindingKind.Refuted => ($"*published:* {Cell(finding.Name)}", $"*but* {Cell(Rounded(finding.Expected ?? ""))}"),
                FindingKind.Reported => ($"*measured* {Cell(finding.Name)}", ""),
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

    /// <summary>The file name as code, the exercise as text.</summary>
    private static string SourceCode(string source) => source.Split(' ', 2) is [var file, var exercise] ? $"`{file}` {exercise}" : source;

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).ReplaceLineEndings(" ");

    /// <summary>Long numbers with ten digits: the last ones may differ between machines' libraries, and nobody reads them.</summary>
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

    /// <summary>The anchor that Markdown viewers give a heading.</summary>
    private static string Anchor(string heading) =>
        string.Concat(heading.ToLowerInvariant().Where(c => char.IsLetterOrDigit(c) || c is ' ' or '-').Select(c => c == ' ' ? '-' : c));
}
