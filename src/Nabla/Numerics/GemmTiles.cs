using System.Runtime.CompilerServices;

namespace Nabla.Numerics;

/// <summary>How many rows a tile has, 1, 5 or 6: a constant to the compiler, which leaves out what it has not.</summary>
internal interface ITileRows
{
    static abstract int Count { get; }
}

internal readonly struct OneRow : ITileRows
{
    public static int Count => 1;
}

internal readonly struct FiveRows : ITileRows
{
    public static int Count => 5;
}

internal readonly struct SixRows : ITileRows
{
    public static int Count => 6;
}

/// <summary>Whether a tile takes all steps of k, or those of its list.</summary>
internal interface ITileSteps
{
    static abstract bool AreListed { get; }
}

internal readonly struct AllSteps : ITileSteps
{
    public static bool AreListed => false;
}

internal readonly struct ListedSteps : ITileSteps
{
    public static bool AreListed => true;
}

/// <summary>Register tiles: a few rows of c times one or two vectors of columns, accumulated over k in registers. With <c>goOn</c> the sums start from what c holds.</summary>
/// <remarks>b: the vector of step p at p·bRow; c: row i at i·cRow. A sum of −0 is stored as 0.</remarks>
internal static unsafe class GemmTiles
{
    /// <summary>Rows of the full tile: twelve accumulators, two vectors of b and one of a take 15 of the 16 registers of AVX2.</summary>
    public const int Rows = 6;

    /// <summary>Rows times two vectors of columns, at b and at bSecond.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Tile<T, TVector, TLanes, TRows>(in LeftTile<T> a, T* b, T* bSecond, nint bRow, T* c, nint cSecond, nint cRow, bool goOn)
        where T : unmanaged
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
        where TRows : struct, ITileRows
    {
        if (a.Skips)
        {
            Tile<T, TVector, TLanes, TRows, ListedSteps>(a.Pointer, a.Row, a.Column, a.Steps, b, bSecond, bRow, c, cSecond, cRow, a.Found, goOn);
        }
        else
        {
            Tile<T, TVector, TLanes, TRows, AllSteps>(a.Pointer, a.Row, a.Column, a.Steps, b, bSecond, bRow, c, cSecond, cRow, a.Count, goOn);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile<T, TVector, TLanes, TRows, TSteps>(T* a, nint aRow, nint aColumn, int* steps, T* b, T* bSecond, nint bRow, T* c, nint cSecond, nint cRow, int count, bool goOn)
        where T : unmanaged
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
        where TRows : struct, ITileRows
        where TSteps : struct, ITileSteps
    {
        TVector c00 = default, c01 = default, c10 = default, c11 = default, c20 = default, c21 = default;
        TVector c30 = default, c31 = default, c40 = default, c41 = default, c50 = default, c51 = default;
        if (goOn)
        {
            T* c3 = c + (3 * cRow);
            c00 = TLanes.Load(c);
            c01 = TLanes.Load(c + cSecond);
            if (TRows.Count > 1)
            {
                c10 = TLanes.Load(c + cRow);
                c11 = TLanes.Load(c + cRow + cSecond);
                c20 = TLanes.Load(c + (2 * cRow));
                c21 = TLanes.Load(c + (2 * cRow) + cSecond);
                c30 = TLanes.Load(c3);
                c31 = TLanes.Load(c3 + cSecond);
                c40 = TLanes.Load(c3 + cRow);
                c41 = TLanes.Load(c3 + cRow + cSecond);
            }

            if (TRows.Count > 5)
            {
                c50 = TLanes.Load(c3 + (2 * cRow));
                c51 = TLanes.Load(c3 + (2 * cRow) + cSecond);
            }
        }

        nint aRow2 = 2 * aRow, aRow3 = 3 * aRow, aRow4 = 4 * aRow, aRow5 = 5 * aRow, bSecondAt = (nint)(bSecond - b);
        T* x = a, y = b, end = b + (count * bRow);
        int* endOfSteps = steps + count;
        while (TSteps.AreListed ? steps != endOfSteps : y != end)
        {
            if (TSteps.AreListed)
            {
                nint step = *steps++;
                x = a + (step * aColumn);
                y = b + (step * bRow);
            }

            TVector b0 = TLanes.Load(y), b1 = TLanes.Load(y + bSecondAt);
            TVector v = TLanes.Create(x[0]);
            c00 = TLanes.FusedMultiplyAdd(v, b0, c00);
            c01 = TLanes.FusedMultiplyAdd(v, b1, c01);
            if (TRows.Count > 1)
            {
                v = TLanes.Create(x[aRow]);
                c10 = TLanes.FusedMultiplyAdd(v, b0, c10);
                c11 = TLanes.FusedMultiplyAdd(v, b1, c11);
                v = TLanes.Create(x[aRow2]);
                c20 = TLanes.FusedMultiplyAdd(v, b0, c20);
                c21 = TLanes.FusedMultiplyAdd(v, b1, c21);
                v = TLanes.Create(x[aRow3]);
                c30 = TLanes.FusedMultiplyAdd(v, b0, c30);
                c31 = TLanes.FusedMultiplyAdd(v, b1, c31);
                v = TLanes.Create(x[aRow4]);
                c40 = TLanes.FusedMultiplyAdd(v, b0, c40);
                c41 = TLanes.FusedMultiplyAdd(v, b1, c41);
            }

            if (TRows.Count > 5)
            {
                v = TLanes.Create(x[aRow5]);
                c50 = TLanes.FusedMultiplyAdd(v, b0, c50);
                c51 = TLanes.FusedMultiplyAdd(v, b1, c51);
            }

            if (!TSteps.AreListed)
            {
                x += aColumn;
                y += bRow;
            }
        }

        TVector zero = default;
        TLanes.Store(TLanes.Add(c00, zero), c);
        if (TRows.Count > 1)
        {
            TLanes.Store(TLanes.Add(c10, zero), c + cRow);
            TLanes.Store(TLanes.Add(c20, zero), c + (2 * cRow));
            TLanes.Store(TLanes.Add(c30, zero), c + (3 * cRow));
            TLanes.Store(TLanes.Add(c40, zero), c + (4 * cRow));
        }

        if (TRows.Count > 5)
        {
            TLanes.Store(TLanes.Add(c50, zero), c + (5 * cRow));
            TLanes.Store(TLanes.Add(c51, zero), c + cSecond + (5 * cRow));
        }

        c += cSecond;
        TLanes.Store(TLanes.Add(c01, zero), c);
        if (TRows.Count > 1)
        {
            TLanes.Store(TLanes.Add(c11, zero), c + cRow);
            TLanes.Store(TLanes.Add(c21, zero), c + (2 * cRow));
            TLanes.Store(TLanes.Add(c31, zero), c + (3 * cRow));
            TLanes.Store(TLanes.Add(c41, zero), c + (4 * cRow));
        }
    }

    /// <summary>Rows times one vector of columns, always by the list. Six chains side by side hide the latency of the multiply-add that one alone would wait for.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Narrow<T, TVector, TLanes, TRows>(in LeftTile<T> tile, T* b, nint bRow, T* c, nint cRow, bool goOn)
        where T : unmanaged
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
        where TRows : struct, ITileRows
    {
        TVector c0 = default, c1 = default, c2 = default, c3 = default, c4 = default, c5 = default;
        if (goOn)
        {
            c0 = TLanes.Load(c);
            if (TRows.Count > 1)
            {
                c1 = TLanes.Load(c + cRow);
                c2 = TLanes.Load(c + (2 * cRow));
                c3 = TLanes.Load(c + (3 * cRow));
                c4 = TLanes.Load(c + (4 * cRow));
            }

            if (TRows.Count > 5)
            {
                c5 = TLanes.Load(c + (5 * cRow));
            }
        }

        T* a = tile.Pointer;
        nint aRow = tile.Row, aColumn = tile.Column, aRow2 = 2 * aRow, aRow3 = 3 * aRow, aRow4 = 4 * aRow, aRow5 = 5 * aRow;
        int* steps = tile.Steps;
        for (int* end = steps + tile.Found; steps != end; steps++)
        {
            nint step = *steps;
            T* x = a + (step * aColumn);
            TVector y = TLanes.Load(b + (step * bRow));
            c0 = TLanes.FusedMultiplyAdd(TLanes.Create(x[0]), y, c0);
            if (TRows.Count > 1)
            {
                c1 = TLanes.FusedMultiplyAdd(TLanes.Create(x[aRow]), y, c1);
                c2 = TLanes.FusedMultiplyAdd(TLanes.Create(x[aRow2]), y, c2);
                c3 = TLanes.FusedMultiplyAdd(TLanes.Create(x[aRow3]), y, c3);
                c4 = TLanes.FusedMultiplyAdd(TLanes.Create(x[aRow4]), y, c4);
            }

            if (TRows.Count > 5)
            {
                c5 = TLanes.FusedMultiplyAdd(TLanes.Create(x[aRow5]), y, c5);
            }
        }

        TVector zero = default;
        TLanes.Store(TLanes.Add(c0, zero), c);
        if (TRows.Count > 1)
        {
            TLanes.Store(TLanes.Add(c1, zero), c + cRow);
            TLanes.Store(TLanes.Add(c2, zero), c + (2 * cRow));
            TLanes.Store(TLanes.Add(c3, zero), c + (3 * cRow));
            TLanes.Store(TLanes.Add(c4, zero), c + (4 * cRow));
        }

        if (TRows.Count > 5)
        {
            TLanes.Store(TLanes.Add(c5, zero), c + (5 * cRow));
        }
    }
}
