using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using Nabla.Numerics.Vectors;

namespace Nabla.Numerics.Products;

/// <summary>Rows of a left operand that go through panels together: as one tile of six or five, or as its two halves, each by a list of its own.</summary>
/// <remarks>Three rows have far more steps in which all of them are zero than six, behind ReLU and among pixels.</remarks>
internal readonly struct PanelRows<T> where T : unmanaged
{
    /// <summary>Rows of the upper half; the lower one has the rest.</summary>
    public const int Half = 3;

    private PanelRows(GemmOperand<T> rows, LeftTile<T> upper, LeftTile<T> lower)
    {
        Rows = rows;
        Upper = upper;
        Lower = lower;
    }

    public GemmOperand<T> Rows { get; }

    public LeftTile<T> Upper { get; }

    public LeftTile<T> Lower { get; }

    /// <summary>Whether the halves cost less than the whole: they read the panels twice.</summary>
    public bool Skips
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Upper.Found + Lower.Found < (2 * Rows.Columns) - (Rows.Columns / 8);
    }

    /// <summary>These rows with the lists of their halves, one after the other in <paramref name="steps"/>.</summary>
    public static unsafe PanelRows<T> Of<TVector, TLanes>(GemmOperand<T> rows, ushort* steps)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
    {
        ushort* lower = steps + rows.Columns;
        GemmOperand<T> upperRows = rows.SliceRows(0, Half), lowerRows = rows.SliceRows(Half, rows.Rows);
        if (Bmi2.X64.IsSupported && rows.RowStride == 1 && rows.ColumnStride == rows.Rows)
        {
            (int foundUpper, int foundLower) = FindHalves(rows.Pointer, rows.Rows, rows.Columns, steps, lower);
            return new(rows, new(upperRows, steps, foundUpper), new(lowerRows, lower, foundLower));
        }

        return new(rows, LeftTile<T>.Of<TVector, TLanes>(upperRows, steps), LeftTile<T>.Of<TVector, TLanes>(lowerRows, lower));
    }

    /// <summary>Lists the steps of both halves of copied rows, [k][rows], eight steps at a time: a bit for each element, of which those of a step are joined.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe (int Upper, int Lower) FindHalves(T* a, int rows, int k, ushort* upper, ushort* lower)
    {
        const int Steps = 8;
        ulong firstRow = 0;
        for (int step = 0; step < Steps; step++)
        {
            firstRow |= 1UL << (step * rows);
        }

        int foundUpper = 0, foundLower = 0, p = 0;
        for (; p + Steps <= k; p += Steps)
        {
            ulong bits = 0;
            for (int i = 0; i < rows; i++, a += Steps)
            {
                bits |= (ulong)NonzeroBitsOfEight(a) << (i * Steps);
            }

            // A third row that the lower half lacks is the first one of the next step.
            ulong two = bits | (bits >> 1), three = two | (bits >> 2), lowerBits = rows == GemmTiles.Rows ? three : two;
            foundUpper += SetBits.List((byte)Bmi2.X64.ParallelBitExtract(three, firstRow), p, upper + foundUpper);
            foundLower += SetBits.List((byte)Bmi2.X64.ParallelBitExtract(lowerBits, firstRow << Half), p, lower + foundLower);
        }

        for (; p < k; p++)
        {
            // The rest is not worth a look.
            upper[foundUpper++] = (ushort)p;
            lower[foundLower++] = (ushort)p;
        }

        return (foundUpper, foundLower);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe uint NonzeroBitsOfEight(T* a) =>
        sizeof(T) == sizeof(float) ? Lanes256<T>.NonzeroBits(Lanes256<T>.Load(a)) : Lanes512<T>.NonzeroBits(Lanes512<T>.Load(a));
}
