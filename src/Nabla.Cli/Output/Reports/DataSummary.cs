using System.Text.Json;
using Spectre.Console;

namespace Nabla.Cli.Output.Reports;

/// <summary>The figures of <c>nabla data show</c>.</summary>
internal sealed class DataSummary
{
    private readonly IReadOnlyList<(string Part, Dataset Data)> parts;
    private readonly Dataset first;
    private readonly int samples;

    /// <summary>Samples of each class in each part, [parts][classes].</summary>
    private readonly int[][] counts;
    private readonly double minimum = double.PositiveInfinity;
    private readonly double maximum = double.NegativeInfinity;
    private readonly double mean;

    /// <param name="parts">At least one part; all parts belong to the same data.</param>
    public DataSummary(IReadOnlyList<(string Part, Dataset Data)> parts)
    {
        this.parts = parts;
        first = parts[0].Data;
        samples = parts.Sum(part => part.Data.Count);
        counts = [.. parts.Select(part => CountClasses(part.Data))];
        double[] row = new double[first.InputCount];
        double sum = 0;
        foreach ((_, Dataset data) in parts)
        {
            for (int sample = 0; sample < data.Count; sample++)
            {
                data.CopyInputs(sample, row);
                foreach (double value in row)
                {
                    sum += value;
                    minimum = Math.Min(minimum, value);
                    maximum = Math.Max(maximum, value);
                }
            }
        }

        mean = sum / ((double)samples * first.InputCount);
    }

    public void Print()
    {
        Tables.PrintFacts(
            ("data", $"{first.Name}: {string.Join(" + ", parts.Select(part => $"{Figures.Count(part.Data.Count)} {part.Part}"))} samples"),
            ("inputs", first.Image is { } image ? $"{first.InputCount} ({image} pixels)" : $"{first.InputCount}"),
            ("range", $"{Figures.Real(minimum)} to {Figures.Real(maximum)}, mean {Figures.Real(mean)}"),
            ("targets", first.IsRegression ? $"{first.TargetCount} real values" : $"{first.Classes.Count} classes"));
        if (first.Columns is { } columns)
        {
            Screen.Line();
            ColumnTable.Print(columns);
        }

        if (first.IsRegression)
        {
            return;
        }

        Screen.Line();
        Table table = Tables.Create(["class", .. parts.Select(part => "#" + part.Part), "#share"]);
        for (int label = 0; label < first.Classes.Count; label++)
        {
            Tables.AddRow(table, [first.Classes[label], .. counts.Select(count => Figures.Count(count[label])), Figures.Percent((double)Total(label) / samples)]);
        }

        Tables.Print(table);
    }

    public void WriteJson(Utf8JsonWriter writer)
    {
        writer.WriteString("data", first.Name);
        writer.WriteNumber("samples", samples);
        foreach ((string part, Dataset data) in parts)
        {
            writer.WriteNumber(part, data.Count);
        }

        writer.WriteNumber("inputs", first.InputCount);
        if (first.Image is { } image)
        {
            writer.WriteStartArray("image");
            writer.WriteNumberValue(image.Rows);
            writer.WriteNumberValue(image.Columns);
            writer.WriteEndArray();
        }

        if (first.Columns is { } columns)
        {
            ColumnTable.WriteJson(writer, columns);
        }

        writer.WriteNumber("minimum", minimum);
        writer.WriteNumber("maximum", maximum);
        writer.WriteNumber("mean", mean);
        writer.WriteStartArray("classes");
        for (int label = 0; label < first.Classes.Count; label++)
        {
            writer.WriteStartObject();
            writer.WriteString("class", first.Classes[label]);
            writer.WriteNumber("samples", Total(label));
            for (int part = 0; part < parts.Count; part++)
            {
                writer.WriteNumber(parts[part].Part, counts[part][label]);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static int[] CountClasses(Dataset data)
    {
        int[] count = new int[data.Classes.Count];
        for (int sample = 0; sample < data.Count && !data.IsRegression; sample++)
        {
            count[data.Label(sample)]++;
        }

        return count;
    }

    private int Total(int label) => counts.Sum(count => count[label]);
}
