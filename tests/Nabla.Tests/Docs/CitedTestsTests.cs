using System.Text.RegularExpressions;
using Nabla.Tests.Architecture;
using Xunit;

namespace Nabla.Tests.Docs;

/// <summary>Where a document says which test holds a promise, that test exists.</summary>
public partial class CitedTestsTests
{
    [Fact]
    public void Every_test_that_the_page_on_reproducibility_names_exists()
    {
        string text = File.ReadAllText(Path.Combine(Sources.Root, "docs", "reproducibility.md"));
        MatchCollection cited = Citation().Matches(text);
        Assert.NotEmpty(cited);
        foreach (Match match in cited)
        {
            Type type = typeof(CitedTestsTests).Assembly.GetTypes().SingleOrDefault(candidate => candidate.Name == match.Groups[1].Value)
                ?? throw new InvalidDataException($"docs/reproducibility.md: there is no class {match.Groups[1].Value}.");
            Assert.True(type.GetMethod(match.Groups[2].Value) is not null, $"docs/reproducibility.md: there is no test {match.Value}.");
        }
    }

    [GeneratedRegex(@"(?<=`)(\w+Tests)\.(\w+)(?=`)")]
    private static partial Regex Citation();
}
