using System.Runtime.CompilerServices;
using Nabla.Numerics.Vectors;

namespace Nabla.Numerics.Products.MicroKernels;

/// <summary>Stores the product.</summary>
internal readonly unsafe struct StoreEpilogue<T, TVector, TLanes>(T* product) : ITileEpilogue<TVector>
    where T : unmanaged
    where TVector : struct
    where TLanes : struct, ILanes<TVector, T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Apply<TVectors>(nint cell, nint lastOffset, TVector cells0, TVector cells1, TVector cells2, TVector cells3) where TVectors : struct, ITileCount
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

        TLanes.Store(cells3, c + lastOffset);
    }
}
