using System.Runtime.CompilerServices;
using Nabla.Numerics.Vectors;

namespace Nabla.Numerics.Products.Operands;

/// <summary>
/// A row strip: the rows of a left operand that go through one register tile together, with its zero-skipping list.
/// </summary>
/// <remarks>
/// The list holds the values of k at which the rows are not all zero. Dark pixels, one-hot categories and inactive
/// units make whole columns of a strip zero. Such a column adds ±0 to the sums, so the kernels skip it. This changes no
/// bit, because a sum of −0 is stored as 0 either way. The right operand must be finite for that.
/// </remarks>
/// <param name="rows">The rows, over all k.</param>
/// <param name="list">The values of k at which the rows are not all zero, in ascending order.</param>
/// <param name="listLength">The length of the list.</param>
internal readonly unsafe struct RowStrip<T>(GemmOperand<T> rows, ushort* list, int listLength) where T : unmanaged
{
    public GemmOperand<T> Rows { get; } = rows;

    public ushort* List { get; } = list;

    public int ListLength { get; } = listLength;

    /// <summary>Whether skipping zeros pays: if nearly every k is on the list, the dense loop is faster.</summary>
    public bool SkipsZeros
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ListLength < Rows.Columns - (Rows.Columns / 8);
    }

    /// <summary>The strip of these rows, with its list.</summary>
    public static RowStrip<T> Of<TVector, TLanes>(GemmOperand<T> rows, ushort* list)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T> =>
        new(rows, list, ListNonzero<TVector, TLanes>(rows, list));

    /// <summary>
    /// Lists the values of k at which the rows are not all zero: at most 65,536, and <see cref="SetBits.Slack"/> more
    /// are overwritten.
    /// </summary>
    /// <returns>The length of the list.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int ListNonzero<TVector, TLanes>(in GemmOperand<T> a, ushort* list)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T> =>
        a.ColumnStride == 1
            ? ListByRows<TVector, TLanes>(a.Pointer, a.RowStride, a.Rows, a.Columns, list)
            : ListByColumns<TVector, TLanes>(a.Pointer, a.ColumnStride, a.Rows, a.Columns, list);

    /// <summary>
    /// Each row is contiguous: a vector holds several values of k, and the rows are combined by a bitwise or.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int ListByRows<TVector, TLanes>(T* a, nint rowStride, int rows, int k, ushort* list)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
    {
        int length = 0, p = 0;
        for (; p + TLanes.Count <= k; p += TLanes.Count)
        {
            T* at = a + p;
            TVector any = TLanes.Load(at);
            for (int i = 1; i < rows; i++)
            {
                at += rowStride;
                any = TLanes.Or(any, TLanes.Load(at));
            }

            uint bits = TLanes.NonzeroMask(any);
            for (int lane = 0; lane < TLanes.Count; lane += 8, bits >>= 8)
            {
                length += SetBits.List((byte)bits, p + lane, list + length);
            }
        }

        for (; p < k; p++)
        {
            // The tail is too short to test for zeros.
            list[length++] = (ushort)p;
        }

        return length;
    }

    /// <summary>Each column is contiguous: a vector holds the rows of one k.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int ListByColumns<TVector, TLanes>(T* a, nint columnStride, int rows, int k, ushort* list)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
    {
        int length = 0;
        if (rows > TLanes.Count)
        {
            int last = rows - TLanes.Count;
            for (int p = 0; p < k; p++, a += columnStride)
            {
                TVector any = TLanes.Load(a);
                for (int i = TLanes.Count; i < rows; i += TLanes.Count)
                {
                    any = TLanes.Or(any, TLanes.Load(a + Math.Min(i, last)));
                }

                list[length] = (ushort)p;
                length += TLanes.NonzeroMask(any) != 0 ? 1 : 0;
            }

            return length;
        }

        // The load reads beyond the rows, which a buffer's line of slack allows; the mask ignores those lanes.
        uint mask = (1u << rows) - 1;
        for (int p = 0; p < k; p++, a += columnStride)
        {
            list[length] = (ushort)p;
            length += (TLanes.NonzeroMask(TLanes.Load(a)) & mask) != 0 ? 1 : 0;
        }

        return length;
    }
}
