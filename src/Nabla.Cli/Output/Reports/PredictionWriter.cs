using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Nabla.Cli.Output.Reports;

/// <summary>Predictions on standard output, one line per sample: CSV with a header, or JSON Lines.</summary>
internal sealed class PredictionWriter : IDisposable
{
    private readonly Stream stream;
    private readonly Model model;
    private readonly bool json;
    private readonly bool all;
    private readonly string[] names;
    private readonly IReadOnlyList<string> kept;
    private readonly bool areFiles;
    private readonly MemoryStream line = new();
    private readonly StringBuilder text = new();
    private readonly Utf8JsonWriter jsonWriter;

    /// <param name="stream">Receives the lines.</param>
    /// <param name="model">The model that predicts.</param>
    /// <param name="json">JSON Lines instead of CSV.</param>
    /// <param name="all">All outputs, not only that of the predicted class.</param>
    /// <param name="kept">Columns of the input that are written before the prediction.</param>
    /// <param name="areFiles">Whether the columns are file names, which JSON writes beside the prediction and not under
    /// "kept".</param>
    public PredictionWriter(Stream stream, Model model, bool json, bool all, IReadOnlyList<string> kept, bool areFiles = false)
    {
        this.kept = kept;
        this.areFiles = areFiles;
        this.stream = new BufferedStream(stream, 1 << 16);
        this.model = model;
        this.json = json;
        this.all = all;
        names = [.. Enumerable.Range(0, model.Architecture.Outputs).Select(model.OutputName)];
        jsonWriter = new Utf8JsonWriter(line);
        if (!json)
        {
            IEnumerable<string> header = IsRegression ? names : ["label", "probability", .. all ? names : []];
            Write(string.Join(',', kept.Concat(header.Select(name => kept.Contains(name) ? $"predicted_{name}" : name)).Select(Quote)) + "\n");
        }
    }

    private bool IsRegression => model.IsRegression;

    public void Add(Prediction prediction) => Add(prediction, []);

    /// <param name="prediction">The prediction.</param>
    /// <param name="cells">The cells of the kept columns.</param>
    public void Add(Prediction prediction, ReadOnlySpan<string> cells)
    {
        if (json)
        {
            AddJson(prediction, cells);
        }
        else
        {
            AddCsv(prediction, cells);
        }
    }

    /// <summary>Flushes the stream.</summary>
    public void Flush() => stream.Flush();

    public void Dispose()
    {
        stream.Flush();
        jsonWriter.Dispose();
        line.Dispose();
    }

    private static string Quote(string name) =>
        name.AsSpan().ContainsAny(",\"\r\n") ? $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : name;

    /// <summary>The shortest text that reads back as the same number in the precision of the model.</summary>
    private string Number(double value) => model.Parameters.Precision == Precision.Single
        ? ((float)value).ToString(CultureInfo.InvariantCulture)
        : value.ToString(CultureInfo.InvariantCulture);

    /// <summary>Writes null for a number that is not finite, since JSON has none.</summary>
    private void WriteNumber(double value)
    {
        if (!double.IsFinite(value) || (model.Parameters.Precision == Precision.Single && !float.IsFinite((float)value)))
        {
            jsonWriter.WriteNullValue();
        }
        else if (model.Parameters.Precision == Precision.Single)
        {
            jsonWriter.WriteNumberValue((float)value);
        }
        else
        {
            jsonWriter.WriteNumberValue(value);
        }
    }

    private void Write(string written) => stream.Write(Encoding.UTF8.GetBytes(written));

    private void AddCsv(Prediction prediction, ReadOnlySpan<string> cells)
    {
        text.Clear();
        foreach (string cell in cells)
        {
            text.Append(Quote(cell)).Append(',');
        }

        if (!IsRegression)
        {
            text.Append(Quote(prediction.ClassName ?? "")).Append(',').Append(Number(prediction.Confidence ?? 0));
        }

        if (IsRegression || all)
        {
            bool first = IsRegression;
            foreach (double output in prediction.Outputs)
            {
                text.Append(first ? "" : ",").Append(Number(output));
                first = false;
            }
        }

        Write(text.Append('\n').ToString());
    }

    private void AddJson(Prediction prediction, ReadOnlySpan<string> cells)
    {
        line.SetLength(0);
        jsonWriter.Reset(line);
        jsonWriter.WriteStartObject();
        if (kept.Count > 0 && !areFiles)
        {
            jsonWriter.WriteStartObject("kept");
        }

        for (int i = 0; i < cells.Length; i++)
        {
            jsonWriter.WriteString(kept[i], cells[i]);
        }

        if (kept.Count > 0 && !areFiles)
        {
            jsonWriter.WriteEndObject();
        }

        if (IsRegression)
        {
            AddOutputs("values", prediction);
        }
        else
        {
            jsonWriter.WriteString("label", prediction.ClassName);
            jsonWriter.WritePropertyName("probability");
            WriteNumber(prediction.Confidence ?? 0);
            if (all)
            {
                AddOutputs("probabilities", prediction);
            }
        }

        jsonWriter.WriteEndObject();
        jsonWriter.Flush();
        line.WriteByte((byte)'\n');
        stream.Write(line.GetBuffer().AsSpan(0, (int)line.Length));
    }

    private void AddOutputs(string member, Prediction prediction)
    {
        jsonWriter.WriteStartObject(member);
        for (int i = 0; i < names.Length; i++)
        {
            jsonWriter.WritePropertyName(names[i]);
            WriteNumber(prediction.Outputs[i]);
        }

        jsonWriter.WriteEndObject();
    }
}
