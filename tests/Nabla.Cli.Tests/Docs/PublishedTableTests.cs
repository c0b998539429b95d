using Nabla.Cli.Tests.Support;
using Xunit;

namespace Nabla.Cli.Tests.Docs;

/// <summary>The table of hashes in docs/reproducibility.md is what <c>nabla verify</c> computes.</summary>
/// <remarks>Run with NABLA_ACCEPT_PUBLISHED=1 to rewrite it.</remarks>
public class PublishedTableTests
{
    private const string Start = "<!-- published: written by PublishedTableTests -->";
    private const string End = "<!-- end of published -->";

    [Fact]
    public void The_page_holds_the_name_the_line_and_the_hash_of_every_training()
    {
        string path = Path.Combine(Path.GetDirectoryName(CommandPage.Path)!, "reproducibility.md");
        string page = File.ReadAllText(path), expected = Table();
        int start = page.IndexOf(Start, StringComparison.Ordinal) + Start.Length;
        int end = page.IndexOf(End, StringComparison.Ordinal);
        Assert.InRange(end, start, page.Length);
        if (Environment.GetEnvironmentVariable("NABLA_ACCEPT_PUBLISHED") == "1")
        {
            File.WriteAllText(path, page[..start] + expected + page[end..]);
            return;
        }

        Assert.Equal(expected, page[start..end], ignoreLineEndingDifferences: true);
    }

    private static string Table() =>
        "\n\n| training | what it trains, and its `weights_sha256` |\n| --- | --- |\n"
        + string.Concat(VerifiedTrainings.All().Select(Row)) + "\n";

    private static string Row((string Name, string Summary, string Hash) training) =>
        $"| `{training.Name}` | {training.Summary}<br>`{training.Hash}` |\n";
}
