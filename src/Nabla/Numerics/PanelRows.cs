using System.Runtime.CompilerServices;

namespace Nabla.Numerics;

/// <summary>Rows of a left operand that go through panels together: as one tile of six or five, or as its two halves, each by a list of its own.</summary>
/// <remarks>Three rows have far more steps in which all of them are zero than six: behind ReLU, or among pixels, about a quarter of the arithmetic falls away.</remarks>
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
        where TLanes : struct, ILanes<TVector, T> =>
        new(rows, LeftTile<T>.Of<TVector, TLanes>(rows.SliceRows(0, Half), steps), LeftTile<T>.Of<TVector, TLanes>(rows.SliceRows(Half, rows.Rows), steps + rows.Columns));
}
