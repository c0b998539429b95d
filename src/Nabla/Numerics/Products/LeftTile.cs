using System.Runtime.CompilerServices;
using Nabla.Numerics.Vectors;

namespace Nabla.Numerics.Products;

/// <summary>Rows of a left operand that go through a register tile together, and the steps of k in which they are not all zero.</summary>
/// <remarks>
/// Dark pixels, one-hot categories, units that are off: a step in which a whole tile is zero adds ±0 to sums, and the tiles leave it out.
/// No bit depends on it, because a sum that comes to −0 is stored as 0 either way. The right operand must be finite for that.
/// </remarks>
/// <param name="rows">The rows, through all steps.</param>
/// <param name="steps">The steps in which they are not all zero, in their order.</param>
/// <param name="found">How many these are.</param>
internal readonly unsafe struct LeftTile<T>(GemmOperand<T> rows, ushort* steps, int found) where T : unmanaged
{
    public GemmOperand<T> Rows { get; } = rows;

    public ushort* Steps { get; } = steps;

    public int Found { get; } = found;

    /// <summary>Whether going by the list pays: where nearly all steps are on it, going through all is faster.</summary>
    public bool Skips
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Found < Rows.Columns - (Rows.Columns / 8);
    }

    /// <summary>The tile of these rows, with its list.</summary>
    public static LeftTile<T> Of<TVector, TLanes>(GemmOperand<T> rows, ushort* steps)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T> =>
        new(rows, steps, Find<TVector, TLanes>(rows, steps));

    /// <summary>Lists the steps of k in which a tile is not all zero, at most 65,536 and with room for <see cref="SetBits.Slack"/> more behind them.</summary>
    /// <returns>How many they are.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Find<TVector, TLanes>(in GemmOperand<T> a, ushort* steps)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T> =>
        a.ColumnStride == 1 ? Across<TVector, TLanes>(a.Pointer, a.RowStride, a.Rows, a.Columns, steps) : Along<TVector, TLanes>(a.Pointer, a.ColumnStride, a.Rows, a.Columns, steps);

    /// <summary>Each row lies in one piece: some steps at a time, all rows of them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Across<TVector, TLanes>(T* a, nint row, int rows, int k, ushort* steps)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
    {
        int found = 0, p = 0;
        for (; p + TLanes.Count <= k; p += TLanes.Count)
        {
            T* at = a + p;
            TVector any = TLanes.Load(at);
            for (int i = 1; i < rows; i++)
            {
                at += row;
                any = TLanes.Or(any, TLanes.Load(at));
            }

            uint bits = TLanes.NonzeroBits(any);
            for (int lane = 0; lane < TLanes.Count; lane += 8, bits >>= 8)
            {
                found += SetBits.List((byte)bits, p + lane, steps + found);
            }
        }

        for (; p < k; p++)
        {
            // The rest is not worth a look.
            steps[found++] = (ushort)p;
        }

        return found;
    }

    /// <summary>The rows of each step lie side by side.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Along<TVector, TLanes>(T* a, nint column, int rows, int k, ushort* steps)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
    {
        int found = 0;
        if (rows > TLanes.Count)
        {
            int last = rows - TLanes.Count;
            for (int p = 0; p < k; p++, a += column)
            {
                TVector any = TLanes.Load(a);
                for (int i = TLanes.Count; i < rows; i += TLanes.Count)
                {
                    any = TLanes.Or(any, TLanes.Load(a + Math.Min(i, last)));
                }

                steps[found] = (ushort)p;
                found += TLanes.NonzeroBits(any) != 0 ? 1 : 0;
            }

            return found;
        }

        // What follows the rows in memory does not count; a buffer has a line of slack behind its end.
        uint counts = (1u << rows) - 1;
        for (int p = 0; p < k; p++, a += column)
        {
            steps[found] = (ushort)p;
            found += (TLanes.NonzeroBits(TLanes.Load(a)) & counts) != 0 ? 1 : 0;
        }

        return found;
    }
}
