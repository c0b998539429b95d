using System.Buffers.Binary;
using System.Numerics;

namespace Nabla.Bits;

/// <summary>SHA-256 (FIPS 180-4) without a library of the system, which an emulated machine need not have.</summary>
internal static class Sha256
{
    private static readonly int[] Primes =
        [.. Enumerable.Range(2, 310).Where(n => Enumerable.Range(2, n - 2).All(d => n % d != 0)).Take(64)];

    /// <summary>The first 32 bits of the fractions of the primes' cube roots.</summary>
    private static readonly uint[] K = [.. Primes.Select(prime => Fraction(prime, 3))];

    /// <summary>The hash in lowercase hexadecimal.</summary>
    public static string Of(IReadOnlyCollection<byte> message)
    {
        byte[] padded = new byte[(message.Count + 72) / 64 * 64];
        message.ToArray().CopyTo(padded, 0);
        padded[message.Count] = 0x80;
        BinaryPrimitives.WriteUInt64BigEndian(padded.AsSpan(padded.Length - 8), 8 * (ulong)message.Count);

        // The first 32 bits of the fractions of the square roots.
        uint[] hash = [.. Primes.Take(8).Select(prime => Fraction(prime, 2))];
        for (int block = 0; block < padded.Length; block += 64)
        {
            Add(padded.AsSpan(block, 64), hash);
        }

        return string.Concat(hash.Select(word => word.ToString("x8")));
    }

    private static void Add(ReadOnlySpan<byte> block, uint[] hash)
    {
        Span<uint> w = stackalloc uint[64];
        for (int t = 0; t < 64; t++)
        {
            w[t] = t < 16
                ? BinaryPrimitives.ReadUInt32BigEndian(block[(4 * t)..])
                : Mixed(w[t - 2], 17, 19, 10) + w[t - 7] + Mixed(w[t - 15], 7, 18, 3) + w[t - 16];
        }

        uint a = hash[0], b = hash[1], c = hash[2], d = hash[3], e = hash[4], f = hash[5], g = hash[6], h = hash[7];
        for (int t = 0; t < 64; t++)
        {
            uint first = h + Rotated(e, 6, 11, 25) + ((e & f) ^ (~e & g)) + K[t] + w[t];
            uint second = Rotated(a, 2, 13, 22) + ((a & b) ^ (a & c) ^ (b & c));
            (h, g, f, e, d, c, b, a) = (g, f, e, d + first, c, b, a, first + second);
        }

        uint[] sums = [a, b, c, d, e, f, g, h];
        for (int i = 0; i < hash.Length; i++)
        {
            hash[i] += sums[i];
        }
    }

    private static uint Rotated(uint x, int i, int j, int k) =>
        BitOperations.RotateRight(x, i) ^ BitOperations.RotateRight(x, j) ^ BitOperations.RotateRight(x, k);

    private static uint Mixed(uint x, int i, int j, int shift) =>
        BitOperations.RotateRight(x, i) ^ BitOperations.RotateRight(x, j) ^ (x >> shift);

    /// <summary>⌊2³²·root(n)⌋ modulo 2³², by bisection in whole numbers.</summary>
    private static uint Fraction(int n, int root)
    {
        BigInteger low = 0, high = BigInteger.One << 40, target = new BigInteger(n) << (32 * root);
        while (high - low > 1)
        {
            BigInteger middle = (low + high) / 2;
            (low, high) = BigInteger.Pow(middle, root) <= target ? (middle, high) : (low, middle);
        }

        return (uint)(low & uint.MaxValue);
    }
}
