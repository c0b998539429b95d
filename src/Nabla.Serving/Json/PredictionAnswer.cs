using System.IO.Pipelines;
using System.Text.Json;

namespace Nabla.Serving.Json;

/// <summary>
/// Writes predictions with the names of <c>nabla predict --json</c>: <c>label</c>, <c>probability</c>,
/// <c>probabilities</c>, <c>values</c>.
/// </summary>
internal sealed class PredictionAnswer(Model model)
{
    /// <summary>Bytes that are written between two flushes to the caller.</summary>
    private const int BytesAtOnce = 1 << 15;

    private readonly string[] names = [.. Enumerable.Range(0, model.Architecture.Outputs).Select(model.OutputName)];

    /// <summary>Writes the predictions of all samples.</summary>
    public async Task WriteAsync(SampleRun run, bool probabilities, PipeWriter body, CancellationToken cancellation)
    {
        long sent = 0;
        await using var json = new Utf8JsonWriter(body, JsonAnswer.Readable);
        json.WriteStartObject();
        json.WriteStartArray("predictions");
        for (int sample = 0; sample < run.Count; sample++)
        {
            Write(json, run.Interpret(sample), probabilities);
            if (json.BytesCommitted + json.BytesPending - sent > BytesAtOnce)
            {
                await json.FlushAsync(cancellation).ConfigureAwait(false);
                sent = json.BytesCommitted;
                await body.FlushAsync(cancellation).ConfigureAwait(false);
            }
        }

        json.WriteEndArray();
        json.WriteEndObject();
        await json.FlushAsync(cancellation).ConfigureAwait(false);
    }

    private void Write(Utf8JsonWriter json, Prediction prediction, bool probabilities)
    {
        json.WriteStartObject();
        if (!model.IsRegression)
        {
            json.WriteString("label", prediction.ClassName);
            Number(json, "probability", prediction.Confidence ?? 0);
        }

        if (model.IsRegression || probabilities)
        {
            json.WriteStartObject(model.IsRegression ? "values" : "probabilities");
            for (int i = 0; i < names.Length; i++)
            {
                Number(json, names[i], prediction.Outputs[i]);
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    /// <summary>Writes the shortest text that reads back as the same number in the precision of the model.</summary>
    private void Number(Utf8JsonWriter json, string name, double value)
    {
        if (model.Parameters.Precision == Precision.Single && float.IsFinite((float)value))
        {
            json.WriteNumber(name, (float)value);
        }
        else
        {
            json.WriteNumber(name, value);
        }
    }
}
