using Xunit;

namespace Nabla.Tests.Reference;

/// <summary>Vectors that must agree but for rounding.</summary>
internal static class NaiveComparison
{
    /// <summary>Compares each number with a tolerance that is relative to the largest expected one, and absolute where all are below 1.</summary>
    public static void AssertClose(double[] expected, double[] actual, double tolerance, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        double scale = expected.Append(1).Max(Math.Abs);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.True(Math.Abs(expected[i] - actual[i]) <= tolerance * scale, $"{what}: number {i} is {actual[i]:R}, not {expected[i]:R}");
        }
    }

    /// <summary>The rows one after the other.</summary>
    public static double[] Flat(double[][] rows) => [.. rows.SelectMany(row => row)];
}
