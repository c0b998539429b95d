using Nabla.Tests.Architecture;
using Xunit;

namespace Nabla.Serving.Tests.Architecture;

/// <summary>The public surface of Nabla.Serving stands in PublicApi.txt, and changes only when that file does.</summary>
public class PublicApiTests
{
    private static readonly string Approved = Path.Combine(Sources.Root, "tests", "Nabla.Serving.Tests", "Architecture", "PublicApi.txt");

    [Fact]
    public void The_public_surface_is_the_one_that_was_agreed()
    {
        IReadOnlyList<string> actual = PublicApiListing.Of(typeof(ModelHost).Assembly);
        if (Environment.GetEnvironmentVariable("NABLA_ACCEPT_PUBLIC_API") == "1")
        {
            File.WriteAllText(Approved, string.Join('\n', actual) + "\n");
        }

        string[] expected = File.Exists(Approved) ? [.. File.ReadAllLines(Approved).Where(line => line.Length > 0)] : [];
        Assert.True(
            expected.SequenceEqual(actual),
            $"The public surface of Nabla.Serving has changed.\n- {string.Join("\n- ", expected.Except(actual))}\n+ {string.Join("\n+ ", actual.Except(expected))}\nIf this is meant, run this test again with NABLA_ACCEPT_PUBLIC_API=1 and commit PublicApi.txt.");
    }
}
