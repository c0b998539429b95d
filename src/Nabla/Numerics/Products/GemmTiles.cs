using System.Runtime.CompilerServices;
using Nabla.Numerics.Memory;
using Nabla.Numerics.Vectors;

namespace Nabla.Numerics.Products;

/// <summary>Register tiles: a few rows of c times one or two vectors of columns, accumulated over k in registers. With <c>goOn</c> the sums start from what c holds.</summary>
/// <remarks>b: the vector of step p at p·bRow; c: row i at i·cRow. A sum of −0 is stored as 0.</remarks>
internal static unsafe class GemmTiles
{
    /// <summary>Rows of the full tile: twelve accumulators, two vectors of b and one of a take 15 of the 16 registers of AVX2.</summary>
    public const int Rows = 6;

    /// <summary>Steps of b, rows that may lie pages apart, that are asked for before they are copied: more would push each other out of the second cache.</summary>
    private const int StepsAhead = 32;

    /// <summary>How many of the last tiles have five rows. Six and five rows at a time cover every number of rows from 20 on, and a batch of 10, without a cell computed twice; 0 where they do not.</summary>
    public static int Fives(int rows)
    {
        int fives = (Rows - (rows % Rows)) % Rows;
        return rows >= 5 * fives ? fives : 0;
    }

    /// <summary>Rows times two vectors of columns, the second so many columns after the first (where it covers some of them again, both compute the same bits), or one, where <paramref name="second"/> is 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Tile<T, TVector, TLanes, TLeft, TElements, TRows>(TElements elements, in LeftTile<TLeft> a, T* b, nint bRow, T* c, nint cRow, nint second, bool goOn)
        where T : unmanaged
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
        where TLeft : unmanaged
        where TElements : struct, ILeftElements<TLeft, TVector>
        where TRows : struct, ITileCount
    {
        if (second != 0)
        {
            Tile<T, TVector, TLanes, TLeft, TElements, TRows, On>(elements, a, b, bRow, c, cRow, second, goOn);
        }
        else
        {
            Tile<T, TVector, TLanes, TLeft, TElements, TRows, Off>(elements, a, b, bRow, c, cRow, second, goOn);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Tile<T, TVector, TLanes, TLeft, TElements, TRows, TTwo>(TElements elements, in LeftTile<TLeft> a, T* b, nint bRow, T* c, nint cRow, nint second, bool goOn)
        where T : unmanaged
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
        where TLeft : unmanaged
        where TElements : struct, ILeftElements<TLeft, TVector>
        where TRows : struct, ITileCount
        where TTwo : struct, ISwitch
    {
        if (a.Skips)
        {
            Tile<T, TVector, TLanes, TLeft, TElements, TRows, TTwo, On, Off>(elements, a.Rows, a.Steps, a.Found, b, bRow, null, c, cRow, second, goOn);
        }
        else
        {
            Tile<T, TVector, TLanes, TLeft, TElements, TRows, TTwo, Off, Off>(elements, a.Rows, a.Steps, a.Rows.Columns, b, bRow, null, c, cRow, second, goOn);
        }
    }

    /// <summary>Rows times two vectors of columns side by side, which are copied into a panel, [k][2 vectors], on the way: the arithmetic hides the copy.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void PackingTile<T, TVector, TLanes, TRows>(in GemmOperand<T> a, T* b, nint bRow, T* panel, T* c, nint cRow, bool goOn)
        where T : unmanaged
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
        where TRows : struct, ITileCount =>
        Tile<T, TVector, TLanes, T, NumberElements<T, TVector, TLanes>, TRows, On, Off, On>(default, a, null, a.Columns, b, bRow, panel, c, cRow, TLanes.Count, goOn);

    /// <typeparam name="T">The elements.</typeparam>
    /// <typeparam name="TVector">A vector of them.</typeparam>
    /// <typeparam name="TLanes">Its arithmetic.</typeparam>
    /// <typeparam name="TLeft">What the rows hold.</typeparam>
    /// <typeparam name="TElements">How it is read.</typeparam>
    /// <typeparam name="TRows">How many rows the tile has.</typeparam>
    /// <typeparam name="TTwo">Whether it has two vectors of columns.</typeparam>
    /// <typeparam name="TListed">Whether it takes the steps of k in its list alone.</typeparam>
    /// <typeparam name="TPacked">Whether it copies what it reads of b into a panel for the tiles after it.</typeparam>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile<T, TVector, TLanes, TLeft, TElements, TRows, TTwo, TListed, TPacked>(TElements elements, in GemmOperand<TLeft> rows, ushort* steps, int count, T* b, nint bRow, T* panel, T* c, nint cRow, nint second, bool goOn)
        where T : unmanaged
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
        where TLeft : unmanaged
        where TElements : struct, ILeftElements<TLeft, TVector>
        where TRows : struct, ITileCount
        where TTwo : struct, ISwitch
        where TListed : struct, ISwitch
        where TPacked : struct, ISwitch
    {
        TVector c00 = default, c01 = default, c10 = default, c11 = default, c20 = default, c21 = default;
        TVector c30 = default, c31 = default, c40 = default, c41 = default, c50 = default, c51 = default;
        if (goOn)
        {
            Load<T, TVector, TLanes, TRows>(c, cRow, ref c00, ref c10, ref c20, ref c30, ref c40, ref c50);
            if (TTwo.IsOn)
            {
                Load<T, TVector, TLanes, TRows>(c + second, cRow, ref c01, ref c11, ref c21, ref c31, ref c41, ref c51);
            }
        }

        nint aRow = rows.RowStride, aColumn = rows.ColumnStride;
        TLeft* a = rows.Pointer, x = a;
        T* y = b, end = b + (count * bRow);
        ushort* endOfSteps = steps + count;
        while (TListed.IsOn ? steps != endOfSteps : y != end)
        {
            if (TListed.IsOn)
            {
                nint step = *steps++;
                x = a + (step * aColumn);
                y = b + (step * bRow);
            }

            if (TPacked.IsOn)
            {
                TLanes.Store(TLanes.Load(y), panel);
                TLanes.Store(TLanes.Load(y + second), panel + TLanes.Count);
                panel += 2 * TLanes.Count;
                Prefetch.Far(y + (StepsAhead * bRow), 2 * TLanes.Count * sizeof(T));
            }

            Step<T, TVector, TLanes, TLeft, TElements, TRows, TTwo>(elements, x, aRow, y, second, ref c00, ref c01, ref c10, ref c11, ref c20, ref c21, ref c30, ref c31, ref c40, ref c41, ref c50, ref c51);
            if (!TListed.IsOn)
            {
                x += aColumn;
                y += bRow;
            }
        }

        Store<T, TVector, TLanes, TRows>(c00, c10, c20, c30, c40, c50, c, cRow);
        if (TTwo.IsOn)
        {
            Store<T, TVector, TLanes, TRows>(c01, c11, c21, c31, c41, c51, c + second, cRow);
        }
    }

    /// <summary>Loads a column of sums to go on with.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Load<T, TVector, TLanes, TRows>(T* c, nint cRow, ref TVector c0, ref TVector c1, ref TVector c2, ref TVector c3, ref TVector c4, ref TVector c5)
        where T : unmanaged
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
        where TRows : struct, ITileCount
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

    /// <summary>One step of k: an element of each row times one or two vectors of b, at <paramref name="y"/> and <paramref name="second"/> elements after it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Step<T, TVector, TLanes, TLeft, TElements, TRows, TTwo>(
        TElements elements,
        TLeft* x,
        nint aRow,
        T* y,
        nint second,
        ref TVector c00,
        ref TVector c01,
        ref TVector c10,
        ref TVector c11,
        ref TVector c20,
        ref TVector c21,
        ref TVector c30,
        ref TVector c31,
        ref TVector c40,
        ref TVector c41,
        ref TVector c50,
        ref TVector c51)
        where T : unmanaged
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
        where TLeft : unmanaged
        where TElements : struct, ILeftElements<TLeft, TVector>
        where TRows : struct, ITileCount
        where TTwo : struct, ISwitch
    {
        TVector b0 = TLanes.Load(y), b1 = TTwo.IsOn ? TLanes.Load(y + second) : default, v = elements.Spread(x);
        c00 = TLanes.FusedMultiplyAdd(v, b0, c00);
        c01 = TTwo.IsOn ? TLanes.FusedMultiplyAdd(v, b1, c01) : c01;
        if (TRows.Count > 1)
        {
            v = elements.Spread(x + aRow);
            c10 = TLanes.FusedMultiplyAdd(v, b0, c10);
            c11 = TTwo.IsOn ? TLanes.FusedMultiplyAdd(v, b1, c11) : c11;
            v = elements.Spread(x + (2 * aRow));
            c20 = TLanes.FusedMultiplyAdd(v, b0, c20);
            c21 = TTwo.IsOn ? TLanes.FusedMultiplyAdd(v, b1, c21) : c21;
            v = elements.Spread(x + (3 * aRow));
            c30 = TLanes.FusedMultiplyAdd(v, b0, c30);
            c31 = TTwo.IsOn ? TLanes.FusedMultiplyAdd(v, b1, c31) : c31;
            v = elements.Spread(x + (4 * aRow));
            c40 = TLanes.FusedMultiplyAdd(v, b0, c40);
            c41 = TTwo.IsOn ? TLanes.FusedMultiplyAdd(v, b1, c41) : c41;
        }

        if (TRows.Count > 5)
        {
            v = elements.Spread(x + (5 * aRow));
            c50 = TLanes.FusedMultiplyAdd(v, b0, c50);
            c51 = TTwo.IsOn ? TLanes.FusedMultiplyAdd(v, b1, c51) : c51;
        }
    }

    /// <summary>Stores a column of sums, a −0 as 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<T, TVector, TLanes, TRows>(TVector c0, TVector c1, TVector c2, TVector c3, TVector c4, TVector c5, T* c, nint cRow)
        where T : unmanaged
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
        where TRows : struct, ITileCount
    {
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
