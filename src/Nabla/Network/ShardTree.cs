using System.Numerics;
using Nabla.Numerics.Functions;

namespace Nabla.Network;

/// <summary>The sum of N vectors in a fixed pairwise tree: (0 + 1), (2 + 3) … then pairs of these, and so on; one without a partner goes up as it is.</summary>
/// <remarks>The vectors come one after the other. At most log₂ N + 1 partial sums are stored.</remarks>
internal sealed class ShardTree<T>(int shards) where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Partial sums of 2^level shards.
    private readonly T[][] levels = [.. Enumerable.Range(0, int.Log2(Math.Max(1, shards)) + 1).Select(_ => Array.Empty<T>())];
    private int length;
    private int added;

    /// <summary>N.</summary>
    public int Shards => shards;

    /// <summary>The samples of a shard: ⌊i·m/N⌋ to ⌊(i + 1)·m/N⌋ − 1 of m. May be none.</summary>
    public (int Start, int End) Samples(int shard, int samples) => ((int)((long)shard * samples / shards), (int)((long)(shard + 1) * samples / shards));

    /// <summary>Begins a sum of vectors of one length.</summary>
    public void Begin(int count)
    {
        (length, added) = (count, 0);
        for (int level = 0; level < levels.Length; level++)
        {
            if (levels[level].Length < count)
            {
                levels[level] = new T[count];
            }
        }
    }

    /// <summary>Adds the next shard's vector.</summary>
    public void Add(ReadOnlySpan<T> vector)
    {
        int level = int.TrailingZeroCount(~added);
        Span<T> sum = levels[level].AsSpan(0, length);
        if (level == 0)
        {
            vector.CopyTo(sum);
        }
        else
        {
            Sum(levels[0].AsSpan(0, length), vector, sum);
            for (int below = 1; below < level; below++)
            {
                Elementwise.Add(levels[below].AsSpan(0, length), sum);
            }
        }

        added++;
    }

    /// <summary>The sum of all vectors.</summary>
    public void CopyTo(Span<T> total)
    {
        bool isFirst = true;
        for (int level = 0; level < levels.Length; level++)
        {
            if ((added >> level & 1) == 0)
            {
                continue;
            }

            Span<T> sum = levels[level].AsSpan(0, length);
            if (isFirst)
            {
                sum.CopyTo(total);
            }
            else
            {
                Elementwise.Add(sum, total);
            }

            isFirst = false;
        }
    }

    private static void Sum(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> sum)
    {
        y.CopyTo(sum);
        Elementwise.Add(x, sum);
    }
}
