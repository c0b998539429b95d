using Nabla.Numerics.Threads;

namespace Nabla.Data.Tables.Raw;

/// <summary>Mean, deviation and range of a column over some rows, without missing cells.</summary>
/// <param name="Count">Number of cells that are not missing.</param>
/// <param name="Mean">Σx/n.</param>
/// <param name="Deviation">√(Σ(x − mean)²/n); exactly 0 if all values are equal.</param>
/// <param name="Minimum">The smallest value.</param>
/// <param name="Maximum">The largest value.</param>
internal readonly record struct Moments(int Count, double Mean, double Deviation, double Minimum, double Maximum)
{
    /// <summary>
    /// Computes the moments of every column, in two passes over the rows in order, in double. Threads divide the
    /// columns among them, so no sum depends on their number.
    /// </summary>
    public static Moments[] Of(RawTable table, int[] rows)
    {
        int width = table.Columns.Length, parts = Math.Min(width, Environment.ProcessorCount);
        var moments = new Moments[width];
        ParallelLoop.Run(parts, part => Of(table, rows, width * part / parts, moments.AsSpan(width * part / parts, (width * (part + 1) / parts) - (width * part / parts))));
        return moments;
    }

    private static void Of(RawTable table, int[] rows, int first, Span<Moments> moments)
    {
        int width = moments.Length;
        int[] counts = new int[width];
        double[] means = new double[width], squares = new double[width], minima = new double[width], maxima = new double[width];
        Array.Fill(minima, double.PositiveInfinity);
        Array.Fill(maxima, double.NegativeInfinity);
        foreach (int row in rows)
        {
            ReadOnlySpan<double> cells = table.Row(row).Slice(first, width);
            for (int i = 0; i < cells.Length; i++)
            {
                double value = cells[i];
                if (!double.IsNaN(value))
                {
                    counts[i]++;
                    means[i] += value;
                    minima[i] = value < minima[i] ? value : minima[i];
                    maxima[i] = value > maxima[i] ? value : maxima[i];
                }
            }
        }

        for (int i = 0; i < width; i++)
        {
            means[i] /= counts[i];
        }

        foreach (int row in rows)
        {
            ReadOnlySpan<double> cells = table.Row(row).Slice(first, width);
            for (int i = 0; i < cells.Length; i++)
            {
                double difference = cells[i] - means[i];
                squares[i] += double.IsNaN(cells[i]) ? 0 : difference * difference;
            }
        }

        for (int i = 0; i < width; i++)
        {
            moments[i] = new Moments(counts[i], means[i], minima[i] == maxima[i] ? 0 : Math.Sqrt(squares[i] / counts[i]), minima[i], maxima[i]);
        }
    }
}
