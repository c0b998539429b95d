using System.Runtime.CompilerServices;
using Nabla.Numerics.Vectors;

namespace Nabla.Numerics.Products;

/// <summary>Register tiles over a panel of the right operand, [k][2 vectors]: they do most of the arithmetic that there is.</summary>
/// <remarks>Four steps in a turn of the loop, at places that are constants wherever they can be.</remarks>
internal static unsafe class GemmPanelTiles
{
    /// <summary>Rows times a panel, [k][2 vectors]. The rows are copied, [k][rows], or each lies in one piece.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Tile<T, TVector, TLanes, TRows>(in GemmOperand<T> a, T* panel, T* c, nint cRow, bool goOn)
        where T : unmanaged
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
        where TRows : struct, ITileCount
    {
        if (a.RowStride == 1)
        {
            Tile<T, TVector, TLanes, TRows, On>(a, panel, c, cRow, goOn);
        }
        else
        {
            Tile<T, TVector, TLanes, TRows, Off>(a, panel, c, cRow, goOn);
        }
    }

    /// <typeparam name="T">The elements.</typeparam>
    /// <typeparam name="TVector">A vector of them.</typeparam>
    /// <typeparam name="TLanes">Its arithmetic.</typeparam>
    /// <typeparam name="TRows">How many rows the tile has.</typeparam>
    /// <typeparam name="TCopied">Whether the rows are copied.</typeparam>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile<T, TVector, TLanes, TRows, TCopied>(in GemmOperand<T> a, T* panel, T* c, nint cRow, bool goOn)
        where T : unmanaged
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
        where TRows : struct, ITileCount
        where TCopied : struct, ISwitch
    {
        nint width = 2 * TLanes.Count;
        TVector c00 = default, c01 = default, c10 = default, c11 = default, c20 = default, c21 = default;
        TVector c30 = default, c31 = default, c40 = default, c41 = default, c50 = default, c51 = default;
        if (goOn)
        {
            GemmTiles.Load<T, TVector, TLanes, TRows>(c, cRow, ref c00, ref c10, ref c20, ref c30, ref c40, ref c50);
            GemmTiles.Load<T, TVector, TLanes, TRows>(c + TLanes.Count, cRow, ref c01, ref c11, ref c21, ref c31, ref c41, ref c51);
        }

        nint aRow = TCopied.IsOn ? 1 : a.RowStride, aColumn = TCopied.IsOn ? TRows.Count : 1;
        T* x = a.Pointer, y = panel;
        T* end = y + (a.Columns * width);
        for (T* last = end - (4 * width); y <= last; x += 4 * aColumn, y += 4 * width)
        {
            GemmTiles.Step<T, TVector, TLanes, T, NumberElements<T, TVector, TLanes>, TRows, On>(default, x, aRow, y, TLanes.Count, ref c00, ref c01, ref c10, ref c11, ref c20, ref c21, ref c30, ref c31, ref c40, ref c41, ref c50, ref c51);
            GemmTiles.Step<T, TVector, TLanes, T, NumberElements<T, TVector, TLanes>, TRows, On>(default, x + aColumn, aRow, y + width, TLanes.Count, ref c00, ref c01, ref c10, ref c11, ref c20, ref c21, ref c30, ref c31, ref c40, ref c41, ref c50, ref c51);
            GemmTiles.Step<T, TVector, TLanes, T, NumberElements<T, TVector, TLanes>, TRows, On>(default, x + (2 * aColumn), aRow, y + (2 * width), TLanes.Count, ref c00, ref c01, ref c10, ref c11, ref c20, ref c21, ref c30, ref c31, ref c40, ref c41, ref c50, ref c51);
            GemmTiles.Step<T, TVector, TLanes, T, NumberElements<T, TVector, TLanes>, TRows, On>(default, x + (3 * aColumn), aRow, y + (3 * width), TLanes.Count, ref c00, ref c01, ref c10, ref c11, ref c20, ref c21, ref c30, ref c31, ref c40, ref c41, ref c50, ref c51);
        }

        for (; y != end; x += aColumn, y += width)
        {
            GemmTiles.Step<T, TVector, TLanes, T, NumberElements<T, TVector, TLanes>, TRows, On>(default, x, aRow, y, TLanes.Count, ref c00, ref c01, ref c10, ref c11, ref c20, ref c21, ref c30, ref c31, ref c40, ref c41, ref c50, ref c51);
        }

        GemmTiles.Store<T, TVector, TLanes, TRows>(c00, c10, c20, c30, c40, c50, c, cRow);
        GemmTiles.Store<T, TVector, TLanes, TRows>(c01, c11, c21, c31, c41, c51, c + TLanes.Count, cRow);
    }
}
