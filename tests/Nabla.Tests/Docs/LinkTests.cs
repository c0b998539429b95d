using System.Text.RegularExpressions;
using Nabla.Tests.Architecture;
using Xunit;

namespace Nabla.Tests.Docs;

/// <summary>Every link inside the documents leads to a file and a place that exist, and every cited claim is in the index.</summary>
public partial class LinkTests
{
    public static TheoryData<string> Pages =>
        [.. Directory.EnumerateFiles(Sources.Root, "*.md").Concat(Directory.EnumerateFiles(Path.Combine(Sources.Root, "docs"), "*.md", SearchOption.AllDirectories))
            .Select(file => Path.GetRelativePath(Sources.Root, file).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_link_leads_to_a_file_and_an_anchor_that_exist(string page)
    {
        string file = Path.Combine(Sources.Root, page);
        foreach (Match match in Link().Matches(WithoutCode(File.ReadAllText(file))))
        {
            string target = match.Groups[1].Value;
            if (target.Contains("://", StringComparison.Ordinal) || target.StartsWith("mailto:", StringComparison.Ordinal))
            {
                continue;
            }

            string[] parts = target.Split('#', 2);
            string linked = parts[0].Length == 0 ? file : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, parts[0]));
            Assert.True(File.Exists(linked) || Directory.Exists(linked), $"{page}: there is no {target}.");
            if (parts.Length == 2 && linked.EndsWith(".md", StringComparison.Ordinal))
            {
                Assert.True(Anchors(File.ReadAllText(linked)).Contains(parts[1]), $"{page}: there is no anchor {target}.");
            }
        }
    }

    [Fact]
    public void Every_claim_that_the_code_cites_is_in_the_index()
    {
        string index = File.ReadAllText(Path.Combine(Sources.Root, "docs", "theory.md"));
        var known = IndexedClaim().Matches(index).Select(match => match.Groups[1].Value).ToHashSet(StringComparer.Ordinal);
        Assert.Equal(142, known.Count);
        int cited = 0;
        foreach (string file in new[] { "src", "tests", "bench", "samples" }.SelectMany(CodeFiles))
        {
            foreach (Match match in Citation().Matches(File.ReadAllText(file)))
            {
                foreach (Match id in ClaimId().Matches(match.Value))
                {
                    cited++;
                    Assert.True(known.Contains(id.Value), $"{Path.GetRelativePath(Sources.Root, file)} cites {id.Value}, which docs/theory.md does not have.");
                }
            }
        }

        Assert.InRange(cited, 100, int.MaxValue);
    }

    private static IEnumerable<string> CodeFiles(string folder) =>
        Directory.EnumerateFiles(Path.Combine(Sources.Root, folder), "*.cs", SearchOption.AllDirectories).Where(file => !file.Contains("node_modules", StringComparison.Ordinal));

    /// <summary>The anchors of a page: those it sets itself, and those that a viewer gives to its headings.</summary>
    private static HashSet<string> Anchors(string page)
    {
        var anchors = SetAnchor().Matches(page).Select(match => match.Groups[1].Value).ToHashSet(StringComparer.Ordinal);
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (Match match in Heading().Matches(FencedCode().Replace(page.ReplaceLineEndings("\n"), "")))
        {
            string heading = LinkText().Replace(match.Groups[1].Value.Trim(), "$1");
            string anchor = string.Concat(heading.ToLowerInvariant().Where(c => char.IsLetterOrDigit(c) || c is ' ' or '-' or '_').Select(c => c == ' ' ? '-' : c));
            int count = seen.GetValueOrDefault(anchor);
            seen[anchor] = count + 1;
            anchors.Add(count == 0 ? anchor : $"{anchor}-{count}");
        }

        return anchors;
    }

    private static string WithoutCode(string page) =>
        InlineCode().Replace(Formula().Replace(FencedCode().Replace(page.ReplaceLineEndings("\n"), ""), ""), "code");

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"\[([^\]]*)\]\([^)]*\)")]
    private static partial Regex LinkText();

    [GeneratedRegex("^```.*?^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex FencedCode();

    [GeneratedRegex("`[^`\n]*`")]
    private static partial Regex InlineCode();

    [GeneratedRegex(@"\$\$.*?\$\$|\$[^$\n]*\$", RegexOptions.Singleline)]
    private static partial Regex Formula();

    [GeneratedRegex(@"^#{1,6} (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex("<a id=\"([^\"]+)\">")]
    private static partial Regex SetAnchor();

    [GeneratedRegex(@"^\| \[(T\d{2,3})\]", RegexOptions.Multiline)]
    private static partial Regex IndexedClaim();

    /// <summary>"Theory T98, T108" and "theory T36 to T63".</summary>
    [GeneratedRegex(@"\b[Tt]heory T\d+(?:(?:, | to | and )T\d+)*")]
    private static partial Regex Citation();

    [GeneratedRegex(@"T\d+")]
    private static partial Regex ClaimId();
}
