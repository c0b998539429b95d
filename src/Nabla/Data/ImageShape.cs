namespace Nabla.Data;

/// <summary>The shape of an image sample: rows × columns grey pixels, row by row from the top left.</summary>
/// <param name="Rows">Height in pixels, at least 1.</param>
/// <param name="Columns">Width in pixels, at least 1.</param>
public readonly record struct ImageShape(int Rows, int Columns)
{
    /// <summary>Number of pixels.</summary>
    public int Pixels => Rows * Columns;

    /// <inheritdoc/>
    public override string ToString() => $"{Rows}×{Columns}";
}
