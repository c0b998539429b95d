using Nabla.Numerics.Functions;

namespace Nabla.Numerics.Random;

/// <summary>
/// The purpose of random numbers. Each purpose has its own stream. The values are part of the reproducibility promise.
/// </summary>
internal enum RandomPurpose : uint
{
    Initialization = 1,
    Shuffle = 2,
    Dropout = 3,
    Distortion = 4,
    Split = 5,
    SyntheticSamples = 6,
    GradientCheck = 7,
    Curvature = 8,
}

/// <summary>
/// A stream of random numbers that is a pure function of (seed, purpose, epoch, index): Philox 4×32-10 (Salmon et al.
/// 2011, "Parallel random numbers: as easy as 1, 2, 3"). There is no state to save: a new stream with the same
/// arguments gives the same numbers.
/// </summary>
internal struct CounterRandom
{
    private readonly ulong seed;
    private readonly ulong index;
    private readonly uint epoch;
    private readonly uint purpose;
    private uint block;
    private uint used;
    private uint x0, x1, x2, x3;

    /// <param name="seed">The seed of the run, which is the key.</param>
    /// <param name="purpose">The purpose of the numbers.</param>
    /// <param name="epoch">The epoch, or 0.</param>
    /// <param name="index">The number of a sample, a layer or another item with its own stream; below 2^56.</param>
    public CounterRandom(ulong seed, RandomPurpose purpose, uint epoch = 0, ulong index = 0)
    {
        this.seed = seed;
        this.purpose = (uint)purpose;
        this.epoch = epoch;
        this.index = index;
        used = 4;
    }

    /// <summary>32 uniform bits.</summary>
    public uint NextUInt32()
    {
        if (used == 4)
        {
            (x0, x1, x2, x3) = Philox(seed, block++, (uint)index, epoch, (purpose << 24) | ((uint)(index >> 32) & 0xFFFFFF));
            used = 0;
        }

        return used++ switch { 0 => x0, 1 => x1, 2 => x2, _ => x3 };
    }

    /// <summary>64 uniform bits.</summary>
    public ulong NextUInt64() => NextUInt32() | ((ulong)NextUInt32() << 32);

    /// <summary>Uniform in [0, 1), 53 bits.</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform in [minimum, maximum).</summary>
    public double NextDouble(double minimum, double maximum) => minimum + ((maximum - minimum) * NextDouble());

    /// <summary>Uniform in 0 … <paramref name="exclusive"/> − 1, without bias (Lemire 2019).</summary>
    public int NextInt32(int exclusive)
    {
        uint range = (uint)exclusive;
        ulong product = (ulong)NextUInt32() * range;
        if ((uint)product < range)
        {
            uint threshold = (0u - range) % range;
            while ((uint)product < threshold)
            {
                product = (ulong)NextUInt32() * range;
            }
        }

        return (int)(product >> 32);
    }

    /// <summary>Standard normal, N(0, 1): the normal quantile of a uniform number.</summary>
    public double NextNormal() => NormalQuantile.At(((NextUInt64() >> 12) + 0.5) * (1.0 / (1UL << 52)));

    /// <summary>Shuffles the elements uniformly (Fisher and Yates).</summary>
    public void Shuffle<T>(Span<T> elements)
    {
        for (int i = elements.Length - 1; i > 0; i--)
        {
            int j = NextInt32(i + 1);
            (elements[i], elements[j]) = (elements[j], elements[i]);
        }
    }

    /// <summary>Ten Philox rounds on the counter (c0, c1, c2, c3) with a 64-bit key.</summary>
    internal static (uint X0, uint X1, uint X2, uint X3) Philox(ulong key, uint c0, uint c1, uint c2, uint c3)
    {
        uint k0 = (uint)key, k1 = (uint)(key >> 32);
        for (int round = 0; round < 10; round++)
        {
            ulong p0 = 0xD2511F53UL * c0, p1 = 0xCD9E8D57UL * c2;
            (c0, c1, c2, c3) = ((uint)(p1 >> 32) ^ c1 ^ k0, (uint)p1, (uint)(p0 >> 32) ^ c3 ^ k1, (uint)p0);
            k0 += 0x9E3779B9;
            k1 += 0xBB67AE85;
        }

        return (c0, c1, c2, c3);
    }
}
