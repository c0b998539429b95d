using System.Numerics;
using System.Runtime.CompilerServices;
using Nabla.Numerics.Products.Operands;
using Nabla.Numerics.Vectors;

namespace Nabla.Numerics.Products.MicroKernels;

/// <summary>
/// The micro-kernel of <c>TileFusedGemm</c>: six rows times two vectors of columns, three rows times two to four, or a
/// single remaining row. It passes each tile to an epilogue in registers instead of storing it. k runs over the set
/// bits of the masks.
/// </summary>
internal static unsafe class FusedKernel
{
    /// <summary>All tiles of <typeparamref name="TRows"/> rows, from row <paramref name="i"/> on.</summary>
    /// <returns>The first row that is left.</returns>
    /// <remarks>
    /// Each tile size is compiled by itself: in one method, the JIT would not keep all accumulators in registers.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static int MultiplyStrips<T, TVector, TLanes, TLeft, TReader, TVectors, TRows, TEpilogue>(TReader reader, in FusedBlock<T, TLeft> block, int i, int rows, ref TEpilogue epilogue)
        where T : unmanaged
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
        where TLeft : unmanaged
        where TReader : struct, IElementReader<TLeft, TVector>
        where TVectors : struct, ITileCount
        where TRows : struct, ITileCount
        where TEpilogue : struct, ITileEpilogue<TVector>
    {
        TEpilogue local = epilogue;
        for (; i + TRows.Count <= rows; i += TRows.Count)
        {
            MultiplyStrip<T, TVector, TLanes, TLeft, TReader, TVectors, TRows, TEpilogue>(reader, block, i, ref local);
        }

        epilogue = local;
        return i;
    }

    /// <summary>
    /// One tile: one, three or six rows from row <paramref name="i"/> on; six rows only with two vectors. It has at
    /// most twelve accumulators.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void MultiplyStrip<T, TVector, TLanes, TLeft, TReader, TVectors, TRows, TEpilogue>(TReader reader, in FusedBlock<T, TLeft> block, int i, ref TEpilogue epilogue)
        where T : unmanaged
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
        where TLeft : unmanaged
        where TReader : struct, IElementReader<TLeft, TVector>
        where TVectors : struct, ITileCount
        where TRows : struct, ITileCount
        where TEpilogue : struct, ITileEpilogue<TVector>
    {
        // With six rows, the upper three use the accumulators of the first and last vector, the lower three those of
        // the two vectors between.
        TVector c00 = default, c01 = default, c02 = default, c03 = default;
        TVector c10 = default, c11 = default, c12 = default, c13 = default;
        TVector c20 = default, c21 = default, c22 = default, c23 = default;
        TLeft* a = block.A + i;
        ulong mask = JoinMasks<T, TRows>(block.Masks + i);
        while (mask != 0)
        {
            nint p = BitOperations.TrailingZeroCount(mask);
            mask &= mask - 1;
            TLeft* x = a + (p * block.ARow);
            T* y = block.B + (p * block.BRow);
            if (TRows.Count == Six.Count)
            {
                TVector first = TLanes.Load(y), last = TLanes.Load(y + block.LastOffset);
                MultiplyAddTwo<T, TVector, TLanes>(reader.Broadcast(x), first, last, ref c00, ref c03);
                MultiplyAddTwo<T, TVector, TLanes>(reader.Broadcast(x + 1), first, last, ref c10, ref c13);
                MultiplyAddTwo<T, TVector, TLanes>(reader.Broadcast(x + 2), first, last, ref c20, ref c23);
                MultiplyAddTwo<T, TVector, TLanes>(reader.Broadcast(x + 3), first, last, ref c01, ref c02);
                MultiplyAddTwo<T, TVector, TLanes>(reader.Broadcast(x + 4), first, last, ref c11, ref c12);
                MultiplyAddTwo<T, TVector, TLanes>(reader.Broadcast(x + 5), first, last, ref c21, ref c22);
                continue;
            }

            TVector x0 = reader.Broadcast(x), x1 = TRows.Count > 1 ? reader.Broadcast(x + 1) : default, x2 = TRows.Count > 1 ? reader.Broadcast(x + 2) : default;
            ZeroSkippingKernel.MultiplyAddRows<T, TVector, TLanes, TRows>(x0, x1, x2, TLanes.Load(y), ref c00, ref c10, ref c20);
            if (TVectors.Count > 2)
            {
                ZeroSkippingKernel.MultiplyAddRows<T, TVector, TLanes, TRows>(x0, x1, x2, TLanes.Load(y + TLanes.Count), ref c01, ref c11, ref c21);
            }

            if (TVectors.Count > 3)
            {
                ZeroSkippingKernel.MultiplyAddRows<T, TVector, TLanes, TRows>(x0, x1, x2, TLanes.Load(y + (2 * TLanes.Count)), ref c02, ref c12, ref c22);
            }

            ZeroSkippingKernel.MultiplyAddRows<T, TVector, TLanes, TRows>(x0, x1, x2, TLanes.Load(y + block.LastOffset), ref c03, ref c13, ref c23);
        }

        nint cell = block.Cell + (i * block.CellRow);
        ApplyToRow<T, TVector, TLanes, TVectors, TEpilogue>(cell, block.LastOffset, c00, c01, c02, c03, ref epilogue);
        if (TRows.Count > 1)
        {
            ApplyToRow<T, TVector, TLanes, TVectors, TEpilogue>(cell + block.CellRow, block.LastOffset, c10, c11, c12, c13, ref epilogue);
            ApplyToRow<T, TVector, TLanes, TVectors, TEpilogue>(cell + (2 * block.CellRow), block.LastOffset, c20, c21, c22, c23, ref epilogue);
        }

        if (TRows.Count == Six.Count)
        {
            ApplyToRow<T, TVector, TLanes, TVectors, TEpilogue>(cell + (3 * block.CellRow), block.LastOffset, c01, default, default, c02, ref epilogue);
            ApplyToRow<T, TVector, TLanes, TVectors, TEpilogue>(cell + (4 * block.CellRow), block.LastOffset, c11, default, default, c12, ref epilogue);
            ApplyToRow<T, TVector, TLanes, TVectors, TEpilogue>(cell + (5 * block.CellRow), block.LastOffset, c21, default, default, c22, ref epilogue);
        }
    }

    /// <summary>Adds two vectors of b, times an element of one row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void MultiplyAddTwo<T, TVector, TLanes>(TVector x, TVector first, TVector last, ref TVector c0, ref TVector c1)
        where T : unmanaged
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
    {
        c0 = TLanes.FusedMultiplyAdd(x, first, c0);
        c1 = TLanes.FusedMultiplyAdd(x, last, c1);
    }

    /// <summary>The values of k at which the rows of a tile are not all zero, as a bit mask.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong JoinMasks<T, TRows>(T* masks)
        where T : unmanaged
        where TRows : struct, ITileCount
    {
        ulong mask = MaskOf(masks);
        if (TRows.Count > 1)
        {
            mask |= MaskOf(masks + 1) | MaskOf(masks + 2);
        }

        return TRows.Count == Six.Count ? mask | MaskOf(masks + 3) | MaskOf(masks + 4) | MaskOf(masks + 5) : mask;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong MaskOf<T>(T* masks) where T : unmanaged => sizeof(T) == sizeof(uint) ? *(uint*)masks : *(ulong*)masks;

    /// <summary>Passes one row of the tile to the epilogue, −0 as 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ApplyToRow<T, TVector, TLanes, TVectors, TEpilogue>(nint cell, nint lastOffset, TVector c0, TVector c1, TVector c2, TVector c3, ref TEpilogue epilogue)
        where T : unmanaged
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
        where TVectors : struct, ITileCount
        where TEpilogue : struct, ITileEpilogue<TVector>
    {
        TVector zero = default;
        epilogue.Apply<TVectors>(cell, lastOffset, TLanes.Add(c0, zero), TLanes.Add(c1, zero), TLanes.Add(c2, zero), TLanes.Add(c3, zero));
    }
}
