using Nabla.Numerics.Random;
using Xunit;

namespace Nabla.Tests.Numerics.Random;

public class CounterRandomTests
{
    // The statistical bounds are five standard deviations: about one in a million seeds would exceed one by chance. The
    // seeds are fixed.
    private const int Draws = 200_000;

    // Known answers of the Random123 distribution (Salmon et al. 2011), philox4x32 with 10 rounds.
    [Theory]
    [InlineData(0u, 0u, 0u, 0u, 0ul, 0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u)]
    [InlineData(0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu, 0xfffffffffffffffful, 0x408f276du, 0x41c83b0eu, 0xa20bc7c6u, 0x6d5451fdu)]
    [InlineData(0x243f6a88u, 0x85a308d3u, 0x13198a2eu, 0x03707344u, 0x299f31d0a4093822ul, 0xd16cfe09u, 0x94fdccebu, 0x5001e420u, 0x24126ea1u)]
    public void Philox_gives_the_known_answers(uint c0, uint c1, uint c2, uint c3, ulong key, uint x0, uint x1, uint x2, uint x3)
    {
        Assert.Equal((x0, x1, x2, x3), CounterRandom.Philox(key, c0, c1, c2, c3));
    }

    [Fact]
    public void Uniform_numbers_have_the_moments_and_the_range_of_the_uniform_distribution()
    {
        var random = new CounterRandom(1, RandomPurpose.SyntheticSamples);
        double sum = 0, squares = 0, lagged = 0, last = 0.5;
        for (int i = 0; i < Draws; i++)
        {
            double x = random.NextDouble();
            Assert.InRange(x, 0, BitConverter.UInt64BitsToDouble(0x3FEFFFFFFFFFFFFF));
            sum += x;
            squares += x * x;
            lagged += (x - 0.5) * (last - 0.5);
            last = x;
        }

        // Mean 1/2 with variance 1/12; mean of squares 1/3 with variance 4/45; neighbours uncorrelated, variance 1/144.
        Assert.Equal(1.0 / 2, sum / Draws, 5 * Math.Sqrt(1.0 / 12 / Draws));
        Assert.Equal(1.0 / 3, squares / Draws, 5 * Math.Sqrt(4.0 / 45 / Draws));
        Assert.Equal(0, lagged / Draws, 5 * Math.Sqrt(1.0 / 144 / Draws));
    }

    [Fact]
    public void Normal_numbers_have_the_moments_and_the_tails_of_the_normal_distribution()
    {
        var random = new CounterRandom(2, RandomPurpose.Initialization);
        double sum = 0, squares = 0, fourth = 0;
        int beyondTwo = 0;
        for (int i = 0; i < Draws; i++)
        {
            double x = random.NextNormal();
            sum += x;
            squares += x * x;
            fourth += x * x * x * x;
            beyondTwo += Math.Abs(x) > 2 ? 1 : 0;
        }

        // E x⁴ = 3 and E x⁸ = 105, so x² has variance 2 and x⁴ has 96; P(|x| > 2) = 0.04550026389635842.
        Assert.Equal(0, sum / Draws, 5 / Math.Sqrt(Draws));
        Assert.Equal(1, squares / Draws, 5 * Math.Sqrt(2.0 / Draws));
        Assert.Equal(3, fourth / Draws, 5 * Math.Sqrt(96.0 / Draws));
        Assert.Equal(0.0455, beyondTwo / (double)Draws, 5 * Math.Sqrt(0.0455 * 0.9545 / Draws));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(10)]
    [InlineData(17)]
    public void Whole_numbers_are_equally_frequent(int range)
    {
        var random = new CounterRandom(3, RandomPurpose.Split);
        int[] counts = new int[range];
        for (int i = 0; i < Draws; i++)
        {
            counts[random.NextInt32(range)]++;
        }

        double p = 1.0 / range;
        Assert.All(counts, count => Assert.Equal(p, count / (double)Draws, 5 * Math.Sqrt(p * (1 - p) / Draws)));
    }

    [Fact]
    public void A_large_range_is_not_biased()
    {
        // 0.4·2^32: the plain remainder of 32 bits would fall below the middle with probability 0.6.
        const int Range = 1_717_986_918;
        var random = new CounterRandom(4, RandomPurpose.Split);
        int below = 0;
        for (int i = 0; i < Draws; i++)
        {
            below += random.NextInt32(Range) < Range / 2 ? 1 : 0;
        }

        Assert.Equal(0.5, below / (double)Draws, 5 * Math.Sqrt(0.25 / Draws));
    }

    [Fact]
    public void Every_order_of_four_elements_is_equally_frequent()
    {
        const int Shuffles = 24_000;
        var orders = new Dictionary<string, int>();
        for (uint epoch = 0; epoch < Shuffles; epoch++)
        {
            char[] letters = ['a', 'b', 'c', 'd'];
            var random = new CounterRandom(5, RandomPurpose.Shuffle, epoch);
            random.Shuffle<char>(letters);
            string order = new(letters);
            orders[order] = orders.GetValueOrDefault(order) + 1;
        }

        // 24 orders, a thousand times each, with a deviation of √(1000·23/24).
        Assert.Equal(24, orders.Count);
        Assert.All(orders.Values, count => Assert.Equal(1000, count, 5 * Math.Sqrt(1000.0 * 23 / 24)));
    }

    [Fact]
    public void Streams_with_different_seeds_purposes_epochs_or_indices_share_no_numbers()
    {
        CounterRandom[] streams =
        [
            new(0, RandomPurpose.Shuffle), new(1, RandomPurpose.Shuffle), new(1UL << 32, RandomPurpose.Shuffle), new(0, RandomPurpose.Dropout),
            new(0, RandomPurpose.Shuffle, 1), new(0, RandomPurpose.Shuffle, 0, 1), new(0, RandomPurpose.Shuffle, 0, 1UL << 32), new(0, RandomPurpose.Shuffle, 0, (1UL << 56) - 1),
        ];
        var seen = new HashSet<ulong>();
        for (int stream = 0; stream < streams.Length; stream++)
        {
            for (int i = 0; i < 1000; i++)
            {
                Assert.True(seen.Add(streams[stream].NextUInt64()), $"Stream {stream} repeats a number of another stream.");
            }
        }
    }

    [Fact]
    public void A_new_stream_with_the_same_arguments_gives_the_same_numbers()
    {
        CounterRandom first = new(9, RandomPurpose.Distortion, 4, 77), again = new(9, RandomPurpose.Distortion, 4, 77);
        Assert.Equal(Enumerable.Range(0, 50).Select(_ => first.NextUInt32()).ToArray(), Enumerable.Range(0, 50).Select(_ => again.NextUInt32()).ToArray());
    }
}
