using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Nabla.Numerics.Products.Operands;

/// <summary>Turns bit masks into lists of indices, eight bits at a time and without a branch.</summary>
internal static unsafe class SetBits
{
    /// <summary>Elements behind a list that may be overwritten: a list is written eight entries at a time.</summary>
    public const int Slack = 8;

    /// <summary>For each byte the positions of its set bits, lowest first, one byte each.</summary>
    private static readonly ulong[] Positions = [.. Enumerable.Range(0, 256).Select(Pack)];

    /// <summary>Writes <paramref name="first"/> + position for each set bit.</summary>
    /// <returns>The number of set bits.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int List(byte bits, int first, ushort* list)
    {
        ulong positions = Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(Positions), bits);
        Vector128.Store(Vector128.WidenLower(Vector128.CreateScalarUnsafe(positions).AsByte()) + Vector128.Create((ushort)first), list);
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
