namespace Nabla.Training.Batches;

/// <summary>A mini-batch: samples [First, First + Count) of an epoch's order.</summary>
/// <param name="Order">The samples of the epoch in their order.</param>
/// <param name="First">Position of the first sample in the order.</param>
/// <param name="Count">Samples of the mini-batch.</param>
/// <param name="Epoch">The epoch, 1-based.</param>
internal readonly record struct MiniBatch(int[] Order, int First, int Count, int Epoch)
{
    /// <summary>The mini-batch after this one; empty after the last one of the epoch.</summary>
    public MiniBatch Next => new(Order, First + Count, Math.Min(Count, Order.Length - First - Count), Epoch);

    /// <summary>The first sample of a part.</summary>
    public int Start(int part, int parts) => (int)((long)Count * part / parts);

    /// <summary>All samples.</summary>
    public ReadOnlySpan<int> All => Samples(0, Count);

    /// <summary>Samples [start, end) of the mini-batch.</summary>
    public ReadOnlySpan<int> Samples(int start, int end) => Order.AsSpan(First + start, end - start);
}
