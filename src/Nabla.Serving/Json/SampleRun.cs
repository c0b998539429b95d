using System.Buffers;
using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Nabla.Serving.Json;

/// <summary>
/// Predicts the samples of a request in chunks, so that a short body with wide columns takes little memory.
/// </summary>
internal sealed class SampleRun(ModelLease lease, int mostRows) : IDisposable
{
    /// <summary>Input values of a chunk: one megabyte, unless one sample has more.</summary>
    private const int ValuesOfChunk = 1 << 17;

    private const int MostRowsOfChunk = 256;

    private readonly int width = lease.Model.Architecture.Inputs;
    private readonly int units = lease.Model.Architecture.Outputs;
    private readonly int rowsOfChunk = Math.Clamp(ValuesOfChunk / lease.Model.Architecture.Inputs, 1, MostRowsOfChunk);
    private double[] inputs = [];
    private double[] outputs = [];
    private int waiting;
    private int done;

    /// <summary>Number of samples so far.</summary>
    public int Count => done + waiting;

    /// <summary>A span for the inputs of another sample, [inputs].</summary>
    /// <exception cref="RequestRefusedException">The request has too many rows.</exception>
    public Span<double> Next()
    {
        if (Count == mostRows)
        {
            throw new RequestRefusedException(
                StatusCodes.Status413PayloadTooLarge,
                $"The request has more than {mostRows.ToString(CultureInfo.InvariantCulture)} rows. Send fewer rows per request.");
        }

        if (waiting == rowsOfChunk)
        {
            Flush();
        }

        Grow(ref inputs, (waiting + 1) * width, waiting * width);
        return inputs.AsSpan(waiting++ * width, width);
    }

    /// <summary>Predicts the waiting samples.</summary>
    /// <exception cref="RequestRefusedException">An output is not finite.</exception>
    public void Flush()
    {
        if (waiting == 0)
        {
            return;
        }

        Grow(ref outputs, Count * units, done * units);
        Span<double> answers = outputs.AsSpan(done * units, waiting * units);
        lease.Predictor.PredictRaw(inputs.AsSpan(0, waiting * width), answers);
        for (int i = 0; i < answers.Length; i++)
        {
            if (!double.IsFinite(answers[i]))
            {
                throw new RequestRefusedException(
                    StatusCodes.Status400BadRequest,
                    $"Row {(done + (i / units)).ToString(CultureInfo.InvariantCulture)} (from 0) gives no finite output: its inputs are too large for the network.");
            }
        }

        done += waiting;
        waiting = 0;
    }

    /// <summary>The prediction of a sample that has been flushed.</summary>
    public Prediction Interpret(int sample) => lease.Model.InterpretRaw(outputs.AsSpan(sample * units, units));

    public void Dispose()
    {
        Return(ref inputs);
        Return(ref outputs);
    }

    private static void Grow(ref double[] values, int needed, int used)
    {
        if (needed > values.Length)
        {
            double[] larger = ArrayPool<double>.Shared.Rent(Math.Max(needed, 2 * used));
            values.AsSpan(0, used).CopyTo(larger);
            Return(ref values);
            values = larger;
        }
    }

    private static void Return(ref double[] values)
    {
        if (values.Length > 0)
        {
            ArrayPool<double>.Shared.Return(values);
            values = [];
        }
    }
}
