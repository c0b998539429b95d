namespace Nabla.Data.Tables;

/// <summary>Mean, deviation and range of a column over some rows, missing cells left out.</summary>
/// <param name="Mean">Σx/n.</param>
/// <param name="Deviation">√(Σ(x − mean)²/n); exactly 0 where all values are the same.</param>
/// <param name="Minimum">The smallest value.</param>
/// <param name="Maximum">The largest value.</param>
internal readonly record struct Moments(double Mean, double Deviation, double Minimum, double Maximum)
{
    /// <summary>Two passes in the order of the rows, in double.</summary>
    public static Moments Of(RawTable table, int[] rows, int column)
    {
        double sum = 0, minimum = double.PositiveInfinity, maximum = double.NegativeInfinity;
        int count = 0;
        foreach (int row in rows)
        {
            double value = table.Row(row)[column];
            if (!double.IsNaN(value))
            {
                sum += value;
                count++;
                minimum = Math.Min(minimum, value);
                maximum = Math.Max(maximum, value);
            }
        }

        double mean = sum / count, squares = 0;
        foreach (int row in rows)
        {
            double value = table.Row(row)[column];
            if (!double.IsNaN(value))
            {
                squares += (value - mean) * (value - mean);
            }
        }

        return new Moments(mean, minimum == maximum ? 0 : Math.Sqrt(squares / count), minimum, maximum);
    }
}
