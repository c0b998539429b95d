using Nabla.Data.Images.Png;

namespace Nabla.Drawing;

/// <summary>Draws many samples of a data set in one picture.</summary>
public static class ContactSheet
{
    private const int Gap = 2;
    private const int PlotSide = 400;
    private const long LargestSheet = 1 << 28;

    // Eight colours that most colour-blind readers can tell apart (Okabe and Ito 2008).
    private static readonly byte[] Colours = [0, 114, 178, 230, 159, 0, 0, 158, 115, 213, 94, 0, 204, 121, 167, 86, 180, 233, 240, 228, 66, 90, 90, 90];

    /// <summary>Writes the first images of each class, one row per class.</summary>
    /// <param name="data">Images with classes.</param>
    /// <param name="perClass">Number of images per class, 1 to 1000.</param>
    /// <param name="stream">Receives a PNG.</param>
    /// <exception cref="ArgumentException">The data has no images, or too many classes for one picture.</exception>
    public static void WriteImages(Dataset data, int perClass, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentOutOfRangeException.ThrowIfLessThan(perClass, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(perClass, 1000);
        ImageShape image = data.Image ?? throw new ArgumentException($"{data.Name} has no images.", nameof(data));
        int width = (perClass * (image.Columns + Gap)) + Gap, height = (data.Classes.Count * (image.Rows + Gap)) + Gap;
        if ((long)width * height > LargestSheet)
        {
            throw new ArgumentException($"{data.Classes.Count} rows of {perClass} images of {image} are too many for one picture: ask for fewer.", nameof(perClass));
        }

        byte[] sheet = new byte[width * height];
        Array.Fill(sheet, (byte)48);
        int[] placed = new int[data.Classes.Count];
        float[] pixels = new float[image.Pixels];
        for (int sample = 0; sample < data.Count; sample++)
        {
            int label = data.Label(sample);
            if (placed[label] == perClass)
            {
                continue;
            }

            data.CopyInputs(sample, pixels);
            int left = Gap + (placed[label]++ * (image.Columns + Gap)), top = Gap + (label * (image.Rows + Gap));
            for (int i = 0; i < pixels.Length; i++)
            {
                sheet[((top + (i / image.Columns)) * width) + left + (i % image.Columns)] = (byte)MathF.Round(255 * Math.Clamp(pixels[i], 0, 1));
            }
        }

        PngWriter.WriteGrey(stream, sheet, width);
    }

    /// <summary>Writes samples with two inputs as points, one colour per class.</summary>
    /// <param name="data">Two inputs, with classes.</param>
    /// <param name="stream">Receives a PNG.</param>
    /// <exception cref="ArgumentException">The data does not have two inputs, or has no classes.</exception>
    public static void WritePoints(Dataset data, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (data.InputCount != 2 || data.IsRegression)
        {
            throw new ArgumentException($"{data.Name} has {data.InputCount} inputs: points need two, and classes.", nameof(data));
        }

        byte[] plot = new byte[PlotSide * PlotSide * 3];
        Array.Fill(plot, (byte)255);
        double[] point = new double[2];
        double reach = double.Epsilon;
        for (int sample = 0; sample < data.Count; sample++)
        {
            data.CopyInputs(sample, point);
            reach = Math.Max(reach, Math.Max(Math.Abs(point[0]), Math.Abs(point[1])));
        }

        for (int sample = 0; sample < data.Count; sample++)
        {
            data.CopyInputs(sample, point);
            int x = (int)((PlotSide - 1) * (0.5 + (0.48 * point[0] / reach))), y = (int)((PlotSide - 1) * (0.5 - (0.48 * point[1] / reach)));
            for (int i = 0; i < 9; i++)
            {
                int column = Math.Clamp(x + (i % 3) - 1, 0, PlotSide - 1), row = Math.Clamp(y + (i / 3) - 1, 0, PlotSide - 1);
                Colours.AsSpan(3 * (data.Label(sample) % 8), 3).CopyTo(plot.AsSpan(3 * ((row * PlotSide) + column)));
            }
        }

        PngWriter.WriteColour(stream, plot, PlotSide);
    }
}
