using System.Text;
using Xunit;

namespace Nabla.Tests.Architecture;

/// <summary>What others build on does not change by accident: the public surface stands in PublicApi.txt.</summary>
public class PublicApiTests
{
    private const string Accept = "NABLA_ACCEPT_PUBLIC_API";

    private static readonly string Approved = Path.Combine(Sources.Root, "tests", "Nabla.Tests", "Architecture", "PublicApi.txt");

    [Fact]
    public void The_public_surface_is_the_one_that_was_agreed()
    {
        IReadOnlyList<string> actual = PublicApiListing.Of(typeof(NetworkOptions).Assembly);
        if (Environment.GetEnvironmentVariable(Accept) == "1")
        {
            File.WriteAllText(Approved, string.Join('\n', actual) + "\n");
        }

        string[] expected = File.Exists(Approved) ? [.. File.ReadAllLines(Approved).Where(line => line.Length > 0)] : [];
        Assert.True(expected.SequenceEqual(actual), Difference(expected, actual));
    }

    [Fact]
    public void A_difference_names_what_came_and_what_went_below_its_type()
    {
        string message = Difference(["class A", "    int B", "    int C"], ["class A", "    int B", "    long C"]);
        Assert.Contains("  class A\n-     int C\n+     long C\n", message, StringComparison.Ordinal);
        Assert.DoesNotContain("int B", message, StringComparison.Ordinal);
    }

    /// <summary>Lines that went and lines that came, each group below the line of its type.</summary>
    private static string Difference(IReadOnlyList<string> expected, IReadOnlyList<string> actual)
    {
        var old = Keys(expected).ToHashSet();
        var now = Keys(actual).ToHashSet();
        var text = new StringBuilder("The public surface of the library has changed.\n");
        string lastType = "";
        foreach ((string type, string line) in old.Union(now).Where(key => !old.Contains(key) || !now.Contains(key)).OrderBy(key => key.Type, StringComparer.Ordinal).ThenBy(key => key.Line, StringComparer.Ordinal))
        {
            if (type != lastType && type != line)
            {
                text.Append("  ").Append(type).Append('\n');
            }

            lastType = type;
            text.Append(old.Contains((type, line)) ? "- " : "+ ").Append(line).Append('\n');
        }

        return text.Append("If this is meant, run this test again with ").Append(Accept).Append("=1: it rewrites tests/Nabla.Tests/Architecture/PublicApi.txt. Commit that file, and say in CHANGELOG.md what callers must do.").ToString();
    }

    private static IEnumerable<(string Type, string Line)> Keys(IEnumerable<string> lines)
    {
        string type = "";
        foreach (string line in lines)
        {
            type = line.StartsWith(' ') ? type : line;
            yield return (type, line);
        }
    }
}
