using System.Globalization;

namespace Nabla;

/// <summary>The shape of an image sample: rows × columns grey pixels, row by row from the top left.</summary>
/// <param name="Rows">Height in pixels, at least 1.</param>
/// <param name="Columns">Width in pixels, at least 1.</param>
public readonly record struct ImageShape(int Rows, int Columns)
{
    private const int LongestSide = 4096;

    /// <summary>Number of pixels.</summary>
    public int Pixels => Rows * Columns;

    /// <summary>Reads a size such as 28x28, rows × columns.</summary>
    /// <exception cref="ArgumentException">The text is not a size, or a side lies outside 1 to 4096.</exception>
    public static ImageShape Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] sides = text.Split('x', '×');
        return sides.Length == 2 && TrySide(sides[0], out int rows) && TrySide(sides[1], out int columns)
            ? new ImageShape(rows, columns)
            : throw new ArgumentException($"'{text}' is not an image size: expected rows x columns, each from 1 to {LongestSide}, such as 28x28.");

        static bool TrySide(string text, out int side) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out side) && side is >= 1 and <= LongestSide;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Rows}×{Columns}";
}
