using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Nabla.Numerics.Vectors;

namespace Nabla.Numerics.Products;

/// <summary>Small products, from the operands as they lie: a tile of rows after the other, each through all columns.</summary>
/// <remarks>A rest of columns is covered by vectors moved back over cells before them: both compute the same bits of them.</remarks>
internal static unsafe class GemmKernels
{
    /// <summary>Steps of k whose list lies on the stack at once.</summary>
    private const int StepsAtOnce = 1024;

    /// <summary>c = a·b, or c += a·b where <paramref name="goOn"/>, from the operands as they lie. a: [m, k]; b: [k, n] with its rows contiguous; c: [m, n].</summary>
    /// <typeparam name="T">The elements.</typeparam>
    /// <typeparam name="TLeft">Those of a: the same, or bytes that stand for byte / 255.</typeparam>
    public static void Multiply<T, TLeft>(GemmOperand<TLeft> a, GemmOperand<T> b, T* c, nint cRow, bool goOn = false)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLeft : unmanaged
    {
        for (int first = 0; first == 0 || first < b.Rows; first += StepsAtOnce)
        {
            int end = Math.Min(first + StepsAtOnce, b.Rows);
            MultiplySteps(a.SliceColumns(first, end), b.SliceRows(first, end), c, cRow, goOn || first > 0);
        }
    }

    private static void MultiplySteps<T, TLeft>(GemmOperand<TLeft> a, GemmOperand<T> b, T* c, nint cRow, bool goOn)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLeft : unmanaged
    {
        int columns = b.Columns;
        if (Vector512.IsHardwareAccelerated && columns >= Vector512<T>.Count)
        {
            Rows<T, Vector512<T>, Lanes512<T>, TLeft>(a, b, c, cRow, goOn);
        }
        else if (Vector256.IsHardwareAccelerated && columns >= Vector256<T>.Count)
        {
            Rows<T, Vector256<T>, Lanes256<T>, TLeft>(a, b, c, cRow, goOn);
        }
        else
        {
            Rows<T, Vector128<T>, Lanes128<T>, TLeft>(a, b, c, cRow, goOn);
        }
    }

    private static void Rows<T, TVector, TLanes, TLeft>(GemmOperand<TLeft> a, GemmOperand<T> b, T* c, nint cRow, bool goOn)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
        where TLeft : unmanaged
    {
        if (typeof(TLeft) == typeof(byte))
        {
            Rows<T, TVector, TLanes, byte, ByteElements<T, TVector, TLanes>>(new(), a.As<byte>(), b, c, cRow, goOn);
        }
        else
        {
            Rows<T, TVector, TLanes, T, NumberElements<T, TVector, TLanes>>(default, a.As<T>(), b, c, cRow, goOn);
        }
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rows<T, TVector, TLanes, TLeft, TElements>(TElements elements, GemmOperand<TLeft> a, GemmOperand<T> b, T* c, nint cRow, bool goOn)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
        where TLeft : unmanaged
        where TElements : struct, ILeftElements<TLeft, TVector>
    {
        ushort* steps = stackalloc ushort[StepsAtOnce + SetBits.Slack];
        if (a.Rows == 1 && b.Columns >= TLanes.Count)
        {
            T* scaled = stackalloc T[typeof(TLeft) == typeof(byte) ? StepsAtOnce + BytePacking.Slack : 0];
            Row<T, TVector, TLanes>(typeof(TLeft) == typeof(byte) ? BytePacking.Left(a.As<byte>(), 1, scaled) : a.As<T>(), b, c, steps, goOn);
            return;
        }

        int i = 0, fives = GemmTiles.Fives(a.Rows);
        for (; i + GemmTiles.Rows <= a.Rows - (5 * fives); i += GemmTiles.Rows)
        {
            Strip<T, TVector, TLanes, TLeft, TElements, Six>(elements, a, i, b, c + (i * cRow), cRow, steps, goOn);
        }

        for (; fives > 0; fives--, i += 5)
        {
            Strip<T, TVector, TLanes, TLeft, TElements, Five>(elements, a, i, b, c + (i * cRow), cRow, steps, goOn);
        }

        for (; i < a.Rows; i++)
        {
            Strip<T, TVector, TLanes, TLeft, TElements, One>(elements, a, i, b, c + (i * cRow), cRow, steps, goOn);
        }
    }

    /// <summary>The rows of a tile, from <paramref name="first"/> on, times all columns.</summary>
    private static void Strip<T, TVector, TLanes, TLeft, TElements, TRows>(TElements elements, GemmOperand<TLeft> a, int first, GemmOperand<T> b, T* c, nint cRow, ushort* steps, bool goOn)
        where T : unmanaged
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
        where TLeft : unmanaged
        where TElements : struct, ILeftElements<TLeft, TVector>
        where TRows : struct, ITileCount
    {
        GemmOperand<TLeft> rows = a.SliceRows(first, first + TRows.Count);
        var tile = new LeftTile<TLeft>(rows, steps, TElements.Find(rows, steps));
        if (tile.Found == 0)
        {
            for (int i = 0; !goOn && i < TRows.Count; i++)
            {
                new Span<T>(c + (i * cRow), b.Columns).Clear();
            }

            return;
        }

        int j = 0, width = 2 * TLanes.Count;
        for (; j + width <= b.Columns; j += width)
        {
            GemmTiles.Tile<T, TVector, TLanes, TLeft, TElements, TRows>(elements, tile, b.Pointer + j, b.RowStride, c + j, cRow, TLanes.Count, goOn);
        }

        int rest = b.Columns - j, back = b.Columns - TLanes.Count, start = Math.Min(j, back);
        if (rest > TLanes.Count || (rest > 0 && back >= 0 && !goOn))
        {
            GemmTiles.Tile<T, TVector, TLanes, TLeft, TElements, TRows>(elements, tile, b.Pointer + start, b.RowStride, c + start, cRow, back - start, goOn);
        }
        else if (rest > 0)
        {
            LastColumns<T, TVector, TLanes, TLeft, TElements, TRows>(elements, tile, b.Pointer + j, b.RowStride, c + j, cRow, rest, goOn);
        }
    }

    /// <summary>Fewer columns than a vector has lanes: what the lanes beyond them compute, from what follows in memory, is thrown away.</summary>
    [SkipLocalsInit]
    private static void LastColumns<T, TVector, TLanes, TLeft, TElements, TRows>(TElements elements, in LeftTile<TLeft> tile, T* b, nint bRow, T* c, nint cRow, int count, bool goOn)
        where T : unmanaged
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
        where TLeft : unmanaged
        where TElements : struct, ILeftElements<TLeft, TVector>
        where TRows : struct, ITileCount
    {
        T* cells = stackalloc T[GemmTiles.Rows * TLanes.Count];
        for (int i = 0; goOn && i < TRows.Count; i++)
        {
            new ReadOnlySpan<T>(c + (i * cRow), count).CopyTo(new Span<T>(cells + (i * TLanes.Count), count));
        }

        GemmTiles.Tile<T, TVector, TLanes, TLeft, TElements, TRows>(elements, tile, b, bRow, cells, TLanes.Count, 0, goOn);
        for (int i = 0; i < TRows.Count; i++)
        {
            new ReadOnlySpan<T>(cells + (i * TLanes.Count), count).CopyTo(new Span<T>(c + (i * cRow), count));
        }
    }

    /// <summary>One row times a matrix, which is read once, in its own order: four rows of it at a time onto the sums. Where the row is zero, they are not read.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Row<T, TVector, TLanes>(GemmOperand<T> a, GemmOperand<T> b, T* c, ushort* steps, bool goOn)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
    {
        int columns = b.Columns, whole = columns - (columns % TLanes.Count);
        if (!goOn)
        {
            new Span<T>(c, columns).Clear();
        }

        nint stride = b.RowStride, step = a.ColumnStride;
        T* x = a.Pointer;
        int p = 0, found = LeftTile<T>.Find<TVector, TLanes>(a, steps);
        for (; p + 4 <= found; p += 4)
        {
            nint s0 = steps[p], s1 = steps[p + 1], s2 = steps[p + 2], s3 = steps[p + 3];
            T* w0 = b.Pointer + (s0 * stride), w1 = b.Pointer + (s1 * stride), w2 = b.Pointer + (s2 * stride), w3 = b.Pointer + (s3 * stride);
            TVector x0 = TLanes.Create(x[s0 * step]), x1 = TLanes.Create(x[s1 * step]), x2 = TLanes.Create(x[s2 * step]), x3 = TLanes.Create(x[s3 * step]);
            for (int j = 0; j < whole; j += TLanes.Count)
            {
                TVector sum = TLanes.FusedMultiplyAdd(x0, TLanes.Load(w0 + j), TLanes.Load(c + j));
                sum = TLanes.FusedMultiplyAdd(x1, TLanes.Load(w1 + j), sum);
                sum = TLanes.FusedMultiplyAdd(x2, TLanes.Load(w2 + j), sum);
                sum = TLanes.FusedMultiplyAdd(x3, TLanes.Load(w3 + j), sum);
                TLanes.Store(sum, c + j);
            }

            for (int j = whole; j < columns; j++)
            {
                T sum = T.FusedMultiplyAdd(x[s0 * step], w0[j], c[j]);
                sum = T.FusedMultiplyAdd(x[s1 * step], w1[j], sum);
                sum = T.FusedMultiplyAdd(x[s2 * step], w2[j], sum);
                c[j] = T.FusedMultiplyAdd(x[s3 * step], w3[j], sum);
            }
        }

        for (; p < found; p++)
        {
            nint at = steps[p];
            T* w = b.Pointer + (at * stride);
            for (int j = 0; j < columns; j++)
            {
                c[j] = T.FusedMultiplyAdd(x[at * step], w[j], c[j]);
            }
        }

        for (int j = 0; j < columns; j++)
        {
            c[j] += T.Zero;
        }
    }
}
