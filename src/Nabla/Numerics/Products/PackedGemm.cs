using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Nabla.Numerics.Memory;
using Nabla.Numerics.Products.MicroKernels;
using Nabla.Numerics.Products.Operands;
using Nabla.Numerics.Vectors;

namespace Nabla.Numerics.Products;

/// <summary>Large products: both operands are packed into the order in which the micro-kernels read them.</summary>
/// <remarks>
/// The right operand is packed as slabs of up to KC values of k; a slab consists of panels of two vectors of columns,
/// [k][2 vectors]. The left operand is packed as row strips of six or five rows, [k][rows]. Padding is zero, and
/// results computed from it are discarded. Where zeros make it worthwhile, a row strip is split into halves that go
/// through two panels at once. A later slab accumulates onto the sums of the one before it, so every cell stays one
/// chain over k. The first row strip that goes through a panel packs it on the way.
/// </remarks>
internal static unsafe class PackedGemm
{
    private const int PageBytes = 4096;

    /// <summary>Bytes of the whole right operand, packed.</summary>
    public static long RightBytes<T>(int k, int n) where T : unmanaged => (long)k * RoundUp(n, BlockSizes.PanelWidth<T>()) * sizeof(T);

    /// <summary>
    /// Bytes that <see cref="Multiply{T, TLeft}"/> needs for its right operand: a slab if several blocks of rows go
    /// through it, otherwise two panels.
    /// </summary>
    public static long RightBytes<T>(int m, int k, int n) where T : unmanaged =>
        RightBytes<T>(Math.Min(k, BlockSizes.SlabDepth), m > BlockSizes.BlockRows<T>() ? n : Math.Min(n, 2 * BlockSizes.PanelWidth<T>()));

    /// <summary>
    /// Bytes of a block of rows of the left operand, packed, and of the zero-skipping lists of its half strips.
    /// </summary>
    public static long LeftBytes<T>(int m, int k) where T : unmanaged
    {
        // Counts the full depth, so that all products of a mini-batch share the memory that the first one has taken.
        int rows = Math.Min(BlockSizes.BlockRows<T>(), RoundUp(m, BlockSizes.TileRows)), depth = Math.Min(k, BlockSizes.SlabDepth);
        long bytes = ListsAt<T>(rows, depth) + (2L * rows / BlockSizes.TileRows * depth * sizeof(ushort)) + (SetBits.Slack * sizeof(ushort));
        return (bytes + AlignedBuffer.Alignment - 1) / AlignedBuffer.Alignment * AlignedBuffer.Alignment;
    }

    /// <summary>Packs the whole right operand, slab by slab.</summary>
    public static void PackRight<T>(GemmOperand<T> b, T* slabs) where T : unmanaged
    {
        int width = RoundUp(b.Columns, BlockSizes.PanelWidth<T>()), depth = BlockSizes.SlabDepthFor(b.Rows);
        for (int p = 0; p < b.Rows; p += depth)
        {
            PanelPacking.PackRight(b.SliceRows(p, Math.Min(p + depth, b.Rows)), slabs + ((nint)p * width));
        }
    }

    /// <summary>c = a·b. a: [m, k], numbers, or bytes that are scaled to byte / 255; b: [k, n], c: [m, n].</summary>
    public static void Multiply<T, TLeft>(GemmOperand<TLeft> a, GemmOperand<T> b, T* c, nint cRow, T* left, T* right)
        where T : unmanaged
        where TLeft : unmanaged
    {
        int depth = BlockSizes.SlabDepthFor(b.Rows);
        bool keepsSlab = a.Rows > BlockSizes.BlockRows<T>();
        for (int p = 0; p < b.Rows; p += depth)
        {
            int end = Math.Min(p + depth, b.Rows);
            MultiplySlab(a.SliceColumns(p, end), b.SliceRows(p, end), isPacked: false, keepsSlab, right, c, cRow, accumulate: p > 0, left);
        }
    }

    /// <summary>
    /// c = a·b, keeping the packed right operand: it is packed into <paramref name="slabs"/> on the way, unless it is
    /// there already. a: [m, k], numbers or bytes; b: [k, n], c: [m, n].
    /// </summary>
    public static void MultiplySlabs<T, TLeft>(GemmOperand<TLeft> a, GemmOperand<T> b, bool isPacked, T* slabs, T* c, nint cRow, T* left)
        where T : unmanaged
        where TLeft : unmanaged
    {
        int width = RoundUp(b.Columns, BlockSizes.PanelWidth<T>()), depth = BlockSizes.SlabDepthFor(b.Rows);
        for (int p = 0; p < b.Rows; p += depth)
        {
            int end = Math.Min(p + depth, b.Rows);
            MultiplySlab(a.SliceColumns(p, end), b.SliceRows(p, end), isPacked, keepsSlab: true, slabs + ((nint)p * width), c, cRow, accumulate: p > 0, left);
        }
    }

    private static void MultiplySlab<T, TLeft>(GemmOperand<TLeft> a, GemmOperand<T> b, bool isPacked, bool keepsSlab, T* slab, T* c, nint cRow, bool accumulate, T* left)
        where T : unmanaged
        where TLeft : unmanaged
    {
        if (Vector512.IsHardwareAccelerated)
        {
            MultiplySlab<T, Vector512<T>, Lanes512<T>, TLeft>(a, b, isPacked, keepsSlab, slab, c, cRow, accumulate, left);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            MultiplySlab<T, Vector256<T>, Lanes256<T>, TLeft>(a, b, isPacked, keepsSlab, slab, c, cRow, accumulate, left);
        }
        else
        {
            MultiplySlab<T, Vector128<T>, Lanes128<T>, TLeft>(a, b, isPacked, keepsSlab, slab, c, cRow, accumulate, left);
        }
    }

    /// <summary>Offset in bytes of the zero-skipping lists: behind the packed rows and a line of slack.</summary>
    private static long ListsAt<T>(int rows, int depth) where T : unmanaged => ((long)RoundUp(rows, BlockSizes.TileRows) * depth * sizeof(T)) + AlignedBuffer.Alignment;

    private static int RoundUp(int value, int multiple) => (value + multiple - 1) / multiple * multiple;

    /// <summary>
    /// c = a·b, or c += a·b if <paramref name="accumulate"/>, for the depth of one slab: the loops over blocks of rows
    /// and over pairs of panels.
    /// </summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MultiplySlab<T, TVector, TLanes, TLeft>(GemmOperand<TLeft> a, GemmOperand<T> b, bool isPacked, bool keepsSlab, T* slab, T* c, nint cRow, bool accumulate, T* left)
        where T : unmanaged
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
        where TLeft : unmanaged
    {
        SplitRowStrip<T>* strips = stackalloc SplitRowStrip<T>[BlockSizes.StripsPerBlock];
        int width = 2 * TLanes.Count, blockRows = BlockSizes.BlockRows<T>();
        for (int i = 0; i < a.Rows; i += blockRows)
        {
            int rows = Math.Min(blockRows, a.Rows - i);
            PrepareStrips<T, TVector, TLanes, TLeft>(a.SliceRows(i, i + rows), left, strips);
            for (int j = 0; j < b.Columns; j += 2 * width)
            {
                GemmOperand<T> panels = b.SliceColumns(j, Math.Min(j + (2 * width), b.Columns));
                T* packed = slab + (keepsSlab ? (nint)j * b.Rows : 0);
                bool packs = i == 0 && !isPacked;
                if (packs && (panels.ColumnStride != 1 || panels.Columns % width != 0))
                {
                    PanelPacking.PackRight(panels, packed);
                    packs = false;
                }

                MultiplyPanels<T, TVector, TLanes>(strips, rows, panels, packs, packed, c + (i * cRow) + j, cRow, accumulate);
            }
        }
    }

    /// <summary>
    /// Divides a block of rows into strips, with their zero-skipping lists. Packs rows whose layout is slow to read,
    /// and scales bytes.
    /// </summary>
    private static void PrepareStrips<T, TVector, TLanes, TLeft>(GemmOperand<TLeft> a, T* left, SplitRowStrip<T>* strips)
        where T : unmanaged
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
        where TLeft : unmanaged
    {
        // Rows a multiple of a page apart would evict each other from the L1 cache.
        bool packs = a.ColumnStride != 1 || a.RowStride * sizeof(T) % PageBytes == 0;
        ushort* lists = (ushort*)((byte*)left + ListsAt<T>(a.Rows, a.Columns));
        int height, sixRowStripsEnd = a.Rows - (BlockSizes.FiveRowStrips(a.Rows) * 5);
        for (int i = 0; i < a.Rows; i += height, left += height * a.Columns)
        {
            height = i < sixRowStripsEnd ? BlockSizes.TileRows : 5;
            GemmOperand<TLeft> rows = a.SliceRows(i, Math.Min(i + height, a.Rows));
            GemmOperand<T> strip = typeof(TLeft) == typeof(byte) ? BytePacking.PackLeft(rows.As<byte>(), height, left)
                : packs || rows.Rows < height ? PanelPacking.PackLeft(rows.As<T>(), height, left)
                : rows.As<T>();
            *strips++ = SplitRowStrip<T>.Of<TVector, TLanes>(strip, lists);
            lists += 2 * a.Columns;
        }
    }

    /// <summary>
    /// A block of rows times one or two panels: the loop over row strips. The first strip packs the panels, if they are
    /// not packed yet.
    /// </summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MultiplyPanels<T, TVector, TLanes>(SplitRowStrip<T>* strip, int rows, GemmOperand<T> panels, bool packs, T* packed, T* c, nint cRow, bool accumulate)
        where T : unmanaged
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
    {
        int height, width = 2 * TLanes.Count;
        nint panelStride = (nint)panels.Rows * width;
        T* edge = stackalloc T[BlockSizes.TileRows * width];
        for (int i = 0; i < rows; i += height, strip++, c += height * cRow)
        {
            height = strip->Rows.Rows;
            int inside = Math.Min(height, rows - i);
            if (strip->SkipsZeros && !packs && inside == height && panels.Columns == 2 * width)
            {
                PrefetchRows(c + (height * cRow), cRow, 2 * width);
                MultiplyHalves<T, TVector, TLanes, Four>(*strip, packed, panelStride, c, cRow, accumulate);
                continue;
            }

            for (int j = 0; j < panels.Columns; j += width)
            {
                int columns = Math.Min(width, panels.Columns - j);
                T* panel = packed + ((nint)j * panels.Rows), cells = c + j;
                if (inside == height && columns == width)
                {
                    PrefetchRows(cells + (height * cRow), cRow, width);
                    MultiplyStrip<T, TVector, TLanes>(*strip, panels.Pointer + j, panels.RowStride, packs, panel, cells, cRow, accumulate);
                }
                else
                {
                    // A tile that extends beyond c is computed in a buffer.
                    Copy(cells, cRow, edge, width, accumulate ? inside : 0, columns);
                    MultiplyStrip<T, TVector, TLanes>(*strip, panels.Pointer + j, panels.RowStride, packs, panel, edge, width, accumulate);
                    Copy(edge, width, cells, cRow, inside, columns);
                }
            }

            packs = false;
        }
    }

    /// <summary>
    /// A row strip times a panel, which it packs from <paramref name="b"/> if <paramref name="packs"/>. Selects the
    /// micro-kernel.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void MultiplyStrip<T, TVector, TLanes>(in SplitRowStrip<T> strip, T* b, nint bRow, bool packs, T* panel, T* c, nint cRow, bool accumulate)
        where T : unmanaged
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
    {
        if (strip.SkipsZeros && !packs)
        {
            MultiplyHalves<T, TVector, TLanes, Two>(strip, panel, 0, c, cRow, accumulate);
        }
        else if (strip.Rows.Rows == BlockSizes.TileRows)
        {
            MultiplyDense<T, TVector, TLanes, Six>(strip.Rows, b, bRow, packs, panel, c, cRow, accumulate);
        }
        else
        {
            MultiplyDense<T, TVector, TLanes, Five>(strip.Rows, b, bRow, packs, panel, c, cRow, accumulate);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void MultiplyDense<T, TVector, TLanes, TRows>(in GemmOperand<T> rows, T* b, nint bRow, bool packs, T* panel, T* c, nint cRow, bool accumulate)
        where T : unmanaged
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
        where TRows : struct, ITileCount
    {
        if (packs)
        {
            StridedKernel.MultiplyAndPack<T, TVector, TLanes, TRows>(rows, b, bRow, panel, c, cRow, accumulate);
        }
        else
        {
            PanelKernel.Multiply<T, TVector, TLanes, TRows>(rows, panel, c, cRow, accumulate);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void MultiplyHalves<T, TVector, TLanes, TVectors>(in SplitRowStrip<T> strip, T* panel, nint panelStride, T* c, nint cRow, bool accumulate)
        where T : unmanaged
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
        where TVectors : struct, ITileCount
    {
        ZeroSkippingKernel.Multiply<T, TVector, TLanes, TVectors>(strip.Upper, panel, panelStride, c, cRow, accumulate);
        ZeroSkippingKernel.Multiply<T, TVector, TLanes, TVectors>(strip.Lower, panel, panelStride, c + (SplitRowStrip<T>.HalfRows * cRow), cRow, accumulate);
    }

    /// <summary>
    /// Prefetches the cells of the next tile while this one is computed: their rows lie too far apart for the hardware
    /// prefetcher.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void PrefetchRows<T>(T* c, nint cRow, int width) where T : unmanaged
    {
        for (int row = 0; row < BlockSizes.TileRows; row++)
        {
            Prefetch.IntoL2(c + (row * cRow), width * sizeof(T));
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
