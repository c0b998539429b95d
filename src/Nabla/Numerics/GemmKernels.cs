using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Nabla.Numerics;

/// <summary>Small products, from the operands as they lie: the columns of c panel by panel, each in tiles of a few rows.</summary>
/// <remarks>A rest of columns is covered by the second vector of a tile, moved back over cells of the first: both compute the same bits of them.</remarks>
internal static unsafe class GemmKernels
{
    /// <summary>c = a·b, or c += a·b where <paramref name="goOn"/>, from the operands as they lie. a: [m, k]; b: [k, n] with its rows contiguous; c: [m, n].</summary>
    public static void Multiply<T>(GemmOperand<T> a, GemmOperand<T> b, T* c, nint cRow, bool goOn = false) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int columns = b.Columns;
        if (Vector512.IsHardwareAccelerated && columns >= Vector512<T>.Count)
        {
            Columns<T, Vector512<T>, Lanes512<T>>(a, b, c, cRow, goOn);
        }
        else if (Vector256.IsHardwareAccelerated && columns >= Vector256<T>.Count)
        {
            Columns<T, Vector256<T>, Lanes256<T>>(a, b, c, cRow, goOn);
        }
        else if (columns >= Vector128<T>.Count)
        {
            Columns<T, Vector128<T>, Lanes128<T>>(a, b, c, cRow, goOn);
        }
        else
        {
            // A buffer has a line of slack behind its end.
            FewColumns<T, Vector128<T>, Lanes128<T>>(a, b, c, cRow, goOn);
        }
    }

    /// <summary>One row times a matrix, which is read once, in its own order: four rows of it at a time onto the sums.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Row<T, TVector, TLanes>(GemmOperand<T> a, GemmOperand<T> b, T* c, bool goOn)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
    {
        int columns = b.Columns, whole = columns - (columns % TLanes.Count);
        if (!goOn)
        {
            new Span<T>(c, columns).Clear();
        }

        nint stride = b.RowStride, step = a.ColumnStride;
        T* x = a.Pointer;
        T* w = b.Pointer;
        int p = 0;
        for (; p + 4 <= b.Rows; p += 4, x += 4 * step, w += 4 * stride)
        {
            TVector x0 = TLanes.Create(x[0]), x1 = TLanes.Create(x[step]), x2 = TLanes.Create(x[2 * step]), x3 = TLanes.Create(x[3 * step]);
            T* w2 = w + (2 * stride);
            for (int j = 0; j < whole; j += TLanes.Count)
            {
                TVector sum = TLanes.FusedMultiplyAdd(x0, TLanes.Load(w + j), TLanes.Load(c + j));
                sum = TLanes.FusedMultiplyAdd(x1, TLanes.Load(w + stride + j), sum);
                sum = TLanes.FusedMultiplyAdd(x2, TLanes.Load(w2 + j), sum);
                sum = TLanes.FusedMultiplyAdd(x3, TLanes.Load(w2 + stride + j), sum);
                TLanes.Store(sum, c + j);
            }

            for (int j = whole; j < columns; j++)
            {
                T sum = T.FusedMultiplyAdd(x[0], w[j], c[j]);
                sum = T.FusedMultiplyAdd(x[step], w[stride + j], sum);
                sum = T.FusedMultiplyAdd(x[2 * step], w2[j], sum);
                c[j] = T.FusedMultiplyAdd(x[3 * step], w2[stride + j], sum);
            }
        }

        for (; p < b.Rows; p++, x += step, w += stride)
        {
            for (int j = 0; j < columns; j++)
            {
                c[j] = T.FusedMultiplyAdd(*x, w[j], c[j]);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Columns<T, TVector, TLanes>(GemmOperand<T> a, GemmOperand<T> b, T* c, nint cRow, bool goOn)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
    {
        if (a.Rows == 1)
        {
            Row<T, TVector, TLanes>(a, b, c, goOn);
            return;
        }

        int width = 2 * TLanes.Count, j = 0;
        for (; j + width <= b.Columns; j += width)
        {
            Panel<T, TVector, TLanes>(a, b.Pointer + j, b.RowStride, b.Rows, c + j, cRow, TLanes.Count, goOn);
        }

        int rest = b.Columns - j;
        if (rest > TLanes.Count)
        {
            Panel<T, TVector, TLanes>(a, b.Pointer + j, b.RowStride, b.Rows, c + j, cRow, rest - TLanes.Count, goOn);
        }
        else if (rest > 0 && !goOn && a.Rows >= GemmTiles.Rows)
        {
            // Moved back over cells that are done, it computes the same bits again.
            NarrowPanel<T, TVector, TLanes>(a, b.Pointer + (b.Columns - TLanes.Count), b.RowStride, b.Rows, c + (b.Columns - TLanes.Count), cRow, goOn);
        }
        else if (rest > 0)
        {
            LastColumns<T, TVector, TLanes>(a, b, c, cRow, Math.Min(width, b.Columns), rest, goOn);
        }
    }

    /// <summary>Fewer columns than the narrowest vector has lanes: the lanes beyond them compute from what follows in memory, and are thrown away.</summary>
    private static void FewColumns<T, TVector, TLanes>(GemmOperand<T> a, GemmOperand<T> b, T* c, nint cRow, bool goOn)
        where T : unmanaged
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T> =>
        LastColumns<T, TVector, TLanes>(a, b, c, cRow, b.Columns, b.Columns, goOn);

    /// <summary>The last <paramref name="count"/> columns by way of a tile that begins <paramref name="back"/> columns before the end: only they are stored.</summary>
    private static void LastColumns<T, TVector, TLanes>(GemmOperand<T> a, GemmOperand<T> b, T* c, nint cRow, int back, int count, bool goOn)
        where T : unmanaged
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
    {
        const int RowsAtOnce = 5 * GemmTiles.Rows;
        int width = 2 * TLanes.Count, skipped = back - count;
        T* columns = b.Pointer + (b.Columns - back);
        T* tile = stackalloc T[RowsAtOnce * width];
        for (int i = 0; i < a.Rows; i += RowsAtOnce)
        {
            GemmOperand<T> rows = a.SliceRows(i, Math.Min(a.Rows, i + RowsAtOnce));
            T* result = c + (i * cRow) + (b.Columns - count);
            for (int row = 0; goOn && row < rows.Rows; row++)
            {
                new ReadOnlySpan<T>(result + (row * cRow), count).CopyTo(new Span<T>(tile + (row * width) + skipped, count));
            }

            if (back == width)
            {
                Panel<T, TVector, TLanes>(rows, columns, b.RowStride, b.Rows, tile, width, TLanes.Count, goOn);
            }
            else
            {
                NarrowPanel<T, TVector, TLanes>(rows, columns, b.RowStride, b.Rows, tile, width, goOn);
            }

            for (int row = 0; row < rows.Rows; row++)
            {
                new ReadOnlySpan<T>(tile + (row * width) + skipped, count).CopyTo(new Span<T>(result + (row * cRow), count));
            }
        }
    }

    /// <summary>Two vectors of columns, at b and b + second, for all rows. Where they overlap, both compute the same bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Panel<T, TVector, TLanes>(GemmOperand<T> a, T* b, nint bRow, int k, T* c, nint cRow, nint second, bool goOn)
        where T : unmanaged
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
    {
        // Six and five rows at a time cover every number of rows from 20 on, and a batch of 10, without a cell computed twice.
        int fives = (GemmTiles.Rows - (a.Rows % GemmTiles.Rows)) % GemmTiles.Rows, i = 0;
        bool fits = a.Rows >= 5 * fives;
        for (; i + GemmTiles.Rows <= (fits ? a.Rows - (5 * fives) : a.Rows); i += GemmTiles.Rows)
        {
            GemmTiles.Tile<T, TVector, TLanes, SixRows>(a.Pointer + (i * a.RowStride), a.RowStride, a.ColumnStride, b, b + second, bRow, c + (i * cRow), second, cRow, k, goOn);
        }

        for (; fits && i < a.Rows; i += 5)
        {
            GemmTiles.Tile<T, TVector, TLanes, FiveRows>(a.Pointer + (i * a.RowStride), a.RowStride, a.ColumnStride, b, b + second, bRow, c + (i * cRow), second, cRow, k, goOn);
        }

        for (; i < a.Rows; i++)
        {
            GemmTiles.Tile1<T, TVector, TLanes>(a.Pointer + (i * a.RowStride), a.ColumnStride, b, b + second, bRow, c + (i * cRow), second, k, goOn);
        }
    }

    /// <summary>One vector of columns for all rows.</summary>
    private static void NarrowPanel<T, TVector, TLanes>(GemmOperand<T> a, T* b, nint bRow, int k, T* c, nint cRow, bool goOn)
        where T : unmanaged
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
    {
        int i = 0;
        for (; i + GemmTiles.Rows <= a.Rows; i += GemmTiles.Rows)
        {
            GemmTiles.Narrow6<T, TVector, TLanes>(a.Pointer + (i * a.RowStride), a.RowStride, a.ColumnStride, b, bRow, c + (i * cRow), cRow, k, goOn);
        }

        if (a.Rows - i > 1 && a.Rows >= GemmTiles.Rows && !goOn)
        {
            // The same for rows.
            i = a.Rows - GemmTiles.Rows;
            GemmTiles.Narrow6<T, TVector, TLanes>(a.Pointer + (i * a.RowStride), a.RowStride, a.ColumnStride, b, bRow, c + (i * cRow), cRow, k, goOn);
            return;
        }

        for (; i < a.Rows; i++)
        {
            GemmTiles.Narrow1<T, TVector, TLanes>(a.Pointer + (i * a.RowStride), a.ColumnStride, b, bRow, c + (i * cRow), k, goOn);
        }
    }
}
