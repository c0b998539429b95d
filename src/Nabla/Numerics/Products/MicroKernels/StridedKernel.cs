using System.Runtime.CompilerServices;
using Nabla.Numerics.Memory;
using Nabla.Numerics.Products.Operands;
using Nabla.Numerics.Vectors;

namespace Nabla.Numerics.Products.MicroKernels;

/// <summary>
/// The micro-kernel for a right operand that is not packed: six, five or one rows times one or two vectors of columns,
/// dense or zero-skipping. With <c>accumulate</c> the sums start from c (beta = 1), otherwise from 0.
/// </summary>
/// <remarks>b: the row of k = p is at p·bRow; c: row i is at i·cRow.</remarks>
internal static unsafe class StridedKernel
{
    /// <summary>
    /// While b is packed, its rows are prefetched this many values of k ahead. The rows may lie pages apart: with more
    /// of them, they would evict each other from the L2 cache.
    /// </summary>
    private const int PrefetchDistance = 32;

    /// <summary>
    /// A row strip times two vectors of columns, the second <paramref name="secondOffset"/> columns behind the first,
    /// or times one vector if that is 0. The two may overlap: both then compute the same bits.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Multiply<T, TVector, TLanes, TLeft, TReader, TRows>(TReader reader, in RowStrip<TLeft> a, T* b, nint bRow, T* c, nint cRow, nint secondOffset, bool accumulate)
        where T : unmanaged
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
        where TLeft : unmanaged
        where TReader : struct, IElementReader<TLeft, TVector>
        where TRows : struct, ITileCount
    {
        if (secondOffset != 0)
        {
            MultiplyDenseOrListed<T, TVector, TLanes, TLeft, TReader, TRows, True>(reader, a, b, bRow, c, cRow, secondOffset, accumulate);
        }
        else
        {
            MultiplyDenseOrListed<T, TVector, TLanes, TLeft, TReader, TRows, False>(reader, a, b, bRow, c, cRow, secondOffset, accumulate);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void MultiplyDenseOrListed<T, TVector, TLanes, TLeft, TReader, TRows, TTwoVectors>(TReader reader, in RowStrip<TLeft> a, T* b, nint bRow, T* c, nint cRow, nint secondOffset, bool accumulate)
        where T : unmanaged
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
        where TLeft : unmanaged
        where TReader : struct, IElementReader<TLeft, TVector>
        where TRows : struct, ITileCount
        where TTwoVectors : struct, IBoolConstant
    {
        if (a.SkipsZeros)
        {
            AccumulateOverK<T, TVector, TLanes, TLeft, TReader, TRows, TTwoVectors, True, False>(reader, a.Rows, a.List, a.ListLength, b, bRow, null, c, cRow, secondOffset, accumulate);
        }
        else
        {
            AccumulateOverK<T, TVector, TLanes, TLeft, TReader, TRows, TTwoVectors, False, False>(reader, a.Rows, a.List, a.Rows.Columns, b, bRow, null, c, cRow, secondOffset, accumulate);
        }
    }

    /// <summary>
    /// A row strip times two adjacent vectors of columns, which are packed into a panel, [k][2 vectors], on the way:
    /// the arithmetic hides the copy.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void MultiplyAndPack<T, TVector, TLanes, TRows>(in GemmOperand<T> a, T* b, nint bRow, T* panel, T* c, nint cRow, bool accumulate)
        where T : unmanaged
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
        where TRows : struct, ITileCount =>
        AccumulateOverK<T, TVector, TLanes, T, NumberReader<T, TVector, TLanes>, TRows, True, False, True>(default, a, null, a.Columns, b, bRow, panel, c, cRow, TLanes.Count, accumulate);

    /// <summary>The loop over k.</summary>
    /// <typeparam name="T">The elements of b and c.</typeparam>
    /// <typeparam name="TVector">A vector of them.</typeparam>
    /// <typeparam name="TLanes">The vector operations.</typeparam>
    /// <typeparam name="TLeft">The elements of a in memory.</typeparam>
    /// <typeparam name="TReader">Reads an element of a.</typeparam>
    /// <typeparam name="TRows">The rows of the tile.</typeparam>
    /// <typeparam name="TTwoVectors">Whether the tile has two vectors of columns.</typeparam>
    /// <typeparam name="TListed">Whether k runs over the zero-skipping list.</typeparam>
    /// <typeparam name="TPacks">Whether b is packed into a panel on the way.</typeparam>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AccumulateOverK<T, TVector, TLanes, TLeft, TReader, TRows, TTwoVectors, TListed, TPacks>(TReader reader, in GemmOperand<TLeft> rows, ushort* list, int count, T* b, nint bRow, T* panel, T* c, nint cRow, nint secondOffset, bool accumulate)
        where T : unmanaged
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
        where TLeft : unmanaged
        where TReader : struct, IElementReader<TLeft, TVector>
        where TRows : struct, ITileCount
        where TTwoVectors : struct, IBoolConstant
        where TListed : struct, IBoolConstant
        where TPacks : struct, IBoolConstant
    {
        TVector c00 = default, c01 = default, c10 = default, c11 = default, c20 = default, c21 = default;
        TVector c30 = default, c31 = default, c40 = default, c41 = default, c50 = default, c51 = default;
        if (accumulate)
        {
            RegisterTile.LoadColumns<T, TVector, TLanes, TRows>(c, cRow, ref c00, ref c10, ref c20, ref c30, ref c40, ref c50);
            if (TTwoVectors.Value)
            {
                RegisterTile.LoadColumns<T, TVector, TLanes, TRows>(c + secondOffset, cRow, ref c01, ref c11, ref c21, ref c31, ref c41, ref c51);
            }
        }

        nint aRow = rows.RowStride, aColumn = rows.ColumnStride;
        TLeft* a = rows.Pointer, x = a;
        T* y = b, end = b + (count * bRow);
        ushort* endOfList = list + count;
        while (TListed.Value ? list != endOfList : y != end)
        {
            if (TListed.Value)
            {
                nint p = *list++;
                x = a + (p * aColumn);
                y = b + (p * bRow);
            }

            if (TPacks.Value)
            {
                TLanes.Store(TLanes.Load(y), panel);
                TLanes.Store(TLanes.Load(y + secondOffset), panel + TLanes.Count);
                panel += 2 * TLanes.Count;
                Prefetch.IntoL2(y + (PrefetchDistance * bRow), 2 * TLanes.Count * sizeof(T));
            }

            RegisterTile.AddOuterProduct<T, TVector, TLanes, TLeft, TReader, TRows, TTwoVectors>(reader, x, aRow, y, secondOffset, ref c00, ref c01, ref c10, ref c11, ref c20, ref c21, ref c30, ref c31, ref c40, ref c41, ref c50, ref c51);
            if (!TListed.Value)
            {
                x += aColumn;
                y += bRow;
            }
        }

        RegisterTile.StoreColumns<T, TVector, TLanes, TRows>(c00, c10, c20, c30, c40, c50, c, cRow);
        if (TTwoVectors.Value)
        {
            RegisterTile.StoreColumns<T, TVector, TLanes, TRows>(c01, c11, c21, c31, c41, c51, c + secondOffset, cRow);
        }
    }
}
