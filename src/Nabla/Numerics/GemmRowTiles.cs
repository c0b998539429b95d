using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Nabla.Numerics;

/// <summary>A product aᵀ·b over few steps of k that is never stored: each tile of its rows is handed over in registers.</summary>
/// <remarks>
/// A tile is three rows times two to four vectors of columns. Steps in which its three rows of aᵀ are all zero (dark pixels, units that are off)
/// are left out: a mask for each row has a bit for each step. A sum of −0 is handed over as 0, so no bit depends on what is left out.
/// </remarks>
internal static unsafe class GemmRowTiles
{
    /// <summary>The most steps of k: the bits of a mask.</summary>
    public const int MostSteps = 32;

    /// <summary>The most bytes of b: every three rows of the product read all of it.</summary>
    private const int BytesOfRight = 24 * 1024;

    /// <summary>The most vectors of a tile.</summary>
    private const int VectorsOfTile = 4;

    /// <summary>Rows whose masks are made at once.</summary>
    private const int RowsAtOnce = 96;

    /// <summary>Whether a product of this shape goes this way: few steps of k, and b stays in the first cache.</summary>
    public static bool Suits<T>(int columns, int steps) where T : unmanaged =>
        steps <= MostSteps && columns >= Vector128<T>.Count && (long)columns * steps * sizeof(T) <= BytesOfRight;

    /// <summary>Rows [first, end) of aᵀ·b, stored. a: [k, m]; b: [k, n]; c: [end − first, n].</summary>
    public static void Run<T>(Matrix<T> a, Matrix<T> b, int first, int end, T* c) where T : unmanaged
    {
        T* cells = c - ((nint)first * b.Columns);
        if (Vector512.IsHardwareAccelerated && b.Columns >= Vector512<T>.Count)
        {
            var stored = new StoredTiles<T, Vector512<T>, Lanes512<T>>(cells);
            Run<T, Vector512<T>, Lanes512<T>, StoredTiles<T, Vector512<T>, Lanes512<T>>>(a, b, first, end, ref stored);
        }
        else if (Vector256.IsHardwareAccelerated && b.Columns >= Vector256<T>.Count)
        {
            var stored = new StoredTiles<T, Vector256<T>, Lanes256<T>>(cells);
            Run<T, Vector256<T>, Lanes256<T>, StoredTiles<T, Vector256<T>, Lanes256<T>>>(a, b, first, end, ref stored);
        }
        else
        {
            var stored = new StoredTiles<T, Vector128<T>, Lanes128<T>>(cells);
            Run<T, Vector128<T>, Lanes128<T>, StoredTiles<T, Vector128<T>, Lanes128<T>>>(a, b, first, end, ref stored);
        }
    }

    /// <summary>Rows [first, end) of aᵀ·b, handed over. a: [k, m]; b: [k, n].</summary>
    public static void Run<T, TVector, TLanes, TReceiver>(Matrix<T> a, Matrix<T> b, int first, int end, ref TReceiver receiver)
        where T : unmanaged
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
        where TReceiver : struct, IRowTiles<TVector>
    {
        Run<T, TVector, TLanes, TReceiver>(a.Pointer, a.Stride, b.Pointer, b.Stride, b.Columns, b.Rows, first, end, ref receiver);
        a.KeepAlive();
        b.KeepAlive();
    }

    [SkipLocalsInit]
    private static void Run<T, TVector, TLanes, TReceiver>(T* a, nint aRow, T* b, nint bRow, int columns, int k, int first, int end, ref TReceiver receiver)
        where T : unmanaged
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
        where TReceiver : struct, IRowTiles<TVector>
    {
        T* masks = stackalloc T[RowsAtOnce + TLanes.Count];
        int vectors = (columns + TLanes.Count - 1) / TLanes.Count, tiles = (vectors + VectorsOfTile - 1) / VectorsOfTile;
        for (int i = first; i < end; i += RowsAtOnce)
        {
            int rows = Math.Min(RowsAtOnce, end - i);
            Masks<T, TVector, TLanes>(a + i, aRow, k, rows, masks);
            for (int tile = 0; tile < tiles; tile++)
            {
                int from = vectors * tile / tiles, to = vectors * (tile + 1) / tiles;
                nint j = from * TLanes.Count, width = Math.Min(columns, to * TLanes.Count) - j;
                var strip = new Strip<T>(a + i, aRow, b + j, bRow, masks, width - TLanes.Count, ((nint)i * columns) + j, columns);
                switch (to - from)
                {
                    case 4:
                        Rows<T, TVector, TLanes, Four, TReceiver>(strip, rows, ref receiver);
                        break;
                    case 3:
                        Rows<T, TVector, TLanes, Three, TReceiver>(strip, rows, ref receiver);
                        break;
                    default:
                        Rows<T, TVector, TLanes, Two, TReceiver>(strip, rows, ref receiver);
                        break;
                }
            }
        }
    }

    /// <summary>Some columns of some rows of the product.</summary>
    private readonly struct Strip<T>(T* a, nint aRow, T* b, nint bRow, T* masks, nint last, nint cell, nint cellRow) where T : unmanaged
    {
        /// <summary>Step p of row i at p·<see cref="ARow"/> + i.</summary>
        public readonly T* A = a;

        public readonly nint ARow = aRow;

        /// <summary>The first column of step p at p·<see cref="BRow"/>.</summary>
        public readonly T* B = b;

        public readonly nint BRow = bRow;

        /// <summary>A bit for each step in which a row is not zero, [rows at once].</summary>
        public readonly T* Masks = masks;

        /// <summary>Where a row's last vector lies in it.</summary>
        public readonly nint Last = last;

        /// <summary>Where the first row lies in the product.</summary>
        public readonly nint Cell = cell;

        public readonly nint CellRow = cellRow;
    }

    /// <summary>For each row a bit for each step in which it is not zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Masks<T, TVector, TLanes>(T* a, nint aRow, int k, int rows, T* masks)
        where T : unmanaged
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
    {
        for (int i = 0; i < rows; i += TLanes.Count)
        {
            TVector mask = default;
            T* at = a + i;
            for (int step = 0; step < k; step++, at += aRow)
            {
                TVector bit = TLanes.Create(sizeof(T) == sizeof(uint) ? Unsafe.BitCast<uint, T>(1u << step) : Unsafe.BitCast<ulong, T>(1ul << step));
                mask = TLanes.Or(mask, TLanes.WhereNonzero(TLanes.Load(at), bit));
            }

            TLanes.Store(mask, masks + i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rows<T, TVector, TLanes, TVectors, TReceiver>(in Strip<T> strip, int rows, ref TReceiver receiver)
        where T : unmanaged
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
        where TVectors : struct, ITileCount
        where TReceiver : struct, IRowTiles<TVector>
    {
        TReceiver taker = receiver;
        int i = 0;
        for (; i + Three.Count <= rows; i += Three.Count)
        {
            Tile<T, TVector, TLanes, TVectors, Three, TReceiver>(strip, i, ref taker);
        }

        for (; i < rows; i++)
        {
            Tile<T, TVector, TLanes, TVectors, One, TReceiver>(strip, i, ref taker);
        }

        receiver = taker;
    }

    /// <summary>Three rows from row <paramref name="i"/> on, or one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Tile<T, TVector, TLanes, TVectors, TRows, TReceiver>(in Strip<T> strip, int i, ref TReceiver receiver)
        where T : unmanaged
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
        where TVectors : struct, ITileCount
        where TRows : struct, ITileCount
        where TReceiver : struct, IRowTiles<TVector>
    {
        TVector c00 = default, c01 = default, c02 = default, c03 = default;
        TVector c10 = default, c11 = default, c12 = default, c13 = default;
        TVector c20 = default, c21 = default, c22 = default, c23 = default;
        T* masks = strip.Masks + i, a = strip.A + i;
        ulong mask = TRows.Count > 1 ? Mask(masks) | Mask(masks + 1) | Mask(masks + 2) : Mask(masks);
        while (mask != 0)
        {
            nint step = BitOperations.TrailingZeroCount(mask);
            mask &= mask - 1;
            T* x = a + (step * strip.ARow), y = strip.B + (step * strip.BRow);
            TVector x0 = TLanes.Create(x[0]), x1 = TRows.Count > 1 ? TLanes.Create(x[1]) : default, x2 = TRows.Count > 1 ? TLanes.Create(x[2]) : default;
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
