using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Nabla.Numerics.Memory;
using Nabla.Numerics.Vectors;

namespace Nabla.Numerics.Products;

/// <summary>A product aᵀ·b over few steps of k that is never stored: each tile of its rows is handed over in registers.</summary>
/// <remarks>
/// A tile is three rows times three or four vectors of columns, or six times two. Steps in which its rows of aᵀ are all zero (dark pixels, units that are off)
/// are left out: a mask for each row has a bit for each step. A sum of −0 is handed over as 0, so no bit depends on what is left out.
/// </remarks>
internal static unsafe class GemmRowTiles
{
    /// <summary>The most steps of k: the bits of a mask.</summary>
    public const int MostSteps = 32;

    /// <summary>The most bytes of b: every tile of the product reads all of it.</summary>
    private const int BytesOfRight = 24 * 1024;

    /// <summary>The most vectors of a tile.</summary>
    private const int VectorsOfTile = 4;

    /// <summary>Rows whose masks are made at once.</summary>
    private const int RowsAtOnce = 96;

    /// <summary>Whether a product of this shape goes this way: few steps of k, and b stays in the first cache.</summary>
    public static bool Suits<T>(int columns, int steps) where T : unmanaged =>
        steps <= MostSteps && columns >= Vector128<T>.Count && (long)columns * steps * sizeof(T) <= BytesOfRight;

    /// <summary>Rows [first, end) of aᵀ·b, stored. a: [k, m], numbers or bytes; b: [k, n]; c: [end − first, n].</summary>
    public static void Run<T, TLeft>(Matrix<TLeft> a, Matrix<T> b, int first, int end, T* c)
        where T : unmanaged
        where TLeft : unmanaged
    {
        T* cells = c - ((nint)first * b.Columns);
        if (Vector512.IsHardwareAccelerated && b.Columns >= Vector512<T>.Count)
        {
            var stored = new StoredTiles<T, Vector512<T>, Lanes512<T>>(cells);
            Run<T, Vector512<T>, Lanes512<T>, TLeft, StoredTiles<T, Vector512<T>, Lanes512<T>>>(a, b, first, end, ref stored);
        }
        else if (Vector256.IsHardwareAccelerated && b.Columns >= Vector256<T>.Count)
        {
            var stored = new StoredTiles<T, Vector256<T>, Lanes256<T>>(cells);
            Run<T, Vector256<T>, Lanes256<T>, TLeft, StoredTiles<T, Vector256<T>, Lanes256<T>>>(a, b, first, end, ref stored);
        }
        else
        {
            var stored = new StoredTiles<T, Vector128<T>, Lanes128<T>>(cells);
            Run<T, Vector128<T>, Lanes128<T>, TLeft, StoredTiles<T, Vector128<T>, Lanes128<T>>>(a, b, first, end, ref stored);
        }
    }

    /// <summary>Rows [first, end) of aᵀ·b, handed over. a: [k, m], numbers or bytes that stand for byte / 255; b: [k, n].</summary>
    public static void Run<T, TVector, TLanes, TLeft, TReceiver>(Matrix<TLeft> a, Matrix<T> b, int first, int end, ref TReceiver receiver)
        where T : unmanaged
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
        where TLeft : unmanaged
        where TReceiver : struct, IRowTiles<TVector>
    {
        if (typeof(TLeft) == typeof(byte))
        {
            Run<T, TVector, TLanes, byte, ByteElements<T, TVector, TLanes>, TReceiver>(new(), (byte*)a.Pointer, a.Stride, b, first, end, ref receiver);
        }
        else
        {
            Run<T, TVector, TLanes, T, NumberElements<T, TVector, TLanes>, TReceiver>(default, (T*)a.Pointer, a.Stride, b, first, end, ref receiver);
        }

        a.KeepAlive();
        b.KeepAlive();
    }

    [SkipLocalsInit]
    private static void Run<T, TVector, TLanes, TLeft, TElements, TReceiver>(TElements elements, TLeft* a, nint aRow, Matrix<T> b, int first, int end, ref TReceiver receiver)
        where T : unmanaged
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
        where TLeft : unmanaged
        where TElements : struct, ILeftElements<TLeft, TVector>
        where TReceiver : struct, IRowTiles<TVector>
    {
        T* masks = stackalloc T[RowsAtOnce + TLanes.Count];
        int columns = b.Columns, vectors = (columns + TLanes.Count - 1) / TLanes.Count, tiles = (vectors + VectorsOfTile - 1) / VectorsOfTile;
        for (int i = first; i < end; i += RowsAtOnce)
        {
            int rows = Math.Min(RowsAtOnce, end - i);
            Masks<T, TVector, TLanes, TLeft, TElements>(a + i, aRow, b.Rows, rows, masks);
            for (int tile = 0; tile < tiles; tile++)
            {
                int from = vectors * tile / tiles, to = vectors * (tile + 1) / tiles;
                nint j = from * TLanes.Count, width = Math.Min(columns, to * TLanes.Count) - j;
                var strip = new RowStrip<T, TLeft>(a + i, aRow, b.Pointer + j, b.Stride, masks, width - TLanes.Count, ((nint)i * columns) + j, columns);
                switch (to - from)
                {
                    case 4:
                        Rows<T, TVector, TLanes, TLeft, TElements, Four, TReceiver>(elements, strip, rows, ref receiver);
                        break;
                    case 3:
                        Rows<T, TVector, TLanes, TLeft, TElements, Three, TReceiver>(elements, strip, rows, ref receiver);
                        break;
                    default:
                        Rows<T, TVector, TLanes, TLeft, TElements, Two, TReceiver>(elements, strip, rows, ref receiver);
                        break;
                }
            }
        }
    }

    /// <summary>For each row a bit for each step in which it is not zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Masks<T, TVector, TLanes, TLeft, TElements>(TLeft* a, nint aRow, int k, int rows, T* masks)
        where T : unmanaged
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
        where TLeft : unmanaged
        where TElements : struct, ILeftElements<TLeft, TVector>
    {
        for (int i = 0; i < rows; i += TLanes.Count)
        {
            // The last step first: each one moves the bits of those after it up.
            TVector mask = default;
            TLeft* at = a + ((k - 1) * aRow) + i;
            for (int step = k; step > 0; step--, at -= aRow)
            {
                mask = TLanes.Or(TLanes.MoveBits(mask), TElements.BitsOf(at));
            }

            TLanes.Store(mask, masks + i);
        }
    }

    private static void Rows<T, TVector, TLanes, TLeft, TElements, TVectors, TReceiver>(TElements elements, in RowStrip<T, TLeft> strip, int rows, ref TReceiver receiver)
        where T : unmanaged
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
        where TLeft : unmanaged
        where TElements : struct, ILeftElements<TLeft, TVector>
        where TVectors : struct, ITileCount
        where TReceiver : struct, IRowTiles<TVector>
    {
        int i = TVectors.Count == Two.Count ? Tiles<T, TVector, TLanes, TLeft, TElements, TVectors, Six, TReceiver>(elements, strip, 0, rows, ref receiver) : 0;
        i = Tiles<T, TVector, TLanes, TLeft, TElements, TVectors, Three, TReceiver>(elements, strip, i, rows, ref receiver);
        Tiles<T, TVector, TLanes, TLeft, TElements, TVectors, One, TReceiver>(elements, strip, i, rows, ref receiver);
    }

    /// <summary>Tiles of so many rows, from row <paramref name="i"/> on.</summary>
    /// <returns>The first row that is left.</returns>
    /// <remarks>Each kind is compiled by itself: all of them together are more than the compiler keeps in registers.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static int Tiles<T, TVector, TLanes, TLeft, TElements, TVectors, TRows, TReceiver>(TElements elements, in RowStrip<T, TLeft> strip, int i, int rows, ref TReceiver receiver)
        where T : unmanaged
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
        where TLeft : unmanaged
        where TElements : struct, ILeftElements<TLeft, TVector>
        where TVectors : struct, ITileCount
        where TRows : struct, ITileCount
        where TReceiver : struct, IRowTiles<TVector>
    {
        TReceiver taker = receiver;
        for (; i + TRows.Count <= rows; i += TRows.Count)
        {
            Tile<T, TVector, TLanes, TLeft, TElements, TVectors, TRows, TReceiver>(elements, strip, i, ref taker);
        }

        receiver = taker;
        return i;
    }

    /// <summary>One, three or six rows from row <paramref name="i"/> on; six of two vectors. Twelve sums at most.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Tile<T, TVector, TLanes, TLeft, TElements, TVectors, TRows, TReceiver>(TElements elements, in RowStrip<T, TLeft> strip, int i, ref TReceiver receiver)
        where T : unmanaged
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
        where TLeft : unmanaged
        where TElements : struct, ILeftElements<TLeft, TVector>
        where TVectors : struct, ITileCount
        where TRows : struct, ITileCount
        where TReceiver : struct, IRowTiles<TVector>
    {
        // Of six rows, the upper three have the sums of the first and the last vector, the lower three the two between them.
        TVector c00 = default, c01 = default, c02 = default, c03 = default;
        TVector c10 = default, c11 = default, c12 = default, c13 = default;
        TVector c20 = default, c21 = default, c22 = default, c23 = default;
        TLeft* a = strip.A + i;
        ulong mask = Mask<T, TRows>(strip.Masks + i);
        while (mask != 0)
        {
            nint step = BitOperations.TrailingZeroCount(mask);
            mask &= mask - 1;
            TLeft* x = a + (step * strip.ARow);
            T* y = strip.B + (step * strip.BRow);
            if (TRows.Count == Six.Count)
            {
                TVector first = TLanes.Load(y), last = TLanes.Load(y + strip.Last);
                Row<T, TVector, TLanes>(elements.Spread(x), first, last, ref c00, ref c03);
                Row<T, TVector, TLanes>(elements.Spread(x + 1), first, last, ref c10, ref c13);
                Row<T, TVector, TLanes>(elements.Spread(x + 2), first, last, ref c20, ref c23);
                Row<T, TVector, TLanes>(elements.Spread(x + 3), first, last, ref c01, ref c02);
                Row<T, TVector, TLanes>(elements.Spread(x + 4), first, last, ref c11, ref c12);
                Row<T, TVector, TLanes>(elements.Spread(x + 5), first, last, ref c21, ref c22);
                continue;
            }

            TVector x0 = elements.Spread(x), x1 = TRows.Count > 1 ? elements.Spread(x + 1) : default, x2 = TRows.Count > 1 ? elements.Spread(x + 2) : default;
            GemmListedTiles.Column<T, TVector, TLanes, TRows>(x0, x1, x2, TLanes.Load(y), ref c00, ref c10, ref c20);
            if (TVectors.Count > 2)
            {
                GemmListedTiles.Column<T, TVector, TLanes, TRows>(x0, x1, x2, TLanes.Load(y + TLanes.Count), ref c01, ref c11, ref c21);
            }

            if (TVectors.Count > 3)
            {
                GemmListedTiles.Column<T, TVector, TLanes, TRows>(x0, x1, x2, TLanes.Load(y + (2 * TLanes.Count)), ref c02, ref c12, ref c22);
            }

            GemmListedTiles.Column<T, TVector, TLanes, TRows>(x0, x1, x2, TLanes.Load(y + strip.Last), ref c03, ref c13, ref c23);
        }

        nint cell = strip.Cell + (i * strip.CellRow);
        Give<T, TVector, TLanes, TVectors, TReceiver>(cell, strip.Last, c00, c01, c02, c03, ref receiver);
        if (TRows.Count > 1)
        {
            Give<T, TVector, TLanes, TVectors, TReceiver>(cell + strip.CellRow, strip.Last, c10, c11, c12, c13, ref receiver);
            Give<T, TVector, TLanes, TVectors, TReceiver>(cell + (2 * strip.CellRow), strip.Last, c20, c21, c22, c23, ref receiver);
        }

        if (TRows.Count == Six.Count)
        {
            Give<T, TVector, TLanes, TVectors, TReceiver>(cell + (3 * strip.CellRow), strip.Last, c01, default, default, c02, ref receiver);
            Give<T, TVector, TLanes, TVectors, TReceiver>(cell + (4 * strip.CellRow), strip.Last, c11, default, default, c12, ref receiver);
            Give<T, TVector, TLanes, TVectors, TReceiver>(cell + (5 * strip.CellRow), strip.Last, c21, default, default, c22, ref receiver);
        }
    }

    /// <summary>An element of a row times two vectors of b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Row<T, TVector, TLanes>(TVector x, TVector first, TVector last, ref TVector c0, ref TVector c1)
        where T : unmanaged
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
    {
        c0 = TLanes.FusedMultiplyAdd(x, first, c0);
        c1 = TLanes.FusedMultiplyAdd(x, last, c1);
    }

    /// <summary>The steps in which some rows are not all zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Mask<T, TRows>(T* masks)
        where T : unmanaged
        where TRows : struct, ITileCount
    {
        ulong mask = Mask(masks);
        if (TRows.Count > 1)
        {
            mask |= Mask(masks + 1) | Mask(masks + 2);
        }

        return TRows.Count == Six.Count ? mask | Mask(masks + 3) | Mask(masks + 4) | Mask(masks + 5) : mask;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Mask<T>(T* masks) where T : unmanaged => sizeof(T) == sizeof(uint) ? *(uint*)masks : *(ulong*)masks;

    /// <summary>Hands a row over, a −0 as 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Give<T, TVector, TLanes, TVectors, TReceiver>(nint cell, nint last, TVector c0, TVector c1, TVector c2, TVector c3, ref TReceiver receiver)
        where T : unmanaged
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
        where TVectors : struct, ITileCount
        where TReceiver : struct, IRowTiles<TVector>
    {
        TVector zero = default;
        receiver.Take<TVectors>(cell, last, TLanes.Add(c0, zero), TLanes.Add(c1, zero), TLanes.Add(c2, zero), TLanes.Add(c3, zero));
    }
}
