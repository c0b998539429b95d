using System.Text;

namespace Nabla.Drawing;

/// <summary>Images as text, for the console.</summary>
public static class AsciiArt
{
    private const string Shades = " .:-=+*#%@";

    /// <summary>
    /// The lines of an image. Two rows of pixels make one line, because characters are about twice as tall as wide.
    /// </summary>
    /// <exception cref="ArgumentException">The data has no images.</exception>
    public static IReadOnlyList<string> Lines(Dataset data, int sample)
    {
        ArgumentNullException.ThrowIfNull(data);
        ImageShape image = data.Image ?? throw new ArgumentException($"{data.Name} has no images.", nameof(data));
        float[] pixels = new float[image.Pixels];
        data.CopyInputs(sample, pixels);
        var lines = new List<string>();
        for (int row = 0; row < image.Rows; row += 2)
        {
            var line = new StringBuilder(image.Columns);
            for (int column = 0; column < image.Columns; column++)
            {
                float above = pixels[(row * image.Columns) + column], below = row + 1 < image.Rows ? pixels[((row + 1) * image.Columns) + column] : above;
                line.Append(Shades[(int)Math.Round((above + below) / 2 * (Shades.Length - 1))]);
            }

            lines.Add(line.ToString());
        }

        return lines;
    }
}
