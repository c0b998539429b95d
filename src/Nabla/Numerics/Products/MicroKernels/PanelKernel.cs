using System.Runtime.CompilerServices;
using Nabla.Numerics.Products.Operands;
using Nabla.Numerics.Vectors;

namespace Nabla.Numerics.Products.MicroKernels;

/// <summary>
/// The micro-kernel of large dense products: six or five rows times a packed panel, [k][2 vectors]. Most of all
/// arithmetic happens here.
/// </summary>
/// <remarks>The loop over k is unrolled four times, with constant offsets where possible.</remarks>
internal static unsafe class PanelKernel
{
    /// <summary>A row strip times a panel. The rows are packed, [k][rows], or each row is contiguous.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Multiply<T, TVector, TLanes, TRows>(in GemmOperand<T> a, T* panel, T* c, nint cRow, bool accumulate)
        where T : unmanaged
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
        where TRows : struct, ITileCount
    {
        if (a.RowStride == 1)
        {
            AccumulateOverK<T, TVector, TLanes, TRows, True>(a, panel, c, cRow, accumulate);
        }
        else
        {
            AccumulateOverK<T, TVector, TLanes, TRows, False>(a, panel, c, cRow, accumulate);
        }
    }

    /// <summary>The loop over k.</summary>
    /// <typeparam name="T">The elements.</typeparam>
    /// <typeparam name="TVector">A vector of them.</typeparam>
    /// <typeparam name="TLanes">The vector operations.</typeparam>
    /// <typeparam name="TRows">The rows of the tile.</typeparam>
    /// <typeparam name="TPackedRows">Whether the rows are packed.</typeparam>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AccumulateOverK<T, TVector, TLanes, TRows, TPackedRows>(in GemmOperand<T> a, T* panel, T* c, nint cRow, bool accumulate)
        where T : unmanaged
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
        where TRows : struct, ITileCount
        where TPackedRows : struct, IBoolConstant
    {
        nint width = 2 * TLanes.Count;
        TVector c00 = default, c01 = default, c10 = default, c11 = default, c20 = default, c21 = default;
        TVector c30 = default, c31 = default, c40 = default, c41 = default, c50 = default, c51 = default;
        if (accumulate)
        {
            RegisterTile.LoadColumns<T, TVector, TLanes, TRows>(c, cRow, ref c00, ref c10, ref c20, ref c30, ref c40, ref c50);
            RegisterTile.LoadColumns<T, TVector, TLanes, TRows>(c + TLanes.Count, cRow, ref c01, ref c11, ref c21, ref c31, ref c41, ref c51);
        }

        nint aRow = TPackedRows.Value ? 1 : a.RowStride, aColumn = TPackedRows.Value ? TRows.Count : 1;
        T* x = a.Pointer, y = panel;
        T* end = y + (a.Columns * width);
        for (T* last = end - (4 * width); y <= last; x += 4 * aColumn, y += 4 * width)
        {
            RegisterTile.AddOuterProduct<T, TVector, TLanes, T, NumberReader<T, TVector, TLanes>, TRows, True>(default, x, aRow, y, TLanes.Count, ref c00, ref c01, ref c10, ref c11, ref c20, ref c21, ref c30, ref c31, ref c40, ref c41, ref c50, ref c51);
            RegisterTile.AddOuterProduct<T, TVector, TLanes, T, NumberReader<T, TVector, TLanes>, TRows, True>(default, x + aColumn, aRow, y + width, TLanes.Count, ref c00, ref c01, ref c10, ref c11, ref c20, ref c21, ref c30, ref c31, ref c40, ref c41, ref c50, ref c51);
            RegisterTile.AddOuterProduct<T, TVector, TLanes, T, NumberReader<T, TVector, TLanes>, TRows, True>(default, x + (2 * aColumn), aRow, y + (2 * width), TLanes.Count, ref c00, ref c01, ref c10, ref c11, ref c20, ref c21, ref c30, ref c31, ref c40, ref c41, ref c50, ref c51);
            RegisterTile.AddOuterProduct<T, TVector, TLanes, T, NumberReader<T, TVector, TLanes>, TRows, True>(default, x + (3 * aColumn), aRow, y + (3 * width), TLanes.Count, ref c00, ref c01, ref c10, ref c11, ref c20, ref c21, ref c30, ref c31, ref c40, ref c41, ref c50, ref c51);
        }

        for (; y != end; x += aColumn, y += width)
        {
            RegisterTile.AddOuterProduct<T, TVector, TLanes, T, NumberReader<T, TVector, TLanes>, TRows, True>(default, x, aRow, y, TLanes.Count, ref c00, ref c01, ref c10, ref c11, ref c20, ref c21, ref c30, ref c31, ref c40, ref c41, ref c50, ref c51);
        }

        RegisterTile.StoreColumns<T, TVector, TLanes, TRows>(c00, c10, c20, c30, c40, c50, c, cRow);
        RegisterTile.StoreColumns<T, TVector, TLanes, TRows>(c01, c11, c21, c31, c41, c51, c + TLanes.Count, cRow);
    }
}
