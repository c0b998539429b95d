using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using Nabla.Numerics.Vectors;

namespace Nabla.Numerics.Products.Operands;

/// <summary>
/// A row strip of the packed path: one dense strip of six or five rows, or its two halves, each with its own
/// zero-skipping list.
/// </summary>
/// <remarks>Behind ReLU and among pixels, three rows are all zero at far more values of k than six rows.</remarks>
internal readonly struct SplitRowStrip<T> where T : unmanaged
{
    /// <summary>Rows of the upper half; the lower half has the rest.</summary>
    public const int HalfRows = 3;

    private SplitRowStrip(GemmOperand<T> rows, RowStrip<T> upper, RowStrip<T> lower)
    {
        Rows = rows;
        Upper = upper;
        Lower = lower;
    }

    public GemmOperand<T> Rows { get; }

    public RowStrip<T> Upper { get; }

    public RowStrip<T> Lower { get; }

    /// <summary>Whether the halves cost less than the whole strip. They read the panels twice.</summary>
    public bool SkipsZeros
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Upper.ListLength + Lower.ListLength < (2 * Rows.Columns) - (Rows.Columns / 8);
    }

    /// <summary>
    /// The strip of these rows. The lists of its halves go one after the other into <paramref name="lists"/>.
    /// </summary>
    public static unsafe SplitRowStrip<T> Of<TVector, TLanes>(GemmOperand<T> rows, ushort* lists)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
    {
        ushort* lower = lists + rows.Columns;
        GemmOperand<T> upperRows = rows.SliceRows(0, HalfRows), lowerRows = rows.SliceRows(HalfRows, rows.Rows);
        if (Bmi2.X64.IsSupported && rows.RowStride == 1 && rows.ColumnStride == rows.Rows)
        {
            (int upperLength, int lowerLength) = ListPacked(rows.Pointer, rows.Rows, rows.Columns, lists, lower);
            return new(rows, new(upperRows, lists, upperLength), new(lowerRows, lower, lowerLength));
        }

        return new(rows, RowStrip<T>.Of<TVector, TLanes>(upperRows, lists), RowStrip<T>.Of<TVector, TLanes>(lowerRows, lower));
    }

    /// <summary>
    /// Lists both halves of a packed strip, [k][rows], eight values of k at a time: one bit per element, then an or
    /// of the bits of each k.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe (int Upper, int Lower) ListPacked(T* a, int rows, int k, ushort* upper, ushort* lower)
    {
        const int Depth = 8;
        ulong firstRow = 0;
        for (int p = 0; p < Depth; p++)
        {
            firstRow |= 1UL << (p * rows);
        }

        int upperLength = 0, lowerLength = 0, first = 0;
        for (; first + Depth <= k; first += Depth)
        {
            ulong bits = 0;
            for (int i = 0; i < rows; i++, a += Depth)
            {
                bits |= (ulong)NonzeroMaskOfEight(a) << (i * Depth);
            }

            // A lower half of two rows must leave out the third bit: that is the first row of the next k.
            ulong two = bits | (bits >> 1), three = two | (bits >> 2), lowerBits = rows == BlockSizes.TileRows ? three : two;
            upperLength += SetBits.List((byte)Bmi2.X64.ParallelBitExtract(three, firstRow), first, upper + upperLength);
            lowerLength += SetBits.List((byte)Bmi2.X64.ParallelBitExtract(lowerBits, firstRow << HalfRows), first, lower + lowerLength);
        }

        for (; first < k; first++)
        {
            // The tail is too short to test for zeros.
            upper[upperLength++] = (ushort)first;
            lower[lowerLength++] = (ushort)first;
        }

        return (upperLength, lowerLength);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe uint NonzeroMaskOfEight(T* a) =>
        sizeof(T) == sizeof(float) ? Lanes256<T>.NonzeroMask(Lanes256<T>.Load(a)) : Lanes512<T>.NonzeroMask(Lanes512<T>.Load(a));
}
