using System.Runtime.CompilerServices;
using Nabla.Numerics.Memory;
using Nabla.Numerics.Vectors;

namespace Nabla.Numerics.Products;

/// <summary>What a number becomes by the cell of a product.</summary>
internal interface ICellUpdate<TVector> where TVector : struct
{
    /// <summary>The new numbers, from the old ones and the cells.</summary>
    TVector At(TVector numbers, TVector cells);
}

/// <summary>Updates a matrix of the shape of a product, [m, n] without gaps, by its cells.</summary>
internal unsafe struct UpdatedTiles<T, TVector, TLanes, TUpdate>(Matrix<T> matrix, TUpdate update) : IRowTiles<TVector>
    where T : unmanaged
    where TVector : struct
    where TLanes : struct, ILanes<TVector, T>
    where TUpdate : struct, ICellUpdate<TVector>
{
    private readonly T* numbers = matrix.Pointer;
    private readonly TUpdate update = update;
    private TVector zeros;

    /// <summary>Whether all new numbers are finite.</summary>
    public readonly bool IsFinite => TLanes.NonzeroBits(zeros) == 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Take<TVectors>(nint cell, nint last, TVector cells0, TVector cells1, TVector cells2, TVector cells3) where TVectors : struct, ITileCount
    {
        // The last vector may overlap the one before it: it is read before that one is written.
        T* row = numbers + cell;
        TVector lastNumbers = TLanes.Load(row + last);
        Update(row, TLanes.Load(row), cells0);
        if (TVectors.Count > 2)
        {
            Update(row + TLanes.Count, TLanes.Load(row + TLanes.Count), cells1);
        }

        if (TVectors.Count > 3)
        {
            Update(row + (2 * TLanes.Count), TLanes.Load(row + (2 * TLanes.Count)), cells2);
        }

        Update(row + last, lastNumbers, cells3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Update(T* place, TVector before, TVector cells)
    {
        TVector after = update.At(before, cells);
        TLanes.Store(after, place);
        // 0·x is NaN where x is not finite.
        zeros = TLanes.Or(zeros, TLanes.Multiply(after, default));
    }
}
