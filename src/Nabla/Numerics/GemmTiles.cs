using System.Runtime.CompilerServices;

namespace Nabla.Numerics;

/// <summary>Whether a tile has six rows or five: a constant to the compiler, which leaves the sixth out.</summary>
internal interface ITileRows
{
    static abstract bool HasSixth { get; }
}

internal readonly struct SixRows : ITileRows
{
    public static bool HasSixth => true;
}

internal readonly struct FiveRows : ITileRows
{
    public static bool HasSixth => false;
}

/// <summary>Register tiles: a few rows of c times one or two vectors of columns, accumulated over k in registers. With <c>goOn</c> the sums start from what c holds.</summary>
/// <remarks>a: element (i, p) at i·aRow + p·aColumn; b: vector at p·bRow; c: row i at i·cRow.</remarks>
internal static unsafe class GemmTiles
{
    /// <summary>Rows of the full tile: twelve accumulators, two vectors of b and one of a take 15 of the 16 registers of AVX2.</summary>
    public const int Rows = 6;

    /// <summary>Six or five rows times two vectors of columns, at b and at bSecond.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Tile<T, TVector, TLanes, TRows>(T* a, nint aRow, nint aColumn, T* b, T* bSecond, nint bRow, T* c, nint cSecond, nint cRow, int k, bool goOn)
        where T : unmanaged
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
        where TRows : struct, ITileRows
    {
        TVector c00 = default, c01 = default, c10 = default, c11 = default, c20 = default, c21 = default;
        TVector c30 = default, c31 = default, c40 = default, c41 = default, c50 = default, c51 = default;
        if (goOn)
        {
            T* c3 = c + (3 * cRow);
            c00 = TLanes.Load(c);
            c01 = TLanes.Load(c + cSecond);
            c10 = TLanes.Load(c + cRow);
            c11 = TLanes.Load(c + cRow + cSecond);
            c20 = TLanes.Load(c + (2 * cRow));
            c21 = TLanes.Load(c + (2 * cRow) + cSecond);
            c30 = TLanes.Load(c3);
            c31 = TLanes.Load(c3 + cSecond);
            c40 = TLanes.Load(c3 + cRow);
            c41 = TLanes.Load(c3 + cRow + cSecond);
            if (TRows.HasSixth)
            {
                c50 = TLanes.Load(c3 + (2 * cRow));
                c51 = TLanes.Load(c3 + (2 * cRow) + cSecond);
            }
        }

        nint aRow2 = 2 * aRow, aRow3 = 3 * aRow, aRow4 = 4 * aRow, aRow5 = 5 * aRow, bSecondAt = (nint)(bSecond - b);
        for (T* end = b + (k * bRow); b != end; b += bRow)
        {
            TVector b0 = TLanes.Load(b), b1 = TLanes.Load(b + bSecondAt);
            TVector x = TLanes.Create(a[0]);
            c00 = TLanes.FusedMultiplyAdd(x, b0, c00);
            c01 = TLanes.FusedMultiplyAdd(x, b1, c01);
            x = TLanes.Create(a[aRow]);
            c10 = TLanes.FusedMultiplyAdd(x, b0, c10);
            c11 = TLanes.FusedMultiplyAdd(x, b1, c11);
            x = TLanes.Create(a[aRow2]);
            c20 = TLanes.FusedMultiplyAdd(x, b0, c20);
            c21 = TLanes.FusedMultiplyAdd(x, b1, c21);
            x = TLanes.Create(a[aRow3]);
            c30 = TLanes.FusedMultiplyAdd(x, b0, c30);
            c31 = TLanes.FusedMultiplyAdd(x, b1, c31);
            x = TLanes.Create(a[aRow4]);
            c40 = TLanes.FusedMultiplyAdd(x, b0, c40);
            c41 = TLanes.FusedMultiplyAdd(x, b1, c41);
            if (TRows.HasSixth)
            {
                x = TLanes.Create(a[aRow5]);
                c50 = TLanes.FusedMultiplyAdd(x, b0, c50);
                c51 = TLanes.FusedMultiplyAdd(x, b1, c51);
            }

            a += aColumn;
        }

        TLanes.Store(c00, c);
        TLanes.Store(c10, c + cRow);
        TLanes.Store(c20, c + (2 * cRow));
        TLanes.Store(c30, c + (3 * cRow));
        TLanes.Store(c40, c + (4 * cRow));
        if (TRows.HasSixth)
        {
            TLanes.Store(c50, c + (5 * cRow));
            TLanes.Store(c51, c + cSecond + (5 * cRow));
        }

        c += cSecond;
        TLanes.Store(c01, c);
        TLanes.Store(c11, c + cRow);
        TLanes.Store(c21, c + (2 * cRow));
        TLanes.Store(c31, c + (3 * cRow));
        TLanes.Store(c41, c + (4 * cRow));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Tile1<T, TVector, TLanes>(T* a, nint aColumn, T* b, T* bSecond, nint bRow, T* c, nint cSecond, int k, bool goOn)
        where T : unmanaged
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
    {
        TVector c0 = goOn ? TLanes.Load(c) : default, c1 = goOn ? TLanes.Load(c + cSecond) : default;
        for (int p = 0; p < k; p++)
        {
            TVector x = TLanes.Create(*a);
            c0 = TLanes.FusedMultiplyAdd(x, TLanes.Load(b), c0);
            c1 = TLanes.FusedMultiplyAdd(x, TLanes.Load(bSecond), c1);
            a += aColumn;
            b += bRow;
            bSecond += bRow;
        }

        TLanes.Store(c0, c);
        TLanes.Store(c1, c + cSecond);
    }

    /// <summary>Six chains side by side hide the latency of the multiply-add that one alone would wait for.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Narrow6<T, TVector, TLanes>(T* a, nint aRow, nint aColumn, T* b, nint bRow, T* c, nint cRow, int k, bool goOn)
        where T : unmanaged
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
    {
        TVector c0 = default, c1 = default, c2 = default, c3 = default, c4 = default, c5 = default;
        if (goOn)
        {
            c0 = TLanes.Load(c);
            c1 = TLanes.Load(c + cRow);
            c2 = TLanes.Load(c + (2 * cRow));
            c3 = TLanes.Load(c + (3 * cRow));
            c4 = TLanes.Load(c + (4 * cRow));
            c5 = TLanes.Load(c + (5 * cRow));
        }

        T* a3 = a + (3 * aRow);
        nint aRow2 = 2 * aRow;
        for (int p = 0; p < k; p++)
        {
            TVector x = TLanes.Load(b);
            c0 = TLanes.FusedMultiplyAdd(TLanes.Create(a[0]), x, c0);
            c1 = TLanes.FusedMultiplyAdd(TLanes.Create(a[aRow]), x, c1);
            c2 = TLanes.FusedMultiplyAdd(TLanes.Create(a[aRow2]), x, c2);
            c3 = TLanes.FusedMultiplyAdd(TLanes.Create(a3[0]), x, c3);
            c4 = TLanes.FusedMultiplyAdd(TLanes.Create(a3[aRow]), x, c4);
            c5 = TLanes.FusedMultiplyAdd(TLanes.Create(a3[aRow2]), x, c5);
            a += aColumn;
            a3 += aColumn;
            b += bRow;
        }

        TLanes.Store(c0, c);
        TLanes.Store(c1, c + cRow);
        TLanes.Store(c2, c + (2 * cRow));
        TLanes.Store(c3, c + (3 * cRow));
        TLanes.Store(c4, c + (4 * cRow));
        TLanes.Store(c5, c + (5 * cRow));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Narrow1<T, TVector, TLanes>(T* a, nint aColumn, T* b, nint bRow, T* c, int k, bool goOn)
        where T : unmanaged
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
    {
        TVector sum = goOn ? TLanes.Load(c) : default;
        for (int p = 0; p < k; p++)
        {
            sum = TLanes.FusedMultiplyAdd(TLanes.Create(*a), TLanes.Load(b), sum);
            a += aColumn;
            b += bRow;
        }

        TLanes.Store(sum, c);
    }
}
