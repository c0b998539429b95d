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

    /// <summary>Rows of c from which on it pays to copy a panel of b into one piece.</summary>
    private const int RowsToPack = 48;

    /// <summary>The largest panel that is packed: it should stay in the second cache.</summary>
    private const int PanelBytes = 256 * 1024;

    /// <summary>Fills rows [i0, i1) and columns [j0, j1) of c.</summary>
    public static void Block<T>(GemmOperand<T> a, Matrix<T> b, Matrix<T> c, int i0, int i1, int j0, int j1) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (i0 >= i1 || j0 >= j1)
        {
            return;
        }

        int columns = j1 - j0;
        if (Vector512.IsHardwareAccelerated && columns >= Vector512<T>.Count)
        {
            Columns<T, Lanes512<T>>(a, b, c, i0, i1, j0, j1);
        }
        else if (Vector256.IsHardwareAccelerated && columns >= Vector256<T>.Count)
        {
            Columns<T, Lanes256<T>>(a, b, c, i0, i1, j0, j1);
        }
        else if (columns >= Vector128<T>.Count)
        {
            Columns<T, Lanes128<T>>(a, b, c, i0, i1, j0, j1);
        }
        else
        {
            Scalar(a, b, c, i0, i1, j0, j1);
        }
    }

    [SkipLocalsInit]
    private static void Columns<T, TLanes>(GemmOperand<T> a, Matrix<T> b, Matrix<T> c, int i0, int i1, int j0, int j1)
        where T : unmanaged
        where TLanes : struct, ILanes<TLanes, T>
    {
        int width = 2 * TLanes.Count;
        long bytes = (long)b.Rows * width * sizeof(T);
        bool pack = i1 - i0 >= RowsToPack && bytes <= PanelBytes && b.Stride > width && j1 - j0 > TLanes.Count;
        byte* memory = stackalloc byte[pack ? (int)bytes + AlignedBuffer.Alignment : 1];
        T* panel = pack ? (T*)(((nint)memory + AlignedBuffer.Alignment - 1) & -AlignedBuffer.Alignment) : null;
        int j = j0;
        for (; j + width <= j1; j += width)
        {
            Panel<T, TLanes>(a, b, c, i0, i1, j, TLanes.Count, panel);
        }

        int rest = j1 - j;
        if (rest > TLanes.Count)
        {
            Panel<T, TLanes>(a, b, c, i0, i1, j, rest - TLanes.Count, panel);
        }
        else if (rest > 0)
        {
            NarrowPanel<T, TLanes>(a, b, c, i0, i1, j1 - TLanes.Count);
        }
    }

    /// <summary>Two vectors of columns, from j and from j + second on, for all rows. Where they overlap, both compute the same bits.</summary>
    private static void Panel<T, TLanes>(GemmOperand<T> a, Matrix<T> b, Matrix<T> c, int i0, int i1, int j, nint second, T* panel)
        where T : unmanaged
        where TLanes : struct, ILanes<TLanes, T>
    {
        T* columns = b.Pointer + j;
        T* result = c.Pointer + j;
        T* left = a.Pointer;
        nint stride = b.Stride, from = second;
        int k = b.Rows, width = 2 * TLanes.Count;
        if (panel != null)
        {
            for (int p = 0; p < k; p++)
            {
                TLanes.Load(columns + (p * stride)).Store(panel + (p * width));
                TLanes.Load(columns + (p * stride) + second).Store(panel + (p * width) + TLanes.Count);
            }

            columns = panel;
            stride = width;
            from = TLanes.Count;
        }

        int i = i0;
        for (; i + TileRows <= i1; i += TileRows)
        {
            Tile6<T, TLanes>(left + ((nint)i * a.RowStride), a.RowStride, a.ColumnStride, columns, columns + from, stride, result + ((nint)i * c.Stride), second, c.Stride, k);
        }

        // Three rows or more pay for a whole tile.
        if (i1 - i > 2 && i1 - i0 >= TileRows)
        {
            i = i1 - TileRows;
            Tile6<T, TLanes>(left + ((nint)i * a.RowStride), a.RowStride, a.ColumnStride, columns, columns + from, stride, result + ((nint)i * c.Stride), second, c.Stride, k);
            return;
        }

        for (; i < i1; i++)
        {
            Tile1<T, TLanes>(left + ((nint)i * a.RowStride), a.ColumnStride, columns, columns + from, stride, result + ((nint)i * c.Stride), second, k);
        }
    }

    /// <summary>One vector of columns from j on, for all rows.</summary>
    private static void NarrowPanel<T, TLanes>(GemmOperand<T> a, Matrix<T> b, Matrix<T> c, int i0, int i1, int j)
        where T : unmanaged
        where TLanes : struct, ILanes<TLanes, T>
    {
        T* left = a.Pointer;
        T* columns = b.Pointer + j;
        T* result = c.Pointer + j;
        int i = i0;
        for (; i + TileRows <= i1; i += TileRows)
        {
            Narrow6<T, TLanes>(left + ((nint)i * a.RowStride), a.RowStride, a.ColumnStride, columns, b.Stride, result + ((nint)i * c.Stride), c.Stride, b.Rows);
        }

        if (i1 - i > 1 && i1 - i0 >= TileRows)
        {
            i = i1 - TileRows;
            Narrow6<T, TLanes>(left + ((nint)i * a.RowStride), a.RowStride, a.ColumnStride, columns, b.Stride, result + ((nint)i * c.Stride), c.Stride, b.Rows);
            return;
        }

        for (; i < i1; i++)
        {
            Narrow1<T, TLanes>(left + ((nint)i * a.RowStride), a.ColumnStride, columns, b.Stride, result + ((nint)i * c.Stride), b.Rows);
        }
    }

    private static void Tile6<T, TLanes>(T* a, nint aRow, nint aColumn, T* b, T* bSecond, nint bRow, T* c, nint cSecond, nint cRow, int k)
        where T : unmanaged
        where TLanes : struct, ILanes<TLanes, T>
    {
        TLanes c00 = default, c01 = default, c10 = default, c11 = default, c20 = default, c21 = default;
        TLanes c30 = default, c31 = default, c40 = default, c41 = default, c50 = default, c51 = default;
        T* a3 = a + (3 * aRow);
        nint aRow2 = 2 * aRow;
        for (int p = 0; p < k; p++)
        {
            TLanes b0 = TLanes.Load(b), b1 = TLanes.Load(bSecond);
            TLanes x = TLanes.Create(a[0]);
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

        c00.Store(c);
        c10.Store(c + cRow);
        c20.Store(c + (2 * cRow));
        c30.Store(c + (3 * cRow));
        c40.Store(c + (4 * cRow));
        c50.Store(c + (5 * cRow));
        c += cSecond;
        c01.Store(c);
        c11.Store(c + cRow);
        c21.Store(c + (2 * cRow));
        c31.Store(c + (3 * cRow));
        c41.Store(c + (4 * cRow));
        c51.Store(c + (5 * cRow));
    }

    private static void Tile1<T, TLanes>(T* a, nint aColumn, T* b, T* bSecond, nint bRow, T* c, nint cSecond, int k)
        where T : unmanaged
        where TLanes : struct, ILanes<TLanes, T>
    {
        TLanes c0 = default, c1 = default;
        for (int p = 0; p < k; p++)
        {
            TLanes x = TLanes.Create(*a);
            c0 = TLanes.FusedMultiplyAdd(x, TLanes.Load(b), c0);
            c1 = TLanes.FusedMultiplyAdd(x, TLanes.Load(bSecond), c1);
            a += aColumn;
            b += bRow;
            bSecond += bRow;
        }

        c0.Store(c);
        c1.Store(c + cSecond);
    }

    /// <summary>Six chains side by side hide the latency of the multiply-add that one alone would wait for.</summary>
    private static void Narrow6<T, TLanes>(T* a, nint aRow, nint aColumn, T* b, nint bRow, T* c, nint cRow, int k)
        where T : unmanaged
        where TLanes : struct, ILanes<TLanes, T>
    {
        TLanes c0 = default, c1 = default, c2 = default, c3 = default, c4 = default, c5 = default;
        T* a3 = a + (3 * aRow);
        nint aRow2 = 2 * aRow;
        for (int p = 0; p < k; p++)
        {
            TLanes x = TLanes.Load(b);
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

        c0.Store(c);
        c1.Store(c + cRow);
        c2.Store(c + (2 * cRow));
        c3.Store(c + (3 * cRow));
        c4.Store(c + (4 * cRow));
        c5.Store(c + (5 * cRow));
    }

    private static void Narrow1<T, TLanes>(T* a, nint aColumn, T* b, nint bRow, T* c, int k)
        where T : unmanaged
        where TLanes : struct, ILanes<TLanes, T>
    {
        TLanes sum = default;
        for (int p = 0; p < k; p++)
        {
            sum = TLanes.FusedMultiplyAdd(TLanes.Create(*a), TLanes.Load(b), sum);
            a += aColumn;
            b += bRow;
        }

        sum.Store(c);
    }

    /// <summary>Fewer columns than the narrowest vector has lanes.</summary>
    private static void Scalar<T>(GemmOperand<T> a, Matrix<T> b, Matrix<T> c, int i0, int i1, int j0, int j1) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = i0; i < i1; i++)
        {
            T* row = a.Pointer + ((nint)i * a.RowStride);
            for (int j = j0; j < j1; j++)
            {
                T sum = T.Zero;
                for (int p = 0; p < b.Rows; p++)
                {
                    sum = T.FusedMultiplyAdd(row[(nint)p * a.ColumnStride], b.Pointer[((nint)p * b.Stride) + j], sum);
                }

                c.Pointer[((nint)i * c.Stride) + j] = sum;
            }
        }
    }
}
