using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Nabla.Numerics;

/// <summary>Register tiles: a few rows of c times two vectors of columns, accumulated over the whole of k in registers.</summary>
/// <remarks>A rest of rows or columns is covered by a tile, or the second vector of one, moved back over cells that are done: it computes the same bits again.</remarks>
internal static unsafe class GemmKernels
{
    /// <summary>Twelve accumulators, two vectors of b and one of a: 15 of the 16 registers of AVX2.</summary>
    public const int TileRows = 6;

    /// <summary>c = a·b, from the operands as they lie. a: [m, k]; b: [k, n] with its rows contiguous; c: [m, n].</summary>
    public static void Multiply<T>(GemmOperand<T> a, GemmOperand<T> b, T* c, nint cRow) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int columns = b.Columns;
        if (Vector512.IsHardwareAccelerated && columns >= Vector512<T>.Count)
        {
            Columns<T, Vector512<T>, Lanes512<T>>(a, b, c, cRow);
        }
        else if (Vector256.IsHardwareAccelerated && columns >= Vector256<T>.Count)
        {
            Columns<T, Vector256<T>, Lanes256<T>>(a, b, c, cRow);
        }
        else if (columns >= Vector128<T>.Count)
        {
            Columns<T, Vector128<T>, Lanes128<T>>(a, b, c, cRow);
        }
        else
        {
            Scalar(a, b, c, cRow);
        }
    }

    /// <summary>One row times a matrix, which is read once, in its own order: four rows of it at a time onto the sums.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Row<T, TVector, TLanes>(GemmOperand<T> a, GemmOperand<T> b, T* c)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
    {
        int columns = b.Columns, whole = columns - (columns % TLanes.Count);
        new Span<T>(c, columns).Clear();
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
    private static void Columns<T, TVector, TLanes>(GemmOperand<T> a, GemmOperand<T> b, T* c, nint cRow)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
    {
        if (a.Rows == 1)
        {
            Row<T, TVector, TLanes>(a, b, c);
            return;
        }

        int width = 2 * TLanes.Count, j = 0;
        for (; j + width <= b.Columns; j += width)
        {
            Panel<T, TVector, TLanes>(a, b, c, cRow, j, TLanes.Count);
        }

        int rest = b.Columns - j;
        if (rest > TLanes.Count)
        {
            Panel<T, TVector, TLanes>(a, b, c, cRow, j, rest - TLanes.Count);
        }
        else if (rest > 0)
        {
            NarrowPanel<T, TVector, TLanes>(a, b, c, cRow, b.Columns - TLanes.Count);
        }
    }

    /// <summary>Two vectors of columns, from j and from j + second on, for all rows. Where they overlap, both compute the same bits.</summary>
    private static void Panel<T, TVector, TLanes>(GemmOperand<T> a, GemmOperand<T> b, T* c, nint cRow, int j, nint second)
        where T : unmanaged
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
    {
        T* columns = b.Pointer + j;
        T* result = c + j;
        int i = 0;
        for (; i + TileRows <= a.Rows; i += TileRows)
        {
            Tile6<T, TVector, TLanes>(a.Pointer + (i * a.RowStride), a.RowStride, a.ColumnStride, columns, columns + second, b.RowStride, result + (i * cRow), second, cRow, b.Rows);
        }

        // Three rows or more pay for a whole tile.
        if (a.Rows - i > 2 && a.Rows >= TileRows)
        {
            i = a.Rows - TileRows;
            Tile6<T, TVector, TLanes>(a.Pointer + (i * a.RowStride), a.RowStride, a.ColumnStride, columns, columns + second, b.RowStride, result + (i * cRow), second, cRow, b.Rows);
            return;
        }

        for (; i < a.Rows; i++)
        {
            Tile1<T, TVector, TLanes>(a.Pointer + (i * a.RowStride), a.ColumnStride, columns, columns + second, b.RowStride, result + (i * cRow), second, b.Rows);
        }
    }

    /// <summary>One vector of columns from j on, for all rows.</summary>
    private static void NarrowPanel<T, TVector, TLanes>(GemmOperand<T> a, GemmOperand<T> b, T* c, nint cRow, int j)
        where T : unmanaged
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
    {
        T* columns = b.Pointer + j;
        T* result = c + j;
        int i = 0;
        for (; i + TileRows <= a.Rows; i += TileRows)
        {
            Narrow6<T, TVector, TLanes>(a.Pointer + (i * a.RowStride), a.RowStride, a.ColumnStride, columns, b.RowStride, result + (i * cRow), cRow, b.Rows);
        }

        if (a.Rows - i > 1 && a.Rows >= TileRows)
        {
            i = a.Rows - TileRows;
            Narrow6<T, TVector, TLanes>(a.Pointer + (i * a.RowStride), a.RowStride, a.ColumnStride, columns, b.RowStride, result + (i * cRow), cRow, b.Rows);
            return;
        }

        for (; i < a.Rows; i++)
        {
            Narrow1<T, TVector, TLanes>(a.Pointer + (i * a.RowStride), a.ColumnStride, columns, b.RowStride, result + (i * cRow), b.Rows);
        }
    }

    /// <summary>Six rows of a packed tile times a packed panel; with <paramref name="goOn"/> the sums start from what c holds.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void PackedTile<T, TVector, TLanes>(T* a, T* b, T* c, nint cRow, int k, bool goOn)
        where T : unmanaged
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
    {
        TVector c00 = default, c01 = default, c10 = default, c11 = default, c20 = default, c21 = default;
        TVector c30 = default, c31 = default, c40 = default, c41 = default, c50 = default, c51 = default;
        nint second = TLanes.Count;
        T* c3 = c + (3 * cRow);
        if (goOn)
        {
            c00 = TLanes.Load(c);
            c01 = TLanes.Load(c + second);
            c10 = TLanes.Load(c + cRow);
            c11 = TLanes.Load(c + cRow + second);
            c20 = TLanes.Load(c + (2 * cRow));
            c21 = TLanes.Load(c + (2 * cRow) + second);
            c30 = TLanes.Load(c3);
            c31 = TLanes.Load(c3 + second);
            c40 = TLanes.Load(c3 + cRow);
            c41 = TLanes.Load(c3 + cRow + second);
            c50 = TLanes.Load(c3 + (2 * cRow));
            c51 = TLanes.Load(c3 + (2 * cRow) + second);
        }

        T* end = a + ((nint)k * TileRows);
        while (a < end)
        {
            TVector b0 = TLanes.Load(b), b1 = TLanes.Load(b + second);
            TVector x = TLanes.Create(a[0]);
            c00 = TLanes.FusedMultiplyAdd(x, b0, c00);
            c01 = TLanes.FusedMultiplyAdd(x, b1, c01);
            x = TLanes.Create(a[1]);
            c10 = TLanes.FusedMultiplyAdd(x, b0, c10);
            c11 = TLanes.FusedMultiplyAdd(x, b1, c11);
            x = TLanes.Create(a[2]);
            c20 = TLanes.FusedMultiplyAdd(x, b0, c20);
            c21 = TLanes.FusedMultiplyAdd(x, b1, c21);
            x = TLanes.Create(a[3]);
            c30 = TLanes.FusedMultiplyAdd(x, b0, c30);
            c31 = TLanes.FusedMultiplyAdd(x, b1, c31);
            x = TLanes.Create(a[4]);
            c40 = TLanes.FusedMultiplyAdd(x, b0, c40);
            c41 = TLanes.FusedMultiplyAdd(x, b1, c41);
            x = TLanes.Create(a[5]);
            c50 = TLanes.FusedMultiplyAdd(x, b0, c50);
            c51 = TLanes.FusedMultiplyAdd(x, b1, c51);
            a += TileRows;
            b += 2 * second;
        }

        TLanes.Store(c00, c);
        TLanes.Store(c01, c + second);
        TLanes.Store(c10, c + cRow);
        TLanes.Store(c11, c + cRow + second);
        TLanes.Store(c20, c + (2 * cRow));
        TLanes.Store(c21, c + (2 * cRow) + second);
        TLanes.Store(c30, c3);
        TLanes.Store(c31, c3 + second);
        TLanes.Store(c40, c3 + cRow);
        TLanes.Store(c41, c3 + cRow + second);
        TLanes.Store(c50, c3 + (2 * cRow));
        TLanes.Store(c51, c3 + (2 * cRow) + second);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile6<T, TVector, TLanes>(T* a, nint aRow, nint aColumn, T* b, T* bSecond, nint bRow, T* c, nint cSecond, nint cRow, int k)
        where T : unmanaged
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
    {
        TVector c00 = default, c01 = default, c10 = default, c11 = default, c20 = default, c21 = default;
        TVector c30 = default, c31 = default, c40 = default, c41 = default, c50 = default, c51 = default;
        T* a3 = a + (3 * aRow);
        nint aRow2 = 2 * aRow;
        for (int p = 0; p < k; p++)
        {
            TVector b0 = TLanes.Load(b), b1 = TLanes.Load(bSecond);
            TVector x = TLanes.Create(a[0]);
            c00 = TLanes.FusedMultiplyAdd(x, b0, c00);
            c01 = TLanes.FusedMultiplyAdd(x, b1, c01);
            x = TLanes.Create(a[aRow]);
            c10 = TLanes.FusedMultiplyAdd(x, b0, c10);
            c11 = TLanes.FusedMultiplyAdd(x, b1, c11);
            x = TLanes.Create(a[aRow2]);
            c20 = TLanes.FusedMultiplyAdd(x, b0, c20);
            c21 = TLanes.FusedMultiplyAdd(x, b1, c21);
            x = TLanes.Create(a3[0]);
            c30 = TLanes.FusedMultiplyAdd(x, b0, c30);
            c31 = TLanes.FusedMultiplyAdd(x, b1, c31);
            x = TLanes.Create(a3[aRow]);
            c40 = TLanes.FusedMultiplyAdd(x, b0, c40);
            c41 = TLanes.FusedMultiplyAdd(x, b1, c41);
            x = TLanes.Create(a3[aRow2]);
            c50 = TLanes.FusedMultiplyAdd(x, b0, c50);
            c51 = TLanes.FusedMultiplyAdd(x, b1, c51);
            a += aColumn;
            a3 += aColumn;
            b += bRow;
            bSecond += bRow;
        }

        TLanes.Store(c00, c);
        TLanes.Store(c10, c + cRow);
        TLanes.Store(c20, c + (2 * cRow));
        TLanes.Store(c30, c + (3 * cRow));
        TLanes.Store(c40, c + (4 * cRow));
        TLanes.Store(c50, c + (5 * cRow));
        c += cSecond;
        TLanes.Store(c01, c);
        TLanes.Store(c11, c + cRow);
        TLanes.Store(c21, c + (2 * cRow));
        TLanes.Store(c31, c + (3 * cRow));
        TLanes.Store(c41, c + (4 * cRow));
        TLanes.Store(c51, c + (5 * cRow));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile1<T, TVector, TLanes>(T* a, nint aColumn, T* b, T* bSecond, nint bRow, T* c, nint cSecond, int k)
        where T : unmanaged
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
    {
        TVector c0 = default, c1 = default;
        for (int p = 0; p < k; p++)
        {
            TVector x = TLanes.Create(*a);
            c0 = TLanes.FusedMultiplyAdd(x, TLanes.Load(b), c0);
            c1 = TLanes.FusedMultiplyAdd(x, TLanes.Load(bSecond), c1);
            a += aColumn;
            b += bRow;
            bSecond += bRow;
        }

        TLanes.Store(c0, c);
        TLanes.Store(c1, c + cSecond);
    }

    /// <summary>Six chains side by side hide the latency of the multiply-add that one alone would wait for.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Narrow6<T, TVector, TLanes>(T* a, nint aRow, nint aColumn, T* b, nint bRow, T* c, nint cRow, int k)
        where T : unmanaged
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
    {
        TVector c0 = default, c1 = default, c2 = default, c3 = default, c4 = default, c5 = default;
        T* a3 = a + (3 * aRow);
        nint aRow2 = 2 * aRow;
        for (int p = 0; p < k; p++)
        {
            TVector x = TLanes.Load(b);
            c0 = TLanes.FusedMultiplyAdd(TLanes.Create(a[0]), x, c0);
            c1 = TLanes.FusedMultiplyAdd(TLanes.Create(a[aRow]), x, c1);
            c2 = TLanes.FusedMultiplyAdd(TLanes.Create(a[aRow2]), x, c2);
            c3 = TLanes.FusedMultiplyAdd(TLanes.Create(a3[0]), x, c3);
            c4 = TLanes.FusedMultiplyAdd(TLanes.Create(a3[aRow]), x, c4);
            c5 = TLanes.FusedMultiplyAdd(TLanes.Create(a3[aRow2]), x, c5);
            a += aColumn;
            a3 += aColumn;
            b += bRow;
        }

        TLanes.Store(c0, c);
        TLanes.Store(c1, c + cRow);
        TLanes.Store(c2, c + (2 * cRow));
        TLanes.Store(c3, c + (3 * cRow));
        TLanes.Store(c4, c + (4 * cRow));
        TLanes.Store(c5, c + (5 * cRow));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Narrow1<T, TVector, TLanes>(T* a, nint aColumn, T* b, nint bRow, T* c, int k)
        where T : unmanaged
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
    {
        TVector sum = default;
        for (int p = 0; p < k; p++)
        {
            sum = TLanes.FusedMultiplyAdd(TLanes.Create(*a), TLanes.Load(b), sum);
            a += aColumn;
            b += bRow;
        }

        TLanes.Store(sum, c);
    }

    /// <summary>Fewer columns than the narrowest vector has lanes.</summary>
    private static void Scalar<T>(GemmOperand<T> a, GemmOperand<T> b, T* c, nint cRow) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < a.Rows; i++)
        {
            T* row = a.Pointer + (i * a.RowStride);
            for (int j = 0; j < b.Columns; j++)
            {
                T sum = T.Zero;
                for (int p = 0; p < b.Rows; p++)
                {
                    sum = T.FusedMultiplyAdd(row[p * a.ColumnStride], b.Pointer[(p * b.RowStride) + j], sum);
                }

                c[(i * cRow) + j] = sum;
            }
        }
    }
}
