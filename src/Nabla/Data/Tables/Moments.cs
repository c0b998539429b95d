namespace Nabla.Data.Tables;

/// <summary>Mean, deviation and range of a column over some rows, missing cells left out.</summary>
/// <param name="Count">Cells that are not missing.</param>
/// <param name="Mean">Σx/n.</param>
/// <param name="Deviation">√(Σ(x − mean)²/n); exactly 0 where all values are the same.</param>
/// <param name="Minimum">The smallest value.</param>
/// <param name="Maximum">The largest value.</param>
internal readonly record struct Moments(int Count, double Mean, double Deviation, double Minimum, double Maximum)
{
    /// <summary>Of every column: two passes in the order of the rows, in double.</summary>
    public static Moments[] Of(RawTable table, int[] rows)
    {
        int width = table.Columns.Length;
        int[] counts = new int[width];
        double[] means = new double[width], squares = new double[width], minima = new double[width], maxima = new double[width];
        Array.Fill(minima, double.PositiveInfinity);
        Array.Fill(maxima, double.NegativeInfinity);
        foreach (int row in rows)
        {
            ReadOnlySpan<double> cells = table.Row(row);
            for (int i = 0; i < cells.Length; i++)
            {
                double value = cells[i];
                if (!double.IsNaN(value))
                {
                    counts[i]++;
                    means[i] += value;
                    minima[i] = Math.Min(minima[i], value);
                    maxima[i] = Math.Max(maxima[i], value);
                }
            }
        }

        for (int i = 0; i < width; i++)
        {
            means[i] /= counts[i];
        }

        foreach (int row in rows)
        {
            ReadOnlySpan<double> cells = table.Row(row);
            for (int i = 0; i < cells.Length; i++)
            {
                double difference = cells[i] - means[i];
                squares[i] += double.IsNaN(cells[i]) ? 0 : difference * difference;
            }
        }

        return
        [
            .. Enumerable.Range(0, width).Select(i => new Moments(counts[i], means[i], minima[i] == maxima[i] ? 0 : Math.Sqrt(squares[i] / counts[i]), minima[i], maxima[i])),
        ];
    }
}
