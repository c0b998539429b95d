namespace Nabla.Network;

/// <summary>What a pass is for, and which samples it sees.</summary>
/// <param name="IsTraining">Whether layers use the statistics of the mini-batch, as in training.</param>
/// <param name="IsRandom">Whether dropout is active.</param>
/// <param name="UpdatesState">Whether running statistics take part of the mini-batch's.</param>
/// <param name="Seed">The seed of the run.</param>
/// <param name="Epoch">The epoch, 1-based.</param>
/// <param name="Position">The place of the pass's first sample in the epoch, so that random masks do not depend on the batch size.</param>
public readonly record struct PassContext(bool IsTraining, bool IsRandom, bool UpdatesState, ulong Seed, uint Epoch, long Position)
{
    /// <summary>A prediction.</summary>
    public static PassContext Prediction => default;

    /// <summary>A training pass laid open for study: nothing is random, and no state changes.</summary>
    public static PassContext Study => new(true, false, false, 0, 1, 0);

    /// <summary>A mini-batch of a training.</summary>
    public static PassContext Training(ulong seed, int epoch, long position) => new(true, true, true, seed, (uint)epoch, position);
}
