namespace Nabla.Cli.Output.Pictures;

/// <summary>Samples with two inputs, drawn with characters in the plane.</summary>
internal static class ScatterPlot
{
    private const int Columns = 64;
    private const int Rows = 24;
    private const string Marks = "o+x*#%@&";

    public static void Print(Dataset data)
    {
        (double Minimum, double Maximum) x = Range(data, 0), y = Range(data, 1);
        char[][] plot = [.. Enumerable.Range(0, Rows).Select(_ => Enumerable.Repeat(' ', Columns).ToArray())];
        double[] point = new double[data.InputCount];
        for (int sample = 0; sample < data.Count; sample++)
        {
            data.CopyInputs(sample, point);
            plot[Rows - 1 - Cell(point[1], y, Rows)][Cell(point[0], x, Columns)] = Marks[data.Label(sample) % Marks.Length];
        }

        Screen.Line();
        Screen.Line(string.Join("  ", data.Classes.Select((name, i) => $"{Marks[i % Marks.Length]} {name}")));
        foreach (char[] line in plot)
        {
            Screen.Line("|" + new string(line).TrimEnd());
        }

        Screen.Line("+" + new string('-', Columns));
        Screen.Line($" x from {Figures.Real(x.Minimum)} to {Figures.Real(x.Maximum)}, y from {Figures.Real(y.Minimum)} to {Figures.Real(y.Maximum)}");
    }

    private static int Cell(double value, (double Minimum, double Maximum) range, int cells) => range.Maximum > range.Minimum
        ? Math.Min(cells - 1, (int)((value - range.Minimum) / (range.Maximum - range.Minimum) * cells))
        : cells / 2;

    private static (double Minimum, double Maximum) Range(Dataset data, int input)
    {
        double minimum = double.PositiveInfinity, maximum = double.NegativeInfinity;
        double[] point = new double[data.InputCount];
        for (int sample = 0; sample < data.Count; sample++)
        {
            data.CopyInputs(sample, point);
            minimum = Math.Min(minimum, point[input]);
            maximum = Math.Max(maximum, point[input]);
        }

        return (minimum, maximum);
    }
}
