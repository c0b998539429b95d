using System.Runtime.CompilerServices;
using Nabla.Numerics.Products.Operands;
using Nabla.Numerics.Vectors;

namespace Nabla.Numerics.Products.MicroKernels;

/// <summary>
/// The zero-skipping micro-kernel of large products: half a row strip, that is three or two rows, times one or two
/// packed panels. It visits only the values of k on the list of the half strip.
/// </summary>
internal static unsafe class ZeroSkippingKernel
{
    /// <summary>
    /// Half a row strip times panels, [k][2 vectors], the second <paramref name="panelStride"/> elements behind the
    /// first.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Multiply<T, TVector, TLanes, TVectors>(in RowStrip<T> a, T* panel, nint panelStride, T* c, nint cRow, bool accumulate)
        where T : unmanaged
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
        where TVectors : struct, ITileCount
    {
        if (a.Rows.Rows == Three.Count)
        {
            AccumulateOverList<T, TVector, TLanes, TVectors, Three>(a, panel, panelStride, c, cRow, accumulate);
        }
        else
        {
            AccumulateOverList<T, TVector, TLanes, TVectors, Two>(a, panel, panelStride, c, cRow, accumulate);
        }
    }

    /// <summary>The loop over the list.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AccumulateOverList<T, TVector, TLanes, TVectors, TRows>(in RowStrip<T> a, T* panel, nint panelStride, T* c, nint cRow, bool accumulate)
        where T : unmanaged
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
        where TVectors : struct, ITileCount
        where TRows : struct, ITileCount
    {
        TVector c00 = default, c01 = default, c02 = default, c03 = default;
        TVector c10 = default, c11 = default, c12 = default, c13 = default;
        TVector c20 = default, c21 = default, c22 = default, c23 = default;
        if (accumulate)
        {
            LoadRow<T, TVector, TLanes, TVectors>(c, ref c00, ref c01, ref c02, ref c03);
            LoadRow<T, TVector, TLanes, TVectors>(c + cRow, ref c10, ref c11, ref c12, ref c13);
            if (TRows.Count > 2)
            {
                LoadRow<T, TVector, TLanes, TVectors>(c + (2 * cRow), ref c20, ref c21, ref c22, ref c23);
            }
        }

        nint aRow = a.Rows.RowStride, aColumn = a.Rows.ColumnStride, width = 2 * TLanes.Count;
        T* x = a.Rows.Pointer;
        ushort* list = a.List, end = list + a.ListLength;
        for (; list + 2 <= end; list += 2)
        {
            nint p0 = list[0], p1 = list[1];
            AddOuterProduct<T, TVector, TLanes, TVectors, TRows>(x + (p0 * aColumn), aRow, panel + (p0 * width), panelStride, ref c00, ref c01, ref c02, ref c03, ref c10, ref c11, ref c12, ref c13, ref c20, ref c21, ref c22, ref c23);
            AddOuterProduct<T, TVector, TLanes, TVectors, TRows>(x + (p1 * aColumn), aRow, panel + (p1 * width), panelStride, ref c00, ref c01, ref c02, ref c03, ref c10, ref c11, ref c12, ref c13, ref c20, ref c21, ref c22, ref c23);
        }

        if (list != end)
        {
            nint p0 = list[0];
            AddOuterProduct<T, TVector, TLanes, TVectors, TRows>(x + (p0 * aColumn), aRow, panel + (p0 * width), panelStride, ref c00, ref c01, ref c02, ref c03, ref c10, ref c11, ref c12, ref c13, ref c20, ref c21, ref c22, ref c23);
        }

        StoreRow<T, TVector, TLanes, TVectors>(c00, c01, c02, c03, c);
        StoreRow<T, TVector, TLanes, TVectors>(c10, c11, c12, c13, c + cRow);
        if (TRows.Count > 2)
        {
            StoreRow<T, TVector, TLanes, TVectors>(c20, c21, c22, c23, c + (2 * cRow));
        }
    }

    /// <summary>
    /// One k: adds the outer product of a column of a, at <paramref name="x"/>, and a row of the panels, at
    /// <paramref name="y"/>.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddOuterProduct<T, TVector, TLanes, TVectors, TRows>(
        T* x,
        nint aRow,
        T* y,
        nint panelStride,
        ref TVector c00,
        ref TVector c01,
        ref TVector c02,
        ref TVector c03,
        ref TVector c10,
        ref TVector c11,
        ref TVector c12,
        ref TVector c13,
        ref TVector c20,
        ref TVector c21,
        ref TVector c22,
        ref TVector c23)
        where T : unmanaged
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
        where TVectors : struct, ITileCount
        where TRows : struct, ITileCount
    {
        TVector x0 = TLanes.Create(x[0]), x1 = TLanes.Create(x[aRow]), x2 = TRows.Count > 2 ? TLanes.Create(x[2 * aRow]) : default;
        MultiplyAddRows<T, TVector, TLanes, TRows>(x0, x1, x2, TLanes.Load(y), ref c00, ref c10, ref c20);
        MultiplyAddRows<T, TVector, TLanes, TRows>(x0, x1, x2, TLanes.Load(y + TLanes.Count), ref c01, ref c11, ref c21);
        if (TVectors.Count > 2)
        {
            MultiplyAddRows<T, TVector, TLanes, TRows>(x0, x1, x2, TLanes.Load(y + panelStride), ref c02, ref c12, ref c22);
            MultiplyAddRows<T, TVector, TLanes, TRows>(x0, x1, x2, TLanes.Load(y + panelStride + TLanes.Count), ref c03, ref c13, ref c23);
        }
    }

    /// <summary>
    /// Adds one vector of b, times an element of each row: three elements, twelve accumulators and the vector fill the
    /// 16 registers of AVX2.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void MultiplyAddRows<T, TVector, TLanes, TRows>(TVector x0, TVector x1, TVector x2, TVector b, ref TVector c0, ref TVector c1, ref TVector c2)
        where T : unmanaged
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
        where TRows : struct, ITileCount
    {
        c0 = TLanes.FusedMultiplyAdd(x0, b, c0);
        if (TRows.Count > 1)
        {
            c1 = TLanes.FusedMultiplyAdd(x1, b, c1);
        }

        if (TRows.Count > 2)
        {
            c2 = TLanes.FusedMultiplyAdd(x2, b, c2);
        }
    }

    /// <summary>Loads one row of the tile, to accumulate onto it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void LoadRow<T, TVector, TLanes, TVectors>(T* c, ref TVector c0, ref TVector c1, ref TVector c2, ref TVector c3)
        where T : unmanaged
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
        where TVectors : struct, ITileCount
    {
        c0 = TLanes.Load(c);
        c1 = TLanes.Load(c + TLanes.Count);
        if (TVectors.Count > 2)
        {
            c2 = TLanes.Load(c + (2 * TLanes.Count));
            c3 = TLanes.Load(c + (3 * TLanes.Count));
        }
    }

    /// <summary>Stores one row of the tile, −0 as 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreRow<T, TVector, TLanes, TVectors>(TVector c0, TVector c1, TVector c2, TVector c3, T* c)
        where T : unmanaged
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
        where TVectors : struct, ITileCount
    {
        TVector zero = default;
        TLanes.Store(TLanes.Add(c0, zero), c);
        TLanes.Store(TLanes.Add(c1, zero), c + TLanes.Count);
        if (TVectors.Count > 2)
        {
            TLanes.Store(TLanes.Add(c2, zero), c + (2 * TLanes.Count));
            TLanes.Store(TLanes.Add(c3, zero), c + (3 * TLanes.Count));
        }
    }
}
