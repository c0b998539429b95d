using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Nabla.Numerics;

/// <summary>Large products: both operands are copied into panels in the order in which the register tile reads them.</summary>
/// <remarks>
/// The right operand lies as slabs of <see cref="Depth"/> steps of k, in each slab panels of two vectors of columns, [k][2 vectors];
/// the left one as tiles of six rows, [k][6]. Places that no row or column fills are zero, and what is computed there is thrown away.
/// A later slab goes on with the sums of the one before it, so every cell stays one chain over k.
/// </remarks>
internal static unsafe class GemmPanels
{
    /// <summary>Steps of k in a slab: a panel of it (16 KiB in float with 256 bits) stays in the first cache.</summary>
    public const int Depth = 320;

    /// <summary>Rows of the left operand that are copied at once: with one slab's depth about 100 KiB of float, in the second cache.</summary>
    public const int RowsAtOnce = 96;

    private const int Page = 4096;

    /// <summary>Steps of k in each slab of a product but the last: slabs of about the same depth, none much thinner than the others.</summary>
    public static int DepthFor(int k)
    {
        int slabs = Math.Max(1, (k + Depth - 1) / Depth);
        return (k + slabs - 1) / slabs;
    }

    /// <summary>Bytes that the right operand takes.</summary>
    public static long RightBytes<T>(int k, int n) where T : unmanaged => (long)k * RoundUp(n, Width<T>()) * sizeof(T);

    /// <summary>Bytes that the rows of the left operand take, with the lists of their tiles' steps.</summary>
    public static long LeftBytes<T>() where T : unmanaged => ListsAt<T>() + (RowsAtOnce / GemmTiles.Rows * Depth * sizeof(int));

    /// <summary>Columns of a panel.</summary>
    public static int Width<T>() where T : unmanaged =>
        2 * (Vector512.IsHardwareAccelerated ? Vector512<T>.Count : Vector256.IsHardwareAccelerated ? Vector256<T>.Count : Vector128<T>.Count);

    /// <summary>Copies the whole right operand, slab after slab.</summary>
    public static void PackRight<T>(GemmOperand<T> b, T* slabs) where T : unmanaged
    {
        int width = RoundUp(b.Columns, Width<T>()), depth = DepthFor(b.Rows);
        for (int p = 0; p < b.Rows; p += depth)
        {
            GemmPacking.Right(b, p, Math.Min(p + depth, b.Rows), slabs + ((nint)p * width));
        }
    }

    /// <summary>c = a·b for a right operand that is packed as a whole. a: [m, k], c: [m, n].</summary>
    public static void MultiplySlabs<T>(GemmOperand<T> a, T* slabs, int n, T* c, nint cRow, T* left) where T : unmanaged
    {
        int width = RoundUp(n, Width<T>()), depth = DepthFor(a.Columns);
        for (int p = 0; p < a.Columns; p += depth)
        {
            Multiply(a.SliceColumns(p, Math.Min(p + depth, a.Columns)), slabs + ((nint)p * width), n, c, cRow, goOn: p > 0, left);
        }
    }

    /// <summary>c = a·b, or c += a·b where <paramref name="goOn"/>, for the depth of one packed slab. a: [m, depth], c: [m, n].</summary>
    public static void Multiply<T>(GemmOperand<T> a, T* slab, int n, T* c, nint cRow, bool goOn, T* left) where T : unmanaged
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Multiply<T, Vector512<T>, Lanes512<T>>(a, slab, n, c, cRow, goOn, left);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Multiply<T, Vector256<T>, Lanes256<T>>(a, slab, n, c, cRow, goOn, left);
        }
        else
        {
            Multiply<T, Vector128<T>, Lanes128<T>>(a, slab, n, c, cRow, goOn, left);
        }
    }

    /// <summary>Where the lists lie, behind the rows and a line of slack.</summary>
    private static long ListsAt<T>() where T : unmanaged => ((long)RowsAtOnce * Depth * sizeof(T)) + AlignedBuffer.Alignment;

    private static int RoundUp(int value, int step) => (value + step - 1) / step * step;

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply<T, TVector, TLanes>(GemmOperand<T> a, T* slab, int n, T* c, nint cRow, bool goOn, T* left)
        where T : unmanaged
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
    {
        int depth = a.Columns, width = 2 * TLanes.Count;
        T* edge = stackalloc T[GemmTiles.Rows * width];
        LeftTile<T>* tiles = stackalloc LeftTile<T>[RowsAtOnce / GemmTiles.Rows];
        int* steps = (int*)((byte*)left + ListsAt<T>());
        // Rows that lie a multiple of a page apart would push each other out of the first cache.
        bool packs = a.ColumnStride != 1 || a.RowStride * sizeof(T) % Page == 0;
        for (int i0 = 0; i0 < a.Rows; i0 += RowsAtOnce)
        {
            int rows = Math.Min(RowsAtOnce, a.Rows - i0), whole = rows - (rows % GemmTiles.Rows);
            GemmPacking.Left(a, packs ? i0 : i0 + whole, packs ? rows : rows - whole, left);
            for (int i = 0, t = 0; i < rows; i += GemmTiles.Rows, t++)
            {
                bool lies = !packs && i < whole;
                T* first = lies ? a.Pointer + ((i0 + i) * a.RowStride) : left + (packs ? i * depth : 0);
                tiles[t] = LeftTile<T>.Of<TVector, TLanes>(first, lies ? a.RowStride : 1, lies ? 1 : GemmTiles.Rows, GemmTiles.Rows, depth, steps + (t * Depth));
            }

            T* panel = slab;
            for (int j = 0; j < n; j += width, panel += depth * width)
            {
                int columns = Math.Min(width, n - j);
                LeftTile<T>* tile = tiles;
                for (int i = 0; i < rows; i += GemmTiles.Rows, tile++)
                {
                    int height = Math.Min(GemmTiles.Rows, rows - i);
                    T* result = c + ((i0 + i) * cRow) + j;
                    if (height == GemmTiles.Rows && columns == width)
                    {
                        if (goOn)
                        {
                            FetchRows(result + (GemmTiles.Rows * cRow), cRow);
                        }

                        GemmTiles.Tile<T, TVector, TLanes, SixRows>(*tile, panel, panel + TLanes.Count, width, result, TLanes.Count, cRow, goOn);
                        continue;
                    }

                    // A tile that hangs over the edge is computed beside it.
                    Copy(result, cRow, edge, width, goOn ? height : 0, columns);
                    GemmTiles.Tile<T, TVector, TLanes, SixRows>(*tile, panel, panel + TLanes.Count, width, edge, TLanes.Count, width, goOn);
                    Copy(edge, width, result, cRow, height, columns);
                }
            }
        }
    }

    /// <summary>The cells of the next tile come while this one is computed: their rows lie too far apart for the processor to foresee them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FetchRows<T>(T* c, nint cRow) where T : unmanaged
    {
        for (int row = 0; row < GemmTiles.Rows; row++)
        {
            Prefetch.Line(c + (row * cRow));
        }
    }

    private static void Copy<T>(T* from, nint fromRow, T* to, nint toRow, int rows, int columns) where T : unmanaged
    {
        for (int i = 0; i < rows; i++)
        {
            Unsafe.CopyBlockUnaligned(to + (i * toRow), from + (i * fromRow), (uint)(columns * sizeof(T)));
        }
    }
}
