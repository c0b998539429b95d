using System.Text.RegularExpressions;
using Nabla.Tests.Architecture;
using Xunit;

namespace Nabla.Tests.Docs;

/// <summary>Where a document says which test holds a promise, that test exists.</summary>
public partial class CitedTestsTests
{
    [Theory]
    [InlineData("reproducibility.md")]
    [InlineData("reliability.md")]
    public void Every_test_that_a_page_names_exists(string page)
    {
        string text = File.ReadAllText(Path.Combine(Sources.Root, "docs", page));
        MatchCollection cited = Citation().Matches(text);
        Assert.NotEmpty(cited);
        foreach (Match match in cited)
        {
            // The class stands in a file of its name, maybe of another test project.
            string file = Directory.EnumerateFiles(Path.Combine(Sources.Root, "tests"), match.Groups[1].Value + ".cs", SearchOption.AllDirectories).SingleOrDefault()
                ?? throw new InvalidDataException($"docs/{page}: there is no class {match.Groups[1].Value}.");
            Assert.True(File.ReadAllText(file).Contains($" {match.Groups[2].Value}(", StringComparison.Ordinal), $"docs/{page}: there is no test {match.Value}.");
        }
    }

    [GeneratedRegex(@"(?<=`)(\w+Tests)\.(\w+)(?=`)")]
    private static partial Regex Citation();
}
