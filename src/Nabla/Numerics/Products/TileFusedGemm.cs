using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Nabla.Numerics.Memory;
using Nabla.Numerics.Products.MicroKernels;
using Nabla.Numerics.Products.Operands;
using Nabla.Numerics.Vectors;

namespace Nabla.Numerics.Products;

/// <summary>
/// A product aᵀ·b of small depth, such as the gradient of a small mini-batch. It is never stored: each register tile
/// goes to an epilogue, still in registers.
/// </summary>
/// <remarks>
/// Each row has a bit mask with one bit per k. A tile skips the values of k at which its rows of aᵀ are all zero (dark
/// pixels, inactive units). The epilogue gets a sum of −0 as 0, so no bit depends on the skipping.
/// </remarks>
internal static unsafe class TileFusedGemm
{
    /// <summary>The largest depth: the bits of a mask.</summary>
    public const int MaxDepth = 32;

    /// <summary>The most bytes of b. Every tile reads all of b, so it must stay in the L1 cache.</summary>
    private const int MaxRightBytes = 24 * 1024;

    /// <summary>The most vectors of columns of a tile.</summary>
    private const int MaxTileVectors = 4;

    /// <summary>The rows whose masks are computed together.</summary>
    private const int BlockRows = 96;

    /// <summary>
    /// Whether a product of this shape may go this way: the depth is small and b stays in the L1 cache.
    /// </summary>
    public static bool Suits<T>(int columns, int depth) where T : unmanaged =>
        depth <= MaxDepth && columns >= Vector128<T>.Count && (long)columns * depth * sizeof(T) <= MaxRightBytes;

    /// <summary>
    /// Stores rows [first, end) of aᵀ·b. a: [k, m], numbers or bytes; b: [k, n]; c: [end − first, n].
    /// </summary>
    public static void Run<T, TLeft>(Matrix<TLeft> a, Matrix<T> b, int first, int end, T* c)
        where T : unmanaged
        where TLeft : unmanaged
    {
        T* product = c - ((nint)first * b.Columns);
        if (Vector512.IsHardwareAccelerated && b.Columns >= Vector512<T>.Count)
        {
            var store = new StoreEpilogue<T, Vector512<T>, Lanes512<T>>(product);
            Run<T, Vector512<T>, Lanes512<T>, TLeft, StoreEpilogue<T, Vector512<T>, Lanes512<T>>>(a, b, first, end, ref store);
        }
        else if (Vector256.IsHardwareAccelerated && b.Columns >= Vector256<T>.Count)
        {
            var store = new StoreEpilogue<T, Vector256<T>, Lanes256<T>>(product);
            Run<T, Vector256<T>, Lanes256<T>, TLeft, StoreEpilogue<T, Vector256<T>, Lanes256<T>>>(a, b, first, end, ref store);
        }
        else
        {
            var store = new StoreEpilogue<T, Vector128<T>, Lanes128<T>>(product);
            Run<T, Vector128<T>, Lanes128<T>, TLeft, StoreEpilogue<T, Vector128<T>, Lanes128<T>>>(a, b, first, end, ref store);
        }
    }

    /// <summary>
    /// Passes rows [first, end) of aᵀ·b to an epilogue. a: [k, m], numbers, or bytes that are scaled to byte / 255;
    /// b: [k, n].
    /// </summary>
    public static void Run<T, TVector, TLanes, TLeft, TEpilogue>(Matrix<TLeft> a, Matrix<T> b, int first, int end, ref TEpilogue epilogue)
        where T : unmanaged
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
        where TLeft : unmanaged
        where TEpilogue : struct, ITileEpilogue<TVector>
    {
        if (typeof(TLeft) == typeof(byte))
        {
            RunBlocks<T, TVector, TLanes, byte, ByteReader<T, TVector, TLanes>, TEpilogue>(new(), (byte*)a.Pointer, a.Stride, b, first, end, ref epilogue);
        }
        else
        {
            RunBlocks<T, TVector, TLanes, T, NumberReader<T, TVector, TLanes>, TEpilogue>(default, (T*)a.Pointer, a.Stride, b, first, end, ref epilogue);
        }

        a.KeepAlive();
        b.KeepAlive();
    }

    /// <summary>The loops over blocks of rows and over tiles of columns.</summary>
    [SkipLocalsInit]
    private static void RunBlocks<T, TVector, TLanes, TLeft, TReader, TEpilogue>(TReader reader, TLeft* a, nint aRow, Matrix<T> b, int first, int end, ref TEpilogue epilogue)
        where T : unmanaged
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
        where TLeft : unmanaged
        where TReader : struct, IElementReader<TLeft, TVector>
        where TEpilogue : struct, ITileEpilogue<TVector>
    {
        T* masks = stackalloc T[BlockRows + TLanes.Count];
        int columns = b.Columns, vectors = (columns + TLanes.Count - 1) / TLanes.Count, tiles = (vectors + MaxTileVectors - 1) / MaxTileVectors;
        for (int i = first; i < end; i += BlockRows)
        {
            int rows = Math.Min(BlockRows, end - i);
            ComputeMasks<T, TVector, TLanes, TLeft, TReader>(a + i, aRow, b.Rows, rows, masks);
            for (int tile = 0; tile < tiles; tile++)
            {
                int from = vectors * tile / tiles, to = vectors * (tile + 1) / tiles;
                nint j = from * TLanes.Count, width = Math.Min(columns, to * TLanes.Count) - j;
                var block = new FusedBlock<T, TLeft>(a + i, aRow, b.Pointer + j, b.Stride, masks, width - TLanes.Count, ((nint)i * columns) + j, columns);
                switch (to - from)
                {
                    case 4:
                        RunRows<T, TVector, TLanes, TLeft, TReader, Four, TEpilogue>(reader, block, rows, ref epilogue);
                        break;
                    case 3:
                        RunRows<T, TVector, TLanes, TLeft, TReader, Three, TEpilogue>(reader, block, rows, ref epilogue);
                        break;
                    default:
                        RunRows<T, TVector, TLanes, TLeft, TReader, Two, TEpilogue>(reader, block, rows, ref epilogue);
                        break;
                }
            }
        }
    }

    /// <summary>Computes the mask of each row: bit p is set if the row is not zero at k = p.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ComputeMasks<T, TVector, TLanes, TLeft, TReader>(TLeft* a, nint aRow, int k, int rows, T* masks)
        where T : unmanaged
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
        where TLeft : unmanaged
        where TReader : struct, IElementReader<TLeft, TVector>
    {
        for (int i = 0; i < rows; i += TLanes.Count)
        {
            // k runs backwards: each shift moves the bits of the larger k up.
            TVector mask = default;
            TLeft* at = a + ((k - 1) * aRow) + i;
            for (int p = k; p > 0; p--, at -= aRow)
            {
                mask = TLanes.Or(TLanes.ShiftLeft(mask), TReader.OneWhereNonzero(at));
            }

            TLanes.Store(mask, masks + i);
        }
    }

    /// <summary>The loop over the rows of a block.</summary>
    private static void RunRows<T, TVector, TLanes, TLeft, TReader, TVectors, TEpilogue>(TReader reader, in FusedBlock<T, TLeft> block, int rows, ref TEpilogue epilogue)
        where T : unmanaged
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
        where TLeft : unmanaged
        where TReader : struct, IElementReader<TLeft, TVector>
        where TVectors : struct, ITileCount
        where TEpilogue : struct, ITileEpilogue<TVector>
    {
        int i = TVectors.Count == Two.Count ? FusedKernel.MultiplyStrips<T, TVector, TLanes, TLeft, TReader, TVectors, Six, TEpilogue>(reader, block, 0, rows, ref epilogue) : 0;
        i = FusedKernel.MultiplyStrips<T, TVector, TLanes, TLeft, TReader, TVectors, Three, TEpilogue>(reader, block, i, rows, ref epilogue);
        FusedKernel.MultiplyStrips<T, TVector, TLanes, TLeft, TReader, TVectors, One, TEpilogue>(reader, block, i, rows, ref epilogue);
    }
}
