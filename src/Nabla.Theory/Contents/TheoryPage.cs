using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Nabla.Theory.Text;

namespace Nabla.Theory.Contents;

/// <summary>
/// Writes the checks and their results as Markdown: the index docs/theory.md and a page for each chapter.
/// </summary>
public static partial class TheoryPage
{
    /// <summary>The path of the index, relative to the folder of the book.</summary>
    public const string IndexPath = "theory.md";

    private const string Opening = """
        # The theory behind Nabla, line by line

        Nabla grew from five documents of exercises on backpropagation. These pages go through all their statements,
        derivations, computations and questions. Each entry is a check that runs against the library's own layers, costs,
        update rules and schedules.

        If a document is right, its claim *holds*. If it is wrong or imprecise, its claim is *corrected*: the published form is
        evaluated and gives the wrong value shown, and the correct form is proved in its place.

        ```
        nabla theory               # all claims with their verdicts
        nabla theory T94           # one claim with its derivation and all numbers
        nabla theory T24 --plot saturated.png
        ```

        A comment in the code such as *Theory T98* cites the claim T98 of this index.

        `nabla theory --book docs` writes these pages, and a test fails if one is out of date. Costs are summed over outputs
        and averaged over samples. δ is ∂C/∂z of one sample, n the number of training samples and m the size of a mini-batch.
        λ is defined as in the book: C₀ + λ/(2n)·Σw². Numbers are shown with up to ten digits and checked to 10⁻¹² unless a
        check states another tolerance.

        ## Sources

        "The book" is Michael Nielsen, *Neural Networks and Deep Learning* (2015),
        [neuralnetworksanddeeplearning.com](http://neuralnetworksanddeeplearning.com); each chapter says which of its sections
        teach the subject. The documents themselves are not part of this project, so each claim is stated in full. A source
        names the document and the section, exercise or equation in it:


        """;

    /// <summary>The path of a check's picture, relative to the folder of the book.</summary>
    public static string PicturePath(string id) => $"images/theory/{id}.png";

    /// <summary>The path of a chapter's page, relative to the folder of the book.</summary>
    public static string ChapterPath(Chapter chapter)
    {
        ArgumentNullException.ThrowIfNull(chapter);
        return $"theory/{chapter.Page}.md";
    }

    /// <summary>Writes the index and the pages of the chapters.</summary>
    /// <param name="results">The results of the checks that the pages show.</param>
    /// <returns>The text of each page by its path, relative to the folder of the book.</returns>
    public static IReadOnlyDictionary<string, string> WriteAll(IReadOnlyCollection<CheckResult> results)
    {
        ArgumentNullException.ThrowIfNull(results);
        var byId = results.ToDictionary(result => result.Check.Id);
        Chapter[] chapters = [.. Catalog.Chapters.Where(chapter => chapter.Checks.Any(check => byId.ContainsKey(check.Id)))];
        var pages = new Dictionary<string, string> { [IndexPath] = WriteIndex(chapters, byId) };
        foreach (Chapter chapter in chapters)
        {
            pages.Add(ChapterPath(chapter), WriteChapter(chapter, byId));
        }

        return pages;
    }

    private static string WriteIndex(Chapter[] chapters, Dictionary<string, CheckResult> byId)
    {
        var page = new StringBuilder(Opening.ReplaceLineEndings("\n"));
        page.Append("| document | contents |\n| --- | --- |\n");
        foreach (SourceDocument document in SourceDocuments.All)
        {
            page.Append(CultureInfo.InvariantCulture, $"| {document.Name} | {document.Subject} |\n");
        }

        int corrected = byId.Values.Count(result => result.Check.IsCorrected);
        page.Append(CultureInfo.InvariantCulture, $"\n## Chapters\n\n{byId.Count} claims: {byId.Count - corrected} hold, {corrected} are corrected.\n\n| chapter | claims | corrected |\n| --- | ---: | ---: |\n");
        foreach (Chapter chapter in chapters)
        {
            page.Append(CultureInfo.InvariantCulture, $"| [{chapter.Letter}. {chapter.Title}]({ChapterPath(chapter)}) | {chapter.Checks.Count} | {chapter.Checks.Count(check => check.IsCorrected)} |\n");
        }

        page.Append("\n## Claims\n\n| id | claim | verdict |\n| --- | --- | --- |\n");
        foreach (Check check in Catalog.Checks.Where(check => byId.ContainsKey(check.Id)))
        {
            Chapter chapter = Catalog.ChapterOf(check);
            page.Append(CultureInfo.InvariantCulture, $"| [{check.Id}]({ChapterPath(chapter)}#{Anchor(check)}) | {Cell(check.Title)} | {VerdictName(byId[check.Id].Verdict)} |\n");
        }

        return page.ToString();
    }

    private static string WriteChapter(Chapter chapter, Dictionary<string, CheckResult> byId)
    {
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $"# {chapter.Letter}. {chapter.Title}\n\n");
        page.Append(CultureInfo.InvariantCulture, $"A chapter of [the theory behind Nabla](../{IndexPath}).\n\n");
        page.Append(CultureInfo.InvariantCulture, $"{Prose(chapter.Introduction, chapter)}\n\n{Prose($"Reading: {chapter.Reading}", chapter)}\n\n");
        foreach (Check check in chapter.Checks.Where(check => byId.ContainsKey(check.Id)))
        {
            AppendCheck(page, chapter, byId[check.Id]);
        }

        return page.ToString().TrimEnd() + "\n";
    }

    private static void AppendCheck(StringBuilder page, Chapter chapter, CheckResult result)
    {
        Check check = result.Check;
        page.Append(CultureInfo.InvariantCulture, $"<a id=\"{Anchor(check)}\"></a>\n\n## {check.Id} · {check.Title}\n\n");
        page.Append(CultureInfo.InvariantCulture, $"{Prose($"**{VerdictName(result.Verdict)}** · {string.Join("; ", check.Sources)}", chapter)}\n\n");
        page.Append(CultureInfo.InvariantCulture, $"{Prose($"*Claimed:* {check.Claim}", chapter)}\n\n");
        if (check.Correction is not null)
        {
            page.Append(CultureInfo.InvariantCulture, $"{Prose($"*Corrected:* {check.Correction}", chapter)}\n\n");
        }

        page.Append(CultureInfo.InvariantCulture, $"$$\n{check.Formula.Trim()}\n$$\n\n{Prose(check.Derivation.Trim(), chapter)}\n\n");
        if (check.Plot is not null)
        {
            page.Append(CultureInfo.InvariantCulture, $"![{check.Title}](../{PicturePath(check.Id)})\n\n");
        }

        AppendFindings(page, result);
    }

    /// <summary>The text in lines of at most 120 characters. The id of another claim links to it.</summary>
    private static string Prose(string text, Chapter chapter)
    {
        // Every second part stands between dollar signs or backticks and is a formula or code.
        string[] parts = MarkedText().Split(text);
        for (int i = 0; i < parts.Length; i++)
        {
            if (parts[i] is not ['$' or '`', ..])
            {
                parts[i] = ClaimId().Replace(parts[i], id => Catalog.Find(id.Value) is { } check ? Link(check, chapter) : id.Value);
            }
        }

        return WrappedText.Wrap(string.Concat(parts));
    }

    private static string Link(Check check, Chapter from)
    {
        Chapter to = Catalog.ChapterOf(check);
        return $"[{check.Id}]({(to == from ? "" : $"{to.Page}.md")}#{Anchor(check)})";
    }

    private static string Anchor(Check check) => check.Id.ToLowerInvariant();

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

    [GeneratedRegex(@"(\$\$[^$]*\$\$|\$[^$]*\$|`[^`]*`)")]
    private static partial Regex MarkedText();

    [GeneratedRegex(@"\bT\d{2,3}\b")]
    private static partial Regex ClaimId();
}
