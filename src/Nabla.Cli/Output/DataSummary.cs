using System.Text.Json;
using Nabla.Data;
using Spectre.Console;

namespace Nabla.Cli.Output;

/// <summary>What <c>nabla data show</c> says of data in figures.</summary>
internal sealed class DataSummary
{
    private readonly Dataset data;
    private readonly string part;
    private readonly int[] counts;
    private readonly double minimum = double.PositiveInfinity;
    private readonly double maximum = double.NegativeInfinity;
    private readonly double mean;

    public DataSummary(Dataset data, string part)
    {
        this.data = data;
        this.part = part;
        counts = new int[data.Classes.Count];
        double[] row = new double[data.InputCount];
        double sum = 0;
        for (int sample = 0; sample < data.Count; sample++)
        {
            data.CopyInputs(sample, row);
            foreach (double value in row)
            {
                sum += value;
                minimum = Math.Min(minimum, value);
                maximum = Math.Max(maximum, value);
            }

            if (!data.IsRegression)
            {
                counts[data.Label(sample)]++;
            }
        }

        mean = sum / ((double)data.Count * data.InputCount);
    }

    public void Print()
    {
        Tables.PrintFacts(
            ("data", $"{data.Name}, {part}: {Figures.Count(data.Count)} samples"),
            ("inputs", data.Image is { } image ? $"{data.InputCount} ({image} pixels)" : $"{data.InputCount}"),
            ("range", $"{Figures.Real(minimum)} to {Figures.Real(maximum)}, mean {Figures.Real(mean)}"),
            ("targets", data.IsRegression ? $"{data.TargetCount} real values" : $"{data.Classes.Count} classes"));
        if (data.IsRegression)
        {
            return;
        }

        Screen.Line();
        Table table = Tables.Create("class", "#samples", "#share");
        for (int label = 0; label < counts.Length; label++)
        {
            Tables.AddRow(table, data.Classes[label], Figures.Count(counts[label]), Figures.Percent((double)counts[label] / data.Count));
        }

        Tables.Print(table);
    }

    public void WriteJson(Utf8JsonWriter writer)
    {
        writer.WriteString("data", data.Name);
        writer.WriteString("part", part);
        writer.WriteNumber("samples", data.Count);
        writer.WriteNumber("inputs", data.InputCount);
        if (data.Image is { } image)
        {
            writer.WriteStartArray("image");
            writer.WriteNumberValue(image.Rows);
            writer.WriteNumberValue(image.Columns);
            writer.WriteEndArray();
        }

        writer.WriteNumber("minimum", minimum);
        writer.WriteNumber("maximum", maximum);
        writer.WriteNumber("mean", mean);
        writer.WriteStartArray("classes");
        for (int label = 0; label < counts.Length; label++)
        {
            writer.WriteStartObject();
            writer.WriteString("class", data.Classes[label]);
            writer.WriteNumber("samples", counts[label]);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
