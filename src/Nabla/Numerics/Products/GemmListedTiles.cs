using System.Runtime.CompilerServices;
using Nabla.Numerics.Vectors;

namespace Nabla.Numerics.Products;

/// <summary>Register tiles of few rows and many columns that take the steps of a list alone: three or two rows times one or two panels of the right operand.</summary>
internal static unsafe class GemmListedTiles
{
    /// <summary>Rows times panels, [k][2 vectors], the second one <paramref name="next"/> elements behind the first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Tile<T, TVector, TLanes, TVectors>(in LeftTile<T> a, T* panel, nint next, T* c, nint cRow, bool goOn)
        where T : unmanaged
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
        where TVectors : struct, ITileCount
    {
        if (a.Rows.Rows == Three.Count)
        {
            Tile<T, TVector, TLanes, TVectors, Three>(a, panel, next, c, cRow, goOn);
        }
        else
        {
            Tile<T, TVector, TLanes, TVectors, Two>(a, panel, next, c, cRow, goOn);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile<T, TVector, TLanes, TVectors, TRows>(in LeftTile<T> a, T* panel, nint next, T* c, nint cRow, bool goOn)
        where T : unmanaged
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
        where TVectors : struct, ITileCount
        where TRows : struct, ITileCount
    {
        TVector c00 = default, c01 = default, c02 = default, c03 = default;
        TVector c10 = default, c11 = default, c12 = default, c13 = default;
        TVector c20 = default, c21 = default, c22 = default, c23 = default;
        if (goOn)
        {
            Load<T, TVector, TLanes, TVectors>(c, ref c00, ref c01, ref c02, ref c03);
            Load<T, TVector, TLanes, TVectors>(c + cRow, ref c10, ref c11, ref c12, ref c13);
            if (TRows.Count > 2)
            {
                Load<T, TVector, TLanes, TVectors>(c + (2 * cRow), ref c20, ref c21, ref c22, ref c23);
            }
        }

        nint aRow = a.Rows.RowStride, aColumn = a.Rows.ColumnStride, width = 2 * TLanes.Count;
        T* x = a.Rows.Pointer;
        ushort* step = a.Steps, end = step + a.Found;
        for (; step + 2 <= end; step += 2)
        {
            nint s0 = step[0], s1 = step[1];
            Step<T, TVector, TLanes, TVectors, TRows>(x + (s0 * aColumn), aRow, panel + (s0 * width), next, ref c00, ref c01, ref c02, ref c03, ref c10, ref c11, ref c12, ref c13, ref c20, ref c21, ref c22, ref c23);
            Step<T, TVector, TLanes, TVectors, TRows>(x + (s1 * aColumn), aRow, panel + (s1 * width), next, ref c00, ref c01, ref c02, ref c03, ref c10, ref c11, ref c12, ref c13, ref c20, ref c21, ref c22, ref c23);
        }

        if (step != end)
        {
            nint s0 = step[0];
            Step<T, TVector, TLanes, TVectors, TRows>(x + (s0 * aColumn), aRow, panel + (s0 * width), next, ref c00, ref c01, ref c02, ref c03, ref c10, ref c11, ref c12, ref c13, ref c20, ref c21, ref c22, ref c23);
        }

        Store<T, TVector, TLanes, TVectors>(c00, c01, c02, c03, c);
        Store<T, TVector, TLanes, TVectors>(c10, c11, c12, c13, c + cRow);
        if (TRows.Count > 2)
        {
            Store<T, TVector, TLanes, TVectors>(c20, c21, c22, c23, c + (2 * cRow));
        }
    }

    /// <summary>One step of k: an element of each row times the vectors of the panels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Step<T, TVector, TLanes, TVectors, TRows>(
        T* x,
        nint aRow,
        T* y,
        nint next,
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
        Column<T, TVector, TLanes, TRows>(x0, x1, x2, TLanes.Load(y), ref c00, ref c10, ref c20);
        Column<T, TVector, TLanes, TRows>(x0, x1, x2, TLanes.Load(y + TLanes.Count), ref c01, ref c11, ref c21);
        if (TVectors.Count > 2)
        {
            Column<T, TVector, TLanes, TRows>(x0, x1, x2, TLanes.Load(y + next), ref c02, ref c12, ref c22);
            Column<T, TVector, TLanes, TRows>(x0, x1, x2, TLanes.Load(y + next + TLanes.Count), ref c03, ref c13, ref c23);
        }
    }

    /// <summary>A vector of b times an element of each row: three elements, twelve sums and the vector fill the 16 registers of AVX2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Column<T, TVector, TLanes, TRows>(TVector x0, TVector x1, TVector x2, TVector b, ref TVector c0, ref TVector c1, ref TVector c2)
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

    /// <summary>Loads a row of sums to go on with.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Load<T, TVector, TLanes, TVectors>(T* c, ref TVector c0, ref TVector c1, ref TVector c2, ref TVector c3)
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

    /// <summary>Stores a row of sums, a −0 as 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<T, TVector, TLanes, TVectors>(TVector c0, TVector c1, TVector c2, TVector c3, T* c)
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
