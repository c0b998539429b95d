using Nabla.Data.Images;
using Nabla.Data.Images.Pixels;
using Nabla.Drawing;

namespace Nabla.Cli.Output.Pictures;

/// <summary>
/// The images with the most confident mistakes of a model, each with its true and its predicted class.
/// </summary>
internal static class MistakeSheet
{
    /// <summary>Number of mistakes on a sheet.</summary>
    public const int Most = 40;

    private const int TilesOfRow = 8;

    /// <summary>Small images are enlarged by a whole factor to about this many pixels.</summary>
    private const int ImageSide = 112;

    /// <summary>Large images are reduced to this many pixels.</summary>
    private const int LargestSide = 160;

    private const int Top = 56;
    private const int Margin = 16;
    private const int CaptionRows = 42;
    private const double TextHeight = 10;

    /// <summary>The worst mistakes, the most confident first; ties in the order of the samples.</summary>
    /// <param name="model">The model.</param>
    /// <param name="data">Images with classes.</param>
    /// <param name="outputs">The outputs of every sample, [samples, outputs].</param>
    public static IReadOnlyList<Mistake> Find(Model model, Dataset data, ReadOnlySpan<double> outputs)
    {
        int width = model.Architecture.Outputs;
        var mistakes = new List<Mistake>();
        for (int sample = 0; sample < data.Count; sample++)
        {
            Prediction prediction = model.InterpretRaw(outputs.Slice(sample * width, width));
            if (prediction.Class != data.Label(sample))
            {
                mistakes.Add(new Mistake(sample, data.Classes[data.Label(sample)], prediction.Class < 0 ? "no class" : data.Classes[prediction.Class], prediction.Confidence ?? 0));
            }
        }

        return [.. mistakes.OrderByDescending(mistake => mistake.Confidence).ThenBy(mistake => mistake.Sample).Take(Most)];
    }

    /// <summary>Draws the sheet and writes it as PNG.</summary>
    public static void Write(Dataset data, IReadOnlyList<Mistake> mistakes, string title, Stream stream)
    {
        ImageShape image = data.Image ?? throw new ArgumentException($"{data.Name} has no images.", nameof(data));
        ImageShape size = SizeOf(image);
        int tile = Math.Max(size.Columns, ImageSide) + Margin, height = size.Rows + CaptionRows + Margin;
        int across = Math.Clamp(mistakes.Count, 3, TilesOfRow), down = (mistakes.Count + across - 1) / across;
        var canvas = new Canvas(Margin + (across * tile), Top + (Math.Max(1, down) * height));
        canvas.Write(Captions.Shorten(canvas, title, 13, canvas.Width - (2 * Margin)), Margin, 32, 0, 13, Colour.Ink);
        for (int i = 0; i < mistakes.Count; i++)
        {
            DrawTile(canvas, mistakes[i], AreaResampling.Resize(Image(data, mistakes[i].Sample, image), size), Margin + (i % across * tile), Top + (i / across * height), tile - Margin);
        }

        if (mistakes.Count == 0)
        {
            canvas.Write("no mistakes", Margin, 90, 0, 13, Colour.Ink);
        }

        canvas.WritePng(stream);
    }

    private static void DrawTile(Canvas canvas, Mistake mistake, GreyImage image, int left, int top, double room)
    {
        (int rows, int columns) = (image.Shape.Rows, image.Shape.Columns);
        for (int i = 0; i < image.Pixels.Length; i++)
        {
            byte grey = image.Pixels[i];
            int x = left + (i % columns), y = top + (i / columns);
            canvas.Fill(new PixelArea(x, y, x + 1, y + 1), new Colour(grey, grey, grey));
        }

        string confidence = Figures.Percent(mistake.Confidence);
        double beside = room - canvas.Measure(confidence, TextHeight) - 8;
        canvas.Write(Captions.Shorten(canvas, $"is {mistake.Truth}", TextHeight, room), left, top + rows + 16, 0, TextHeight, Colour.Ink);
        canvas.Write(Captions.Shorten(canvas, $"not {mistake.Answer}", TextHeight, beside), left, top + rows + 33, 0, TextHeight, Colour.OfCurve(1));
        canvas.Write(confidence, left + room, top + rows + 33, 1, TextHeight, Colour.Frame);
    }

    private static ImageShape SizeOf(ImageShape image)
    {
        int longest = Math.Max(image.Rows, image.Columns), enlarged = Math.Max(1, ImageSide / longest);
        return longest <= LargestSide
            ? new ImageShape(image.Rows * enlarged, image.Columns * enlarged)
            : new ImageShape(Math.Max(1, image.Rows * LargestSide / longest), Math.Max(1, image.Columns * LargestSide / longest));
    }

    private static GreyImage Image(Dataset data, int sample, ImageShape shape)
    {
        float[] inputs = new float[shape.Pixels];
        data.CopyInputs(sample, inputs);
        return new GreyImage(shape, [.. inputs.Select(value => (byte)MathF.Round(255 * Math.Clamp(value, 0, 1)))]);
    }
}

/// <summary>A sample that a model classified wrongly.</summary>
/// <param name="Sample">Its index in the data.</param>
/// <param name="Truth">Its true class.</param>
/// <param name="Answer">Its predicted class.</param>
/// <param name="Confidence">The probability of the predicted class.</param>
internal sealed record Mistake(int Sample, string Truth, string Answer, double Confidence);
