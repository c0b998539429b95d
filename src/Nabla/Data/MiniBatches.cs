using Nabla.Numerics.Random;

namespace Nabla.Data;

/// <summary>The order of the samples in an epoch.</summary>
internal static class MiniBatches
{
    /// <summary>Writes file order, or a random permutation that is a pure function of seed and epoch.</summary>
    /// <param name="shuffle">Whether to permute.</param>
    /// <param name="seed">The seed of the run.</param>
    /// <param name="epoch">The epoch, 1-based.</param>
    /// <param name="order">Receives every index once, [samples].</param>
    public static void Order(bool shuffle, ulong seed, int epoch, Span<int> order)
    {
        for (int i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        if (shuffle)
        {
            new CounterRandom(seed, RandomPurpose.Shuffle, (uint)epoch).Shuffle(order);
        }
    }
}
