namespace Nabla.Tests.Reference.Naive;

/// <summary>The mean gradient of a mini-batch, from shards and clipped.</summary>
internal static class NaiveGradient
{
    /// <summary>Mean cost and mean gradient of a mini-batch of m samples. The sums of its shards are added in a fixed tree.</summary>
    /// <param name="network">The network. Where batch normalisation couples the samples, the mini-batch is differentiated as a whole: the same sum.</param>
    /// <param name="batch">The mini-batch.</param>
    /// <param name="shards">N; shard i holds samples ⌊i·m/N⌋ to ⌊(i + 1)·m/N⌋ − 1 and may be empty.</param>
    public static (double Cost, double[] Gradient) Mean(NaiveNetwork network, NaiveBatch batch, int shards = 1)
    {
        int m = batch.Samples;
        shards = network.MixesSamples ? 1 : shards;
        NaivePass[] passes = [.. Enumerable.Range(0, shards).Select(i => network.Differentiate(batch.Slice(i * m / shards, (i + 1) * m / shards)))];
        double cost = SumInTree([.. passes.Select(pass => new[] { pass.CostSum })])[0];
        return (cost / m, [.. SumInTree([.. passes.Select(pass => pass.GradientSum)]).Select(g => g / m)]);
    }

    /// <summary>Adds neighbours in pairs, (0 + 1), (2 + 3) …, and the sums again, until one is left; an odd one goes up alone.</summary>
    public static double[] SumInTree(double[][] vectors)
    {
        while (vectors.Length > 1)
        {
            vectors = [.. vectors.Chunk(2).Select(pair => pair.Length == 1 ? pair[0] : pair[0].Zip(pair[1], (a, b) => a + b).ToArray())];
        }

        return vectors[0];
    }

    /// <summary>g·C/‖g‖ where ‖g‖ &gt; C, otherwise g.</summary>
    public static double[] Clipped(double[] gradient, double largestNorm)
    {
        double norm = Math.Sqrt(gradient.Sum(g => g * g));
        return norm > largestNorm ? [.. gradient.Select(g => g * largestNorm / norm)] : gradient;
    }
}
