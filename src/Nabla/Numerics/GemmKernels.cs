using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Nabla.Numerics;

/// <summary>Register tiles: a few rows of c times two vectors of columns, accumulated over the whole of k in registers.</summary>
/// <remarks>A rest of rows or columns is covered by a tile moved back over cells that are done: it computes the same bits again.</remarks>
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

    public static void TransposeBlock<T>(Matrix<T> source, Matrix<T> destination, int i0, int i1, int j0, int j1) where T : unmanaged
    {
        T* from = source.Pointer;
        T* to = destination.Pointer;
        for (int j = j0; j < j1; j++)
        {
            for (int i = i0; i < i1; i++)
            {
                to[((long)j * destination.Stride) + i] = from[((long)i * source.Stride) + j];
            }
        }
    }

    [SkipLocalsInit]
    private static void Columns<T, TLanes>(GemmOperand<T> a, Matrix<T> b, Matrix<T> c, int i0, int i1, int j0, int j1)
        where T : unmanaged
        where TLanes : struct, ILanes<TLanes, T>
    {
        int width = 2 * TLanes.Count, bytes = b.Rows * width * sizeof(T);
        bool pack = i1 - i0 >= RowsToPack && bytes <= PanelBytes && b.Stride > width && j1 - j0 >= width;
        byte* memory = stackalloc byte[pack ? bytes + AlignedBuffer.Alignment : 1];
        T* panel = pack ? (T*)(((nint)memory + AlignedBuffer.Alignment - 1) & -AlignedBuffer.Alignment) : null;
        int j = j0;
        for (; j + width <= j1; j += width)
        {
            Panel<T, TLanes>(a, b, c, i0, i1, j, panel);
        }

        if (j1 - j > TLanes.Count && j1 - j0 >= width)
        {
            Panel<T, TLanes>(a, b, c, i0, i1, j1 - width, panel);
            return;
        }

        for (; j < j1; j += TLanes.Count)
        {
            int start = Math.Min(j, j1 - TLanes.Count);
            for (int i = i0; i < i1; i++)
            {
                Narrow<T, TLanes>(a.Pointer + ((nint)i * a.RowStride), a.ColumnStride, b.Pointer + start, b.Stride, c.Pointer + ((nint)i * c.Stride) + start, b.Rows);
            }
        }
    }

    /// <summary>Two vectors of columns from j on, for all rows.</summary>
    private static void Panel<T, TLanes>(GemmOperand<T> a, Matrix<T> b, Matrix<T> c, int i0, int i1, int j, T* panel)
        where T : unmanaged
        where TLanes : struct, ILanes<TLanes, T>
    {
        T* columns = b.Pointer + j;
        nint stride = b.Stride;
        int k = b.Rows, width = 2 * TLanes.Count;
        if (panel != null)
        {
            for (int p = 0; p < k; p++)
            {
                TLanes.Load(columns + (p * stride)).Store(panel + (p * width));
                TLanes.Load(columns + (p * stride) + TLanes.Count).Store(panel + (p * width) + TLanes.Count);
            }

            columns = panel;
            stride = width;
        }

        int i = i0;
        for (; i + TileRows <= i1; i += TileRows)
        {
            Tile6<T, TLanes>(a.Pointer + ((nint)i * a.RowStride), a.RowStride, a.ColumnStride, columns, stride, c.Pointer + ((nint)i * c.Stride) + j, c.Stride, k);
        }

        if (i < i1 && i1 - i0 >= TileRows && i1 - i > 2)
        {
            i = i1 - TileRows;
            Tile6<T, TLanes>(a.Pointer + ((nint)i * a.RowStride), a.RowStride, a.ColumnStride, columns, stride, c.Pointer + ((nint)i * c.Stride) + j, c.Stride, k);
            return;
        }

        for (; i < i1; i++)
        {
            Tile1<T, TLanes>(a.Pointer + ((nint)i * a.RowStride), a.ColumnStride, columns, stride, c.Pointer + ((nint)i * c.Stride) + j, k);
        }
    }

    private static void Tile6<T, TLanes>(T* a, nint aRow, nint aColumn, T* b, nint bRow, T* c, nint cRow, int k)
        where T : unmanaged
        where TLanes : struct, ILanes<TLanes, T>
    {
        TLanes c00 = default, c01 = default, c10 = default, c11 = default, c20 = default, c21 = default;
        TLanes c30 = default, c31 = default, c40 = default, c41 = default, c50 = default, c51 = default;
        T* a3 = a + (3 * aRow);
        nint aRow2 = 2 * aRow;
        for (int p = 0; p < k; p++)
        {
            TLanes b0 = TLanes.Load(b), b1 = TLanes.Load(b + TLanes.Count);
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
        }

        Store(c, c00, c01);
        Store(c + cRow, c10, c11);
        Store(c + (2 * cRow), c20, c21);
        Store(c + (3 * cRow), c30, c31);
        Store(c + (4 * cRow), c40, c41);
        Store(c + (5 * cRow), c50, c51);

        static void Store(T* destination, TLanes first, TLanes second)
        {
            first.Store(destination);
            second.Store(destination + TLanes.Count);
        }
    }

    private static void Tile1<T, TLanes>(T* a, nint aColumn, T* b, nint bRow, T* c, int k)
        where T : unmanaged
        where TLanes : struct, ILanes<TLanes, T>
    {
        TLanes c0 = default, c1 = default;
        for (int p = 0; p < k; p++)
        {
            TLanes x = TLanes.Create(*a);
            c0 = TLanes.FusedMultiplyAdd(x, TLanes.Load(b), c0);
            c1 = TLanes.FusedMultiplyAdd(x, TLanes.Load(b + TLanes.Count), c1);
            a += aColumn;
            b += bRow;
        }

        c0.Store(c);
        c1.Store(c + TLanes.Count);
    }

    private static void Narrow<T, TLanes>(T* a, nint aColumn, T* b, nint bRow, T* c, int k)
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
