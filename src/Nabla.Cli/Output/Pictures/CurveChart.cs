using System.Globalization;

namespace Nabla.Cli.Output.Pictures;

/// <summary>A curve drawn with characters.</summary>
internal static class CurveChart
{
    private const int Height = 10;
    private const int LargestWidth = 60;

    /// <summary>The lines of a chart of values over epochs 1 to n.</summary>
    /// <param name="title">The title.</param>
    /// <param name="values">One value per epoch, at least two.</param>
    /// <param name="format">Formats the values on the axis.</param>
    public static IEnumerable<string> Lines(string title, IReadOnlyList<double> values, Func<double, string> format)
    {
        double low = values.Min(), high = values.Max(), range = high > low ? high - low : 1;
        int width = Math.Min(LargestWidth, Math.Max(values.Count, 20));
        int label = Math.Max(format(low).Length, format(high).Length);
        var canvas = new char[Height, width];
        for (int column = 0; column < width; column++)
        {
            double value = values[(int)Math.Round((double)column * (values.Count - 1) / (width - 1))];
            int row = Height - 1 - (int)Math.Round((value - low) / range * (Height - 1));
            canvas[row, column] = '•';
        }

        yield return title;
        for (int row = 0; row < Height; row++)
        {
            string axis = row == 0 ? format(high) : row == Height - 1 ? format(low) : "";
            string line = string.Concat(Enumerable.Range(0, width).Select(column => canvas[row, column] == '\0' ? ' ' : canvas[row, column]));
            yield return $"{axis.PadLeft(label)} │{line.TrimEnd()}";
        }

        string last = values.Count.ToString(CultureInfo.InvariantCulture);
        yield return $"{new string(' ', label)} └{new string('─', width)}";
        yield return $"{new string(' ', label)}  1{last.PadLeft(width - 1)}  epoch";
    }
}
