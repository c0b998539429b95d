using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Nabla.Numerics.Products.MicroKernels;
using Nabla.Numerics.Products.Operands;
using Nabla.Numerics.Vectors;

namespace Nabla.Numerics.Products;

/// <summary>
/// Small products, from the operands in place: one row strip after the other, each through all columns.
/// </summary>
/// <remarks>
/// The last columns are covered by vectors that overlap the ones before them: both compute the same bits of a cell.
/// </remarks>
internal static unsafe class UnpackedGemm
{
    /// <summary>The most values of k at once: their zero-skipping list is on the stack.</summary>
    private const int MaxDepth = 1024;

    /// <summary>
    /// c = a·b, or c += a·b if <paramref name="accumulate"/>. a: [m, k]; b: [k, n] with contiguous rows; c: [m, n].
    /// </summary>
    /// <typeparam name="T">The elements of b and c.</typeparam>
    /// <typeparam name="TLeft">The elements of a: T, or bytes that are scaled to byte / 255.</typeparam>
    public static void Multiply<T, TLeft>(GemmOperand<TLeft> a, GemmOperand<T> b, T* c, nint cRow, bool accumulate = false)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLeft : unmanaged
    {
        for (int first = 0; first == 0 || first < b.Rows; first += MaxDepth)
        {
            int end = Math.Min(first + MaxDepth, b.Rows);
            MultiplyDepth(a.SliceColumns(first, end), b.SliceRows(first, end), c, cRow, accumulate || first > 0);
        }
    }

    private static void MultiplyDepth<T, TLeft>(GemmOperand<TLeft> a, GemmOperand<T> b, T* c, nint cRow, bool accumulate)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLeft : unmanaged
    {
        int columns = b.Columns;
        if (Vector512.IsHardwareAccelerated && columns >= Vector512<T>.Count)
        {
            MultiplyRows<T, Vector512<T>, Lanes512<T>, TLeft>(a, b, c, cRow, accumulate);
        }
        else if (Vector256.IsHardwareAccelerated && columns >= Vector256<T>.Count)
        {
            MultiplyRows<T, Vector256<T>, Lanes256<T>, TLeft>(a, b, c, cRow, accumulate);
        }
        else
        {
            MultiplyRows<T, Vector128<T>, Lanes128<T>, TLeft>(a, b, c, cRow, accumulate);
        }
    }

    private static void MultiplyRows<T, TVector, TLanes, TLeft>(GemmOperand<TLeft> a, GemmOperand<T> b, T* c, nint cRow, bool accumulate)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
        where TLeft : unmanaged
    {
        if (typeof(TLeft) == typeof(byte))
        {
            MultiplyRows<T, TVector, TLanes, byte, ByteReader<T, TVector, TLanes>>(new(), a.As<byte>(), b, c, cRow, accumulate);
        }
        else
        {
            MultiplyRows<T, TVector, TLanes, T, NumberReader<T, TVector, TLanes>>(default, a.As<T>(), b, c, cRow, accumulate);
        }
    }

    /// <summary>The loop over row strips.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MultiplyRows<T, TVector, TLanes, TLeft, TReader>(TReader reader, GemmOperand<TLeft> a, GemmOperand<T> b, T* c, nint cRow, bool accumulate)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
        where TLeft : unmanaged
        where TReader : struct, IElementReader<TLeft, TVector>
    {
        ushort* list = stackalloc ushort[MaxDepth + SetBits.Slack];
        if (a.Rows == 1 && b.Columns >= TLanes.Count)
        {
            T* scaled = stackalloc T[typeof(TLeft) == typeof(byte) ? MaxDepth + BytePacking.Slack : 0];
            MultiplySingleRow<T, TVector, TLanes>(typeof(TLeft) == typeof(byte) ? BytePacking.PackLeft(a.As<byte>(), 1, scaled) : a.As<T>(), b, c, list, accumulate);
            return;
        }

        int i = 0, fiveRowStrips = BlockSizes.FiveRowStrips(a.Rows);
        for (; i + BlockSizes.TileRows <= a.Rows - (5 * fiveRowStrips); i += BlockSizes.TileRows)
        {
            MultiplyStrip<T, TVector, TLanes, TLeft, TReader, Six>(reader, a, i, b, c + (i * cRow), cRow, list, accumulate);
        }

        for (; fiveRowStrips > 0; fiveRowStrips--, i += 5)
        {
            MultiplyStrip<T, TVector, TLanes, TLeft, TReader, Five>(reader, a, i, b, c + (i * cRow), cRow, list, accumulate);
        }

        for (; i < a.Rows; i++)
        {
            MultiplyStrip<T, TVector, TLanes, TLeft, TReader, One>(reader, a, i, b, c + (i * cRow), cRow, list, accumulate);
        }
    }

    /// <summary>The row strip from row <paramref name="first"/> on, times all columns: the loop over tiles.</summary>
    private static void MultiplyStrip<T, TVector, TLanes, TLeft, TReader, TRows>(TReader reader, GemmOperand<TLeft> a, int first, GemmOperand<T> b, T* c, nint cRow, ushort* list, bool accumulate)
        where T : unmanaged
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
        where TLeft : unmanaged
        where TReader : struct, IElementReader<TLeft, TVector>
        where TRows : struct, ITileCount
    {
        GemmOperand<TLeft> rows = a.SliceRows(first, first + TRows.Count);
        var strip = new RowStrip<TLeft>(rows, list, TReader.ListNonzero(rows, list));
        if (strip.ListLength == 0)
        {
            for (int i = 0; !accumulate && i < TRows.Count; i++)
            {
                new Span<T>(c + (i * cRow), b.Columns).Clear();
            }

            return;
        }

        int j = 0, width = 2 * TLanes.Count;
        for (; j + width <= b.Columns; j += width)
        {
            StridedKernel.Multiply<T, TVector, TLanes, TLeft, TReader, TRows>(reader, strip, b.Pointer + j, b.RowStride, c + j, cRow, TLanes.Count, accumulate);
        }

        int rest = b.Columns - j, lastVector = b.Columns - TLanes.Count, start = Math.Min(j, lastVector);
        if (rest > TLanes.Count || (rest > 0 && lastVector >= 0 && !accumulate))
        {
            StridedKernel.Multiply<T, TVector, TLanes, TLeft, TReader, TRows>(reader, strip, b.Pointer + start, b.RowStride, c + start, cRow, lastVector - start, accumulate);
        }
        else if (rest > 0)
        {
            MultiplyLastColumns<T, TVector, TLanes, TLeft, TReader, TRows>(reader, strip, b.Pointer + j, b.RowStride, c + j, cRow, rest, accumulate);
        }
    }

    /// <summary>
    /// Fewer columns than lanes. The other lanes read the memory behind the columns; their results are discarded.
    /// </summary>
    [SkipLocalsInit]
    private static void MultiplyLastColumns<T, TVector, TLanes, TLeft, TReader, TRows>(TReader reader, in RowStrip<TLeft> strip, T* b, nint bRow, T* c, nint cRow, int count, bool accumulate)
        where T : unmanaged
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
        where TLeft : unmanaged
        where TReader : struct, IElementReader<TLeft, TVector>
        where TRows : struct, ITileCount
    {
        T* cells = stackalloc T[BlockSizes.TileRows * TLanes.Count];
        for (int i = 0; accumulate && i < TRows.Count; i++)
        {
            new ReadOnlySpan<T>(c + (i * cRow), count).CopyTo(new Span<T>(cells + (i * TLanes.Count), count));
        }

        StridedKernel.Multiply<T, TVector, TLanes, TLeft, TReader, TRows>(reader, strip, b, bRow, cells, TLanes.Count, 0, accumulate);
        for (int i = 0; i < TRows.Count; i++)
        {
            new ReadOnlySpan<T>(cells + (i * TLanes.Count), count).CopyTo(new Span<T>(c + (i * cRow), count));
        }
    }

    /// <summary>
    /// One row times a matrix: reads the matrix once, in order, four of its rows at a time. Rows at which the left row
    /// is zero are not read.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MultiplySingleRow<T, TVector, TLanes>(GemmOperand<T> a, GemmOperand<T> b, T* c, ushort* list, bool accumulate)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
    {
        int columns = b.Columns, whole = columns - (columns % TLanes.Count);
        if (!accumulate)
        {
            new Span<T>(c, columns).Clear();
        }

        nint bRow = b.RowStride, aColumn = a.ColumnStride;
        T* x = a.Pointer;
        int index = 0, length = RowStrip<T>.ListNonzero<TVector, TLanes>(a, list);
        for (; index + 4 <= length; index += 4)
        {
            nint p0 = list[index], p1 = list[index + 1], p2 = list[index + 2], p3 = list[index + 3];
            T* w0 = b.Pointer + (p0 * bRow), w1 = b.Pointer + (p1 * bRow), w2 = b.Pointer + (p2 * bRow), w3 = b.Pointer + (p3 * bRow);
            TVector x0 = TLanes.Create(x[p0 * aColumn]), x1 = TLanes.Create(x[p1 * aColumn]), x2 = TLanes.Create(x[p2 * aColumn]), x3 = TLanes.Create(x[p3 * aColumn]);
            for (int j = 0; j < whole; j += TLanes.Count)
            {
                TVector sum = TLanes.FusedMultiplyAdd(x0, TLanes.Load(w0 + j), TLanes.Load(c + j));
                sum = TLanes.FusedMultiplyAdd(x1, TLanes.Load(w1 + j), sum);
                sum = TLanes.FusedMultiplyAdd(x2, TLanes.Load(w2 + j), sum);
                sum = TLanes.FusedMultiplyAdd(x3, TLanes.Load(w3 + j), sum);
                TLanes.Store(sum, c + j);
            }

            for (int j = whole; j < columns; j++)
            {
                T sum = T.FusedMultiplyAdd(x[p0 * aColumn], w0[j], c[j]);
                sum = T.FusedMultiplyAdd(x[p1 * aColumn], w1[j], sum);
                sum = T.FusedMultiplyAdd(x[p2 * aColumn], w2[j], sum);
                c[j] = T.FusedMultiplyAdd(x[p3 * aColumn], w3[j], sum);
            }
        }

        for (; index < length; index++)
        {
            nint p = list[index];
            T* w = b.Pointer + (p * bRow);
            for (int j = 0; j < columns; j++)
            {
                c[j] = T.FusedMultiplyAdd(x[p * aColumn], w[j], c[j]);
            }
        }

        // Stores −0 as 0.
        for (int j = 0; j < columns; j++)
        {
            c[j] += T.Zero;
        }
    }
}
