namespace Nabla.Tests.Reference.Naive;

/// <summary>The samples of a mini-batch.</summary>
/// <param name="Inputs">[samples][inputs].</param>
/// <param name="Targets">[samples][outputs].</param>
/// <param name="Masks">Which units survive in each dropout layer, [dropout layers][samples][units].</param>
internal sealed record NaiveBatch(double[][] Inputs, double[][] Targets, params bool[][][] Masks)
{
    /// <summary>m.</summary>
    public int Samples => Inputs.Length;

    /// <summary>Samples [first, end).</summary>
    public NaiveBatch Slice(int first, int end) =>
        new(Inputs[first..end], Targets[first..end], [.. Masks.Select(mask => mask[first..end])]);

    /// <summary>Mini-batches of <paramref name="size"/> samples in their order; the last one may be smaller.</summary>
    public IEnumerable<NaiveBatch> Split(int size)
    {
        for (int first = 0; first < Samples; first += size)
        {
            yield return Slice(first, Math.Min(Samples, first + size));
        }
    }
}
