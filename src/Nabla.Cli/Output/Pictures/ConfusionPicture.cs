using System.Globalization;
using Nabla.Cli.Failures;
using Nabla.Drawing;

namespace Nabla.Cli.Output.Pictures;

/// <summary>
/// A confusion matrix as a picture: one row per true class, one column per predicted class; a stronger colour is a
/// larger share of the row.
/// </summary>
internal static class ConfusionPicture
{
    /// <summary>The cells of a larger matrix would be too small to see.</summary>
    public const int MostClasses = 1000;

    private const int Margin = 20;
    private const double TextHeight = 11;
    private const double TitleHeight = 14;

    /// <summary>Largest size of a cell.</summary>
    private const int LargestCell = 56;

    private const int LargestMatrix = 1120;

    /// <summary>Longest name in pixels; longer names are shortened.</summary>
    private const double LongestName = 160;

    /// <summary>Smallest cell that holds text.</summary>
    private const int SmallestCellWithText = 20;

    private static readonly Colour Right = new(0, 114, 178);
    private static readonly Colour Wrong = new(213, 94, 0);

    /// <summary>Checks that the matrix can be drawn.</summary>
    /// <exception cref="UsageException">It has too many classes.</exception>
    public static void Require(int classes, string file)
    {
        if (classes > MostClasses)
        {
            throw new UsageException($"--confusion {file}: {classes} classes, more than the {MostClasses} that a picture can show. Omit it; --json gives the whole matrix.");
        }
    }

    /// <summary>Draws the matrix and writes it as PNG.</summary>
    public static void Write(ClassificationReport report, string title, Stream stream)
    {
        int classes = report.Classes.Count, cell = Math.Clamp(LargestMatrix / classes, 3, LargestCell);
        bool hasText = cell >= SmallestCellWithText;
        var measure = new Canvas(1, 1);
        string[] names = [.. report.Classes.Select(name => Captions.Shorten(measure, name, TextHeight, LongestName))];
        int room = hasText ? (int)Math.Ceiling(names.Max(name => measure.Measure(name, TextHeight))) + 12 : 0;
        int left = Margin + 24 + room, top = Margin + 50, side = cell * classes;
        title = Captions.Shorten(measure, title, TitleHeight, LargestMatrix);
        double titleWidth = measure.Measure(title, TitleHeight);
        var canvas = new Canvas(Math.Max(left + side + Margin, (int)titleWidth + (2 * Margin)), top + side + room + 40);
        canvas.Write(title, Margin, Margin + TitleHeight, 0, TitleHeight, Colour.Ink);
        for (int truth = 0; truth < classes; truth++)
        {
            for (int answer = 0; answer < classes; answer++)
            {
                int x = left + (answer * cell), y = top + (truth * cell);
                DrawCell(canvas, report, truth, answer, new PixelArea(x, y, x + cell, y + cell), hasText);
            }

            if (hasText)
            {
                double middle = top + ((truth + 0.5) * cell);
                canvas.Write(names[truth], left - 8, middle + (TextHeight / 2), 1, TextHeight, Colour.Ink);
                canvas.Write(names[truth], left + ((truth + 0.5) * cell) + (TextHeight / 2), top + side + 8, 1, TextHeight, Colour.Ink, upwards: true);
            }
        }

        DrawFrame(canvas, left, top, side);
        canvas.Write("the truth", Margin + TextHeight, top + (side / 2.0), 0.5, TextHeight, Colour.Ink, upwards: true);
        canvas.Write("the answer", left + (side / 2.0), top + side + room + 26, 0.5, TextHeight, Colour.Ink);
        canvas.WritePng(stream);
    }

    private static void DrawCell(Canvas canvas, ClassificationReport report, int truth, int answer, PixelArea area, bool hasText)
    {
        int count = report.Confusion[truth, answer];
        if (count == 0)
        {
            return;
        }

        // The square root makes small shares of mistakes visible.
        double share = (double)count / report.Support[truth], strength = truth == answer ? share : Math.Sqrt(share);
        canvas.Fill(area, (truth == answer ? Right : Wrong).Over(Colour.White, 0.08 + (0.92 * strength)));
        if (hasText)
        {
            string text = count.ToString(CultureInfo.InvariantCulture);
            double height = Math.Min(TextHeight, TextHeight * (area.Width - 6) / canvas.Measure(text, TextHeight));
            canvas.Write(text, (area.Left + area.Right) / 2.0, ((area.Top + area.Bottom) / 2.0) + (height / 2), 0.5, height, strength > 0.55 ? Colour.White : Colour.Ink);
        }
    }

    private static void DrawFrame(Canvas canvas, int left, int top, int side)
    {
        canvas.Line(left, top, left + side, top, 1, Colour.Frame);
        canvas.Line(left, top + side, left + side, top + side, 1, Colour.Frame);
        canvas.Line(left, top, left, top + side, 1, Colour.Frame);
        canvas.Line(left + side, top, left + side, top + side, 1, Colour.Frame);
    }
}
