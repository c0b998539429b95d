using Nabla.Tests.Reference.Naive;
using Xunit;

namespace Nabla.Tests.Reference;

public class NaiveGradientTests
{
    /// <summary>Only the order of the additions differs.</summary>
    private const double Tolerance = 1e-14;

    private static readonly double[][] Inputs = [.. Enumerable.Range(0, 10).Select(s => new[] { Math.Sin(s), Math.Cos(3 * s) })];
    private static readonly double[][] Targets = [.. Enumerable.Range(0, 10).Select(s => new[] { 1.0 / (s + 2) })];

    [Fact]
    public void The_tree_adds_neighbours_and_takes_an_odd_one_up()
    {
        // Rounding tells the orders apart: after 1 each half unit in the last place is lost by itself, but two together count.
        double u = Math.ScaleB(1, -53);
        double[] v = [1, u, u, u, u, u, 3 * u];
        double[] expected =
        [
            1,
            1 + u,
            (1 + u) + u,
            (1 + u) + (u + u),
            ((1 + u) + (u + u)) + u,
            ((1 + u) + (u + u)) + (u + u),
            ((1 + u) + (u + u)) + ((u + u) + (3 * u)),
        ];
        for (int n = 1; n <= v.Length; n++)
        {
            Assert.Equal(expected[n - 1], NaiveGradient.SumInTree([.. v.Take(n).Select(value => new[] { value })])[0]);
        }

        Assert.NotEqual(expected[3], v.Take(4).Aggregate((a, b) => a + b));
    }

    [Fact]
    public void Shards_begin_at_the_rounded_down_fractions()
    {
        // ⌊i·10/4⌋ = 0, 2, 5, 7, 10.
        var batch = new NaiveBatch(Inputs, Targets);
        NaiveNetwork network = Network();
        double[][] sums = [.. new[] { (0, 2), (2, 5), (5, 7), (7, 10) }.Select(shard => network.Differentiate(batch.Slice(shard.Item1, shard.Item2)).GradientSum)];
        double[] expected = [.. Enumerable.Range(0, network.Count).Select(i => ((sums[0][i] + sums[1][i]) + (sums[2][i] + sums[3][i])) / 10)];
        Assert.Equal(expected, NaiveGradient.Mean(network, batch, 4).Gradient);
    }

    [Fact]
    public void Any_number_of_shards_gives_the_gradient_of_the_whole()
    {
        NaiveNetwork network = Network();
        for (int m = 1; m <= 10; m++)
        {
            NaiveBatch batch = new NaiveBatch(Inputs, Targets).Slice(0, m);
            (double cost, double[] gradient) = NaiveGradient.Mean(network, batch);
            // Some shards are empty where there are more shards than samples.
            for (int shards = 2; shards <= 13; shards++)
            {
                (double sharded, double[] sum) = NaiveGradient.Mean(network, batch, shards);
                NaiveComparison.AssertClose([cost, .. gradient], [sharded, .. sum], Tolerance, $"{m} samples in {shards} shards");
            }
        }
    }

    [Fact]
    public void A_gradient_longer_than_the_limit_is_shortened_to_it()
    {
        Assert.Equal([1.5, -2], NaiveGradient.Clipped([3, -4], 2.5));
        Assert.Equal([3, -4], NaiveGradient.Clipped([3, -4], 5));
        Assert.Equal([0, 0], NaiveGradient.Clipped([0, 0], 1));
    }

    private static NaiveNetwork Network() => new(
        NaiveCost.Quadratic,
        new NaiveDense([[0.5, -0.25], [1, 0.75], [-0.5, 0.125]], [0.1, -0.2, 0.3]),
        new NaiveActivation(NaiveFunction.Tanh),
        new NaiveDense([[0.5, -1, 0.25]], [0.5]));
}
