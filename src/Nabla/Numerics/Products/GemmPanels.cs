using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Nabla.Numerics.Memory;
using Nabla.Numerics.Vectors;

namespace Nabla.Numerics.Products;

/// <summary>Large products: both operands are copied into panels in the order in which the register tile reads them.</summary>
/// <remarks>
/// The right operand lies as slabs of <see cref="Depth"/> steps of k, in each slab panels of two vectors of columns, [k][2 vectors];
/// the left one as tiles of six or five rows, [k][rows]. Places that no row or column fills are zero, and what is computed there is thrown away.
/// Where zeros make it worth while, a tile goes through two panels at once by halves.
/// A later slab goes on with the sums of the one before it, so every cell stays one chain over k.
/// A panel is copied by the first tile that goes through it, and kept as long as others need it.
/// </remarks>
internal static unsafe class GemmPanels
{
    /// <summary>Steps of k in a slab. A panel of it (32 KiB in float with 256 bits) streams from the second cache; the deeper the slab, the fewer passes over c.</summary>
    public const int Depth = 512;

    /// <summary>The most tiles of the left operand that are copied at once.</summary>
    private const int TilesAtOnce = 44;

    private const int Page = 4096;

    /// <summary>Steps of k in each slab of a product but the last: slabs of about the same depth, none much thinner than the others.</summary>
    public static int DepthFor(int k)
    {
        int slabs = Math.Max(1, (k + Depth - 1) / Depth);
        return (k + slabs - 1) / slabs;
    }

    /// <summary>Bytes that the whole right operand takes.</summary>
    public static long RightBytes<T>(int k, int n) where T : unmanaged => (long)k * RoundUp(n, Width<T>()) * sizeof(T);

    /// <summary>Bytes that <see cref="Multiply{T, TLeft}"/> takes for its right operand: two panels, or a slab where several groups of rows go through it.</summary>
    public static long RightBytes<T>(int m, int k, int n) where T : unmanaged => RightBytes<T>(Math.Min(k, Depth), m > RowsAtOnce<T>() ? n : Math.Min(n, 2 * Width<T>()));

    /// <summary>Bytes that the rows of the left operand take that are copied at once, with the lists of steps of their tiles' halves.</summary>
    public static long LeftBytes<T>(int m, int k) where T : unmanaged
    {
        // By the full depth: products of one step then share the memory that the first of them took.
        int rows = Math.Min(RowsAtOnce<T>(), RoundUp(m, GemmTiles.Rows)), depth = Math.Min(k, Depth);
        long bytes = ListsAt<T>(rows, depth) + (2L * rows / GemmTiles.Rows * depth * sizeof(ushort)) + (SetBits.Slack * sizeof(ushort));
        return (bytes + AlignedBuffer.Alignment - 1) / AlignedBuffer.Alignment * AlignedBuffer.Alignment;
    }

    /// <summary>Rows of the left operand that are copied at once: with the depth of a slab some 530 KiB, about the second cache.</summary>
    public static int RowsAtOnce<T>() where T : unmanaged => TilesAtOnce * GemmTiles.Rows * sizeof(float) / sizeof(T);

    /// <summary>Columns of a panel.</summary>
    public static int Width<T>() where T : unmanaged =>
        2 * (Vector512.IsHardwareAccelerated ? Vector512<T>.Count : Vector256.IsHardwareAccelerated ? Vector256<T>.Count : Vector128<T>.Count);

    /// <summary>Copies the whole right operand, slab after slab.</summary>
    public static void PackRight<T>(GemmOperand<T> b, T* slabs) where T : unmanaged
    {
        int width = RoundUp(b.Columns, Width<T>()), depth = DepthFor(b.Rows);
        for (int p = 0; p < b.Rows; p += depth)
        {
            GemmPacking.Right(b.SliceRows(p, Math.Min(p + depth, b.Rows)), slabs + ((nint)p * width));
        }
    }

    /// <summary>c = a·b. a: [m, k], numbers or bytes that stand for byte / 255; b: [k, n], c: [m, n].</summary>
    public static void Multiply<T, TLeft>(GemmOperand<TLeft> a, GemmOperand<T> b, T* c, nint cRow, T* left, T* right)
        where T : unmanaged
        where TLeft : unmanaged
    {
        int depth = DepthFor(b.Rows);
        bool keeps = a.Rows > RowsAtOnce<T>();
        for (int p = 0; p < b.Rows; p += depth)
        {
            int end = Math.Min(p + depth, b.Rows);
            MultiplySlab(a.SliceColumns(p, end), b.SliceRows(p, end), isPacked: false, keeps, right, c, cRow, goOn: p > 0, left);
        }
    }

    /// <summary>c = a·b with the whole right operand in slabs: it is copied there on the way unless it lies there. a: [m, k], numbers or bytes; b: [k, n], c: [m, n].</summary>
    public static void MultiplySlabs<T, TLeft>(GemmOperand<TLeft> a, GemmOperand<T> b, bool isPacked, T* slabs, T* c, nint cRow, T* left)
        where T : unmanaged
        where TLeft : unmanaged
    {
        int width = RoundUp(b.Columns, Width<T>()), depth = DepthFor(b.Rows);
        for (int p = 0; p < b.Rows; p += depth)
        {
            int end = Math.Min(p + depth, b.Rows);
            MultiplySlab(a.SliceColumns(p, end), b.SliceRows(p, end), isPacked, keeps: true, slabs + ((nint)p * width), c, cRow, goOn: p > 0, left);
        }
    }

    private static void MultiplySlab<T, TLeft>(GemmOperand<TLeft> a, GemmOperand<T> b, bool isPacked, bool keeps, T* slab, T* c, nint cRow, bool goOn, T* left)
        where T : unmanaged
        where TLeft : unmanaged
    {
        if (Vector512.IsHardwareAccelerated)
        {
            MultiplySlab<T, Vector512<T>, Lanes512<T>, TLeft>(a, b, isPacked, keeps, slab, c, cRow, goOn, left);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            MultiplySlab<T, Vector256<T>, Lanes256<T>, TLeft>(a, b, isPacked, keeps, slab, c, cRow, goOn, left);
        }
        else
        {
            MultiplySlab<T, Vector128<T>, Lanes128<T>, TLeft>(a, b, isPacked, keeps, slab, c, cRow, goOn, left);
        }
    }

    /// <summary>Where the lists lie, behind the rows and a line of slack.</summary>
    private static long ListsAt<T>(int rows, int depth) where T : unmanaged => ((long)RoundUp(rows, GemmTiles.Rows) * depth * sizeof(T)) + AlignedBuffer.Alignment;

    private static int RoundUp(int value, int step) => (value + step - 1) / step * step;

    /// <summary>c = a·b, or c += a·b where <paramref name="goOn"/>, for the depth of one slab.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MultiplySlab<T, TVector, TLanes, TLeft>(GemmOperand<TLeft> a, GemmOperand<T> b, bool isPacked, bool keeps, T* slab, T* c, nint cRow, bool goOn, T* left)
        where T : unmanaged
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
        where TLeft : unmanaged
    {
        PanelRows<T>* tiles = stackalloc PanelRows<T>[TilesAtOnce];
        int width = 2 * TLanes.Count, rowsAtOnce = RowsAtOnce<T>();
        for (int i = 0; i < a.Rows; i += rowsAtOnce)
        {
            int rows = Math.Min(rowsAtOnce, a.Rows - i);
            Tiles<T, TVector, TLanes, TLeft>(a.SliceRows(i, i + rows), left, tiles);
            for (int j = 0; j < b.Columns; j += 2 * width)
            {
                GemmOperand<T> panels = b.SliceColumns(j, Math.Min(j + (2 * width), b.Columns));
                T* packed = slab + (keeps ? (nint)j * b.Rows : 0);
                bool packs = i == 0 && !isPacked;
                if (packs && (panels.ColumnStride != 1 || panels.Columns % width != 0))
                {
                    GemmPacking.Right(panels, packed);
                    packs = false;
                }

                MultiplyPanels<T, TVector, TLanes>(tiles, rows, panels, packs, packed, c + (i * cRow) + j, cRow, goOn);
            }
        }
    }

    /// <summary>Lists the tiles of some rows, copied where they do not lie well and scaled where they are bytes.</summary>
    private static void Tiles<T, TVector, TLanes, TLeft>(GemmOperand<TLeft> a, T* left, PanelRows<T>* tiles)
        where T : unmanaged
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
        where TLeft : unmanaged
    {
        // Rows that lie a multiple of a page apart would push each other out of the first cache.
        bool packs = a.ColumnStride != 1 || a.RowStride * sizeof(T) % Page == 0;
        ushort* steps = (ushort*)((byte*)left + ListsAt<T>(a.Rows, a.Columns));
        int height, sixes = a.Rows - (GemmTiles.Fives(a.Rows) * 5);
        for (int i = 0; i < a.Rows; i += height, left += height * a.Columns)
        {
            height = i < sixes ? GemmTiles.Rows : 5;
            GemmOperand<TLeft> rows = a.SliceRows(i, Math.Min(i + height, a.Rows));
            GemmOperand<T> tile = typeof(TLeft) == typeof(byte) ? BytePacking.Left(rows.As<byte>(), height, left)
                : packs || rows.Rows < height ? GemmPacking.Left(rows.As<T>(), height, left)
                : rows.As<T>();
            *tiles++ = PanelRows<T>.Of<TVector, TLanes>(tile, steps);
            steps += 2 * a.Columns;
        }
    }

    /// <summary>Some rows times one or two panels, which the first tile copies where they have yet to be.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MultiplyPanels<T, TVector, TLanes>(PanelRows<T>* tile, int rows, GemmOperand<T> panels, bool packs, T* packed, T* c, nint cRow, bool goOn)
        where T : unmanaged
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
    {
        int height, width = 2 * TLanes.Count;
        nint next = (nint)panels.Rows * width;
        T* edge = stackalloc T[GemmTiles.Rows * width];
        for (int i = 0; i < rows; i += height, tile++, c += height * cRow)
        {
            height = tile->Rows.Rows;
            int inside = Math.Min(height, rows - i);
            if (tile->Skips && !packs && inside == height && panels.Columns == 2 * width)
            {
                FetchRows(c + (height * cRow), cRow, 2 * width);
                Halves<T, TVector, TLanes, Four>(*tile, packed, next, c, cRow, goOn);
                continue;
            }

            for (int j = 0; j < panels.Columns; j += width)
            {
                int columns = Math.Min(width, panels.Columns - j);
                T* panel = packed + ((nint)j * panels.Rows), cells = c + j;
                if (inside == height && columns == width)
                {
                    FetchRows(cells + (height * cRow), cRow, width);
                    Tile<T, TVector, TLanes>(*tile, panels.Pointer + j, panels.RowStride, packs, panel, cells, cRow, goOn);
                }
                else
                {
                    // A tile that hangs over the edge is computed beside it.
                    Copy(cells, cRow, edge, width, goOn ? inside : 0, columns);
                    Tile<T, TVector, TLanes>(*tile, panels.Pointer + j, panels.RowStride, packs, panel, edge, width, goOn);
                    Copy(edge, width, cells, cRow, inside, columns);
                }
            }

            packs = false;
        }
    }

    /// <summary>A tile times a panel, which it copies from <paramref name="b"/> where that has yet to be.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Tile<T, TVector, TLanes>(in PanelRows<T> tile, T* b, nint bRow, bool packs, T* panel, T* c, nint cRow, bool goOn)
        where T : unmanaged
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
    {
        if (tile.Skips && !packs)
        {
            Halves<T, TVector, TLanes, Two>(tile, panel, 0, c, cRow, goOn);
        }
        else if (tile.Rows.Rows == GemmTiles.Rows)
        {
            Tile<T, TVector, TLanes, Six>(tile.Rows, b, bRow, packs, panel, c, cRow, goOn);
        }
        else
        {
            Tile<T, TVector, TLanes, Five>(tile.Rows, b, bRow, packs, panel, c, cRow, goOn);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Tile<T, TVector, TLanes, TRows>(in GemmOperand<T> rows, T* b, nint bRow, bool packs, T* panel, T* c, nint cRow, bool goOn)
        where T : unmanaged
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
        where TRows : struct, ITileCount
    {
        if (packs)
        {
            GemmTiles.PackingTile<T, TVector, TLanes, TRows>(rows, b, bRow, panel, c, cRow, goOn);
        }
        else
        {
            GemmPanelTiles.Tile<T, TVector, TLanes, TRows>(rows, panel, c, cRow, goOn);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Halves<T, TVector, TLanes, TVectors>(in PanelRows<T> tile, T* panel, nint next, T* c, nint cRow, bool goOn)
        where T : unmanaged
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
        where TVectors : struct, ITileCount
    {
        GemmListedTiles.Tile<T, TVector, TLanes, TVectors>(tile.Upper, panel, next, c, cRow, goOn);
        GemmListedTiles.Tile<T, TVector, TLanes, TVectors>(tile.Lower, panel, next, c + (PanelRows<T>.Half * cRow), cRow, goOn);
    }

    /// <summary>The cells of the next tile come while this one is computed: their rows lie too far apart for the processor to foresee them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FetchRows<T>(T* c, nint cRow, int width) where T : unmanaged
    {
        for (int row = 0; row < GemmTiles.Rows; row++)
        {
            Prefetch.Far(c + (row * cRow), width * sizeof(T));
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
