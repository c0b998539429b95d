using System.Runtime.CompilerServices;
using Nabla.Numerics.Products.Operands;
using Nabla.Numerics.Vectors;

namespace Nabla.Numerics.Products.MicroKernels;

/// <summary>
/// The register tile of up to six rows and two vectors of columns: load, add an outer product, store.
/// </summary>
/// <remarks>
/// Accumulator c31 holds row 3 of vector 1, and so on. They are separate variables, because the JIT keeps no array in
/// registers. A sum of −0 is stored as 0.
/// </remarks>
internal static unsafe class RegisterTile
{
    /// <summary>Loads one vector of columns, to accumulate onto it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void LoadColumns<T, TVector, TLanes, TRows>(T* c, nint cRow, ref TVector c0, ref TVector c1, ref TVector c2, ref TVector c3, ref TVector c4, ref TVector c5)
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

    /// <summary>
    /// One k: adds the outer product of a column of a, at <paramref name="x"/>, and a row of b: one vector at
    /// <paramref name="y"/>, and a second one <paramref name="secondOffset"/> elements behind it.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddOuterProduct<T, TVector, TLanes, TLeft, TReader, TRows, TTwoVectors>(
        TReader reader,
        TLeft* x,
        nint aRow,
        T* y,
        nint secondOffset,
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
        where TReader : struct, IElementReader<TLeft, TVector>
        where TRows : struct, ITileCount
        where TTwoVectors : struct, IBoolConstant
    {
        TVector b0 = TLanes.Load(y), b1 = TTwoVectors.Value ? TLanes.Load(y + secondOffset) : default, v = reader.Broadcast(x);
        c00 = TLanes.FusedMultiplyAdd(v, b0, c00);
        c01 = TTwoVectors.Value ? TLanes.FusedMultiplyAdd(v, b1, c01) : c01;
        if (TRows.Count > 1)
        {
            v = reader.Broadcast(x + aRow);
            c10 = TLanes.FusedMultiplyAdd(v, b0, c10);
            c11 = TTwoVectors.Value ? TLanes.FusedMultiplyAdd(v, b1, c11) : c11;
            v = reader.Broadcast(x + (2 * aRow));
            c20 = TLanes.FusedMultiplyAdd(v, b0, c20);
            c21 = TTwoVectors.Value ? TLanes.FusedMultiplyAdd(v, b1, c21) : c21;
            v = reader.Broadcast(x + (3 * aRow));
            c30 = TLanes.FusedMultiplyAdd(v, b0, c30);
            c31 = TTwoVectors.Value ? TLanes.FusedMultiplyAdd(v, b1, c31) : c31;
            v = reader.Broadcast(x + (4 * aRow));
            c40 = TLanes.FusedMultiplyAdd(v, b0, c40);
            c41 = TTwoVectors.Value ? TLanes.FusedMultiplyAdd(v, b1, c41) : c41;
        }

        if (TRows.Count > 5)
        {
            v = reader.Broadcast(x + (5 * aRow));
            c50 = TLanes.FusedMultiplyAdd(v, b0, c50);
            c51 = TTwoVectors.Value ? TLanes.FusedMultiplyAdd(v, b1, c51) : c51;
        }
    }

    /// <summary>Stores one vector of columns, −0 as 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreColumns<T, TVector, TLanes, TRows>(TVector c0, TVector c1, TVector c2, TVector c3, TVector c4, TVector c5, T* c, nint cRow)
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
