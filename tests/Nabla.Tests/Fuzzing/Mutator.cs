using System.Buffers.Binary;
using Nabla.Numerics.Random;

namespace Nabla.Tests.Fuzzing;

/// <summary>Damaged copies of a good file, for fuzzing a reader: each is a pure function of (seed, index), so that a failure is repeated by its index alone.</summary>
/// <remarks>
/// A copy goes through one to four edits: flipped bits, a replaced byte, a cut end, inserted, repeated and removed ranges, an integer field set to an
/// edge of its range in either byte order, a range taken from elsewhere. Half of all places lie in the first 64 bytes, where headers are.
/// In text every other edit is one of <see cref="TextEdits"/>.
/// </remarks>
internal static class Mutator
{
    /// <summary>A purpose that the library does not use.</summary>
    private const RandomPurpose Purpose = (RandomPurpose)0xF0;

    private const int HeaderLength = 64;

    private const int LongestInsertion = 64;

    private const int LongestCopy = 1024;

    /// <summary>The copy of this index. It is at most some four thousand bytes longer than the original; now and then it equals the original.</summary>
    /// <param name="original">A good file.</param>
    /// <param name="seed">Decides the whole series.</param>
    /// <param name="index">The number of the copy, 0 or more.</param>
    /// <param name="donor">Another good file, from which ranges are spliced in; left out, they come from the original.</param>
    /// <param name="isText">Whether the file holds text, whose words and numbers are edited, too.</param>
    public static byte[] Of(ReadOnlySpan<byte> original, ulong seed, int index, ReadOnlySpan<byte> donor = default, bool isText = false)
    {
        var random = new CounterRandom(seed, Purpose, 0, (ulong)index);
        byte[] source = donor.IsEmpty ? original.ToArray() : donor.ToArray();
        byte[] bytes = original.ToArray();
        int edits = 1 + Math.Min(3, System.Numerics.BitOperations.TrailingZeroCount(random.NextUInt32()));
        for (int i = 0; i < edits; i++)
        {
            bytes = isText && random.NextInt32(2) == 0 ? TextEdits.Edit(bytes, source, ref random) : Edit(bytes, source, ref random);
        }

        return bytes;
    }

    private static byte[] Edit(byte[] bytes, byte[] source, ref CounterRandom random)
    {
        int kind = random.NextInt32(8);
        int at = Place(bytes.Length, ref random);
        switch (kind)
        {
            case 0:
                return FlipBits(bytes, ref random);
            case 1:
                return Replace(bytes, at, [(byte)random.NextUInt32()]);
            case 2:
                return bytes[..at];
            case 3:
                byte[] noise = new byte[1 + random.NextInt32(LongestInsertion)];
                for (int i = 0; i < noise.Length; i++)
                {
                    noise[i] = (byte)random.NextUInt32();
                }

                return [.. bytes[..at], .. noise, .. bytes[at..]];
            case 4:
                return [.. bytes[..at], .. Range(bytes, ref random), .. bytes[at..]];
            case 5:
                return [.. bytes[..at], .. bytes[Math.Min(bytes.Length, at + 1 + random.NextInt32(LongestCopy))..]];
            case 6:
                return Replace(bytes, at, Field(bytes, at, ref random));
            default:
                return Replace(bytes, at, Range(source, ref random));
        }
    }

    private static byte[] FlipBits(byte[] bytes, ref CounterRandom random)
    {
        int flips = bytes.Length == 0 ? 0 : 1 + random.NextInt32(8);
        for (int i = 0; i < flips; i++)
        {
            bytes[Place(bytes.Length - 1, ref random)] ^= (byte)(1 << random.NextInt32(8));
        }

        return bytes;
    }

    /// <summary>An integer of 1, 2, 4 or 8 bytes at an edge of its range, or beside the value that stood there, or near the length of the file.</summary>
    private static byte[] Field(byte[] bytes, int at, ref CounterRandom random)
    {
        int width = 1 << random.NextInt32(4);
        bool bigEndian = random.NextInt32(2) == 0;
        byte[] old = new byte[8];
        bytes.AsSpan(at, Math.Min(width, bytes.Length - at)).CopyTo(old.AsSpan(bigEndian ? 8 - width : 0));
        ulong before = bigEndian ? BinaryPrimitives.ReadUInt64BigEndian(old) : BinaryPrimitives.ReadUInt64LittleEndian(old);
        ulong signBit = 1UL << ((8 * width) - 1);
        ulong value = random.NextInt32(9) switch
        {
            0 => 0,
            1 => 1,
            2 => signBit - 1,
            3 => signBit,
            4 => ulong.MaxValue,
            5 => before - 1,
            6 => before + 1,
            7 => (ulong)bytes.Length - 1 + (ulong)random.NextInt32(3),
            _ => before << random.NextInt32(8 * width),
        };
        byte[] field = new byte[8];
        if (bigEndian)
        {
            BinaryPrimitives.WriteUInt64BigEndian(field, value);
            return field[(8 - width)..];
        }

        BinaryPrimitives.WriteUInt64LittleEndian(field, value);
        return field[..width];
    }

    /// <summary>Overwrites, and drops what would stand behind the end.</summary>
    private static byte[] Replace(byte[] bytes, int at, ReadOnlySpan<byte> by)
    {
        by[..Math.Min(by.Length, bytes.Length - at)].CopyTo(bytes.AsSpan(at));
        return bytes;
    }

    private static byte[] Range(byte[] bytes, ref CounterRandom random)
    {
        int first = Place(bytes.Length, ref random);
        return bytes[first..Math.Min(bytes.Length, first + 1 + random.NextInt32(LongestCopy))];
    }

    /// <summary>0 to <paramref name="end"/>, half of the time in the header.</summary>
    private static int Place(int end, ref CounterRandom random) =>
        random.NextInt32(1 + (random.NextInt32(2) == 0 ? Math.Min(end, HeaderLength) : end));
}
