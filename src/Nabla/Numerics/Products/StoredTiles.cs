using System.Runtime.CompilerServices;
using Nabla.Numerics.Vectors;

namespace Nabla.Numerics.Products;

/// <summary>Stores the cells of a product.</summary>
internal readonly unsafe struct StoredTiles<T, TVector, TLanes>(T* product) : IRowTiles<TVector>
    where T : unmanaged
    where TVector : struct
    where TLanes : struct, ILanes<TVector, T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Take<TVectors>(nint cell, nint last, TVector cells0, TVector cells1, TVector cells2, TVector cells3) where TVectors : struct, ITileCount
    {
        T* c = product + cell;
        TLanes.Store(cells0, c);
        if (TVectors.Count > 2)
        {
            TLanes.Store(cells1, c + TLanes.Count);
        }

        if (TVectors.Count > 3)
        {
            TLanes.Store(cells2, c + (2 * TLanes.Count));
        }

        TLanes.Store(cells3, c + last);
    }
}
