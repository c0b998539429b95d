using System.Numerics;
using System.Runtime.InteropServices;
using Nabla.Network.Prediction;
using Nabla.Numerics.Threads;

namespace Nabla.Models;

/// <summary>Predicts batches in one precision: each worker takes a share of the samples and processes it in blocks.</summary>
internal sealed class BatchPrediction<T> : ISpanWork<float, float>, ISpanWork<double, double>, ISpanWork<float, double>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Samples in a block: they and their activations stay in the second-level cache.</summary>
    private const int SamplesAtOnce = 96;

    /// <summary>Fewer samples per thread do not pay for the thread.</summary>
    private const int SamplesOfPart = 6;

    private readonly WorkerTeam team;
    private readonly int inputCount;
    private readonly int outputCount;
    private readonly PackedNetwork<T>.Worker[] workers;
    private readonly SpanWork<float, float> ofSingle;
    private readonly SpanWork<double, double> ofDouble;
    private readonly SpanWork<float, double> ofBoth;

    public BatchPrediction(Model model, WorkerTeam team)
    {
        this.team = team;
        inputCount = model.Architecture.Inputs;
        outputCount = model.Architecture.Outputs;
        var network = new PackedNetwork<T>(model.Architecture, model.Parameters);
        workers = [.. Enumerable.Range(0, team.Threads).Select(_ => network.CreateWorker(SamplesAtOnce))];
        ofSingle = new SpanWork<float, float>(this);
        ofDouble = new SpanWork<double, double>(this);
        ofBoth = new SpanWork<float, double>(this);
    }

    /// <summary>Computes the outputs of some samples: float to float, double to double, or float to double.</summary>
    public void Run<TInput, TOutput>(ReadOnlySpan<TInput> inputs, Span<TOutput> outputs)
        where TInput : unmanaged
        where TOutput : unmanaged
    {
        int parts = Math.Clamp(inputs.Length / inputCount / SamplesOfPart, 1, team.Threads);
        if (typeof(TOutput) == typeof(float))
        {
            ofSingle.Run(team, MemoryMarshal.Cast<TInput, float>(inputs), MemoryMarshal.Cast<TOutput, float>(outputs), parts);
        }
        else if (typeof(TInput) == typeof(double))
        {
            ofDouble.Run(team, MemoryMarshal.Cast<TInput, double>(inputs), MemoryMarshal.Cast<TOutput, double>(outputs), parts);
        }
        else
        {
            ofBoth.Run(team, MemoryMarshal.Cast<TInput, float>(inputs), MemoryMarshal.Cast<TOutput, double>(outputs), parts);
        }
    }

    void ISpanWork<float, float>.Run(ReadOnlySpan<float> inputs, Span<float> outputs, int part, int parts) => RunPart(inputs, outputs, part, parts);

    void ISpanWork<double, double>.Run(ReadOnlySpan<double> inputs, Span<double> outputs, int part, int parts) => RunPart(inputs, outputs, part, parts);

    void ISpanWork<float, double>.Run(ReadOnlySpan<float> inputs, Span<double> outputs, int part, int parts) => RunPart(inputs, outputs, part, parts);

    private void RunPart<TInput, TOutput>(ReadOnlySpan<TInput> inputs, Span<TOutput> outputs, int part, int parts)
        where TInput : unmanaged, INumber<TInput>
        where TOutput : unmanaged, INumber<TOutput>
    {
        PackedNetwork<T>.Worker worker = workers[part];
        int samples = inputs.Length / inputCount, end = (int)((long)samples * (part + 1) / parts);
        for (int start = (int)((long)samples * part / parts); start < end; start += SamplesAtOnce)
        {
            int count = Math.Min(SamplesAtOnce, end - start);
            Convert(inputs.Slice(start * inputCount, count * inputCount), worker.Inputs(count).Elements);
            Convert<T, TOutput>(worker.Predict(count).Elements, outputs.Slice(start * outputCount, count * outputCount));
        }
    }

    private static void Convert<TFrom, TTo>(ReadOnlySpan<TFrom> from, Span<TTo> to)
        where TFrom : unmanaged, INumber<TFrom>
        where TTo : unmanaged, INumber<TTo>
    {
        if (typeof(TFrom) == typeof(TTo))
        {
            MemoryMarshal.Cast<TFrom, TTo>(from).CopyTo(to);
            return;
        }

        for (int i = 0; i < from.Length; i++)
        {
            to[i] = TTo.CreateTruncating(from[i]);
        }
    }
}
