using System.Runtime.CompilerServices;
using Nabla.Numerics.Memory;
using Nabla.Numerics.Vectors;

namespace Nabla.Numerics.Products.MicroKernels;

/// <summary>Combines an element of a matrix with the cell of a product at the same place.</summary>
internal interface ICellOperation<TVector> where TVector : struct
{
    /// <summary>The new elements, from the old elements and the cells.</summary>
    TVector At(TVector elements, TVector cells);
}

/// <summary>
/// Replaces the elements of a matrix of the product's shape, [m, n] without gaps, by an operation on them and the
/// product.
/// </summary>
internal unsafe struct InPlaceEpilogue<T, TVector, TLanes, TOperation>(Matrix<T> matrix, TOperation operation) : ITileEpilogue<TVector>
    where T : unmanaged
    where TVector : struct
    where TLanes : struct, ILanes<TVector, T>
    where TOperation : struct, ICellOperation<TVector>
{
    private readonly T* elements = matrix.Pointer;
    private readonly TOperation operation = operation;
    private TVector zeros;

    /// <summary>Whether all new elements are finite.</summary>
    public readonly bool IsFinite => TLanes.NonzeroMask(zeros) == 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Apply<TVectors>(nint cell, nint lastOffset, TVector cells0, TVector cells1, TVector cells2, TVector cells3) where TVectors : struct, ITileCount
    {
        // The last vector may overlap the one before it, so it is loaded before that one is stored.
        T* row = elements + cell;
        TVector lastElements = TLanes.Load(row + lastOffset);
        Replace(row, TLanes.Load(row), cells0);
        if (TVectors.Count > 2)
        {
            Replace(row + TLanes.Count, TLanes.Load(row + TLanes.Count), cells1);
        }

        if (TVectors.Count > 3)
        {
            Replace(row + (2 * TLanes.Count), TLanes.Load(row + (2 * TLanes.Count)), cells2);
        }

        Replace(row + lastOffset, lastElements, cells3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Replace(T* place, TVector before, TVector cells)
    {
        TVector after = operation.At(before, cells);
        TLanes.Store(after, place);
        // 0·x is NaN if x is not finite.
        zeros = TLanes.Or(zeros, TLanes.Multiply(after, default));
    }
}
