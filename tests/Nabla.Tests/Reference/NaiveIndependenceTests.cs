using System.Text.RegularExpressions;
using Nabla.Tests.Architecture;
using Xunit;

namespace Nabla.Tests.Reference;

public partial class NaiveIndependenceTests
{
    [Fact]
    public void The_naive_network_uses_nothing_of_the_library()
    {
        string[] files = Directory.GetFiles(Path.Combine(Sources.Root, "tests", "Nabla.Tests", "Reference", "Naive"));
        Assert.NotEmpty(files);
        foreach (string file in files)
        {
            // The names of the base class library are there without a using.
            Match match = Foreign().Match(File.ReadAllText(file));
            Assert.False(match.Success, $"{Path.GetFileName(file)}: '{match.Value}'");
        }
    }

    [GeneratedRegex(@"\busing\b|\bNabla\.(?!Tests\.Reference\.Naive;)|\b(Numerics|Network|Data|Training|Models|Diagnosis|Runs)\.|\b(float|Vector\d*|Span|Parallel)\b")]
    private static partial Regex Foreign();
}
