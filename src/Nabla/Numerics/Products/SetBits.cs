using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Nabla.Numerics.Products;

/// <summary>Lists of the bits that are set in a mask, eight at a time and without a branch.</summary>
internal static unsafe class SetBits
{
    /// <summary>A list is written eight entries at a time, so there must be room for so many behind it.</summary>
    public const int Slack = 8;

    /// <summary>For each byte the numbers of its set bits, lowest first, a byte each.</summary>
    private static readonly ulong[] Numbers = [.. Enumerable.Range(0, 256).Select(Pack)];

    /// <summary>Writes <paramref name="first"/> + number for each set bit.</summary>
    /// <returns>How many there are.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int List(byte bits, int first, ushort* list)
    {
        ulong numbers = Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(Numbers), bits);
        Vector128.Store(Vector128.WidenLower(Vector128.CreateScalarUnsafe(numbers).AsByte()) + Vector128.Create((ushort)first), list);
        return BitOperations.PopCount(bits);
    }

    private static ulong Pack(int bits)
    {
        ulong packed = 0;
        for (int bit = 7; bit >= 0; bit--)
        {
            packed = ((bits >> bit) & 1) == 0 ? packed : (packed << 8) | (uint)bit;
        }

        return packed;
    }
}
