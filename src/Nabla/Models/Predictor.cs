using System.Numerics;
using Nabla.Models;
using Nabla.Numerics.Threads;

namespace Nabla;

/// <summary>Predicts batches on all cores with memory allocated once. Any number of threads may call it.</summary>
/// <remarks>
/// A sample has the same output bits alone and in any batch. One batch runs at a time; single samples do not wait for it.
/// The first batch packs a copy of the weights, so the model's parameters must not change afterwards.
/// </remarks>
public sealed class Predictor : IDisposable
{
    private readonly Lock running = new();
    private readonly Model model;
    private readonly WorkerTeam team;
    private readonly int outputCount;
    private BatchPrediction<float>? single;
    private BatchPrediction<double>? precise;

    /// <summary>A predictor for a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="threads">Worker threads, at least 1, or null for one per core.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number of threads is below 1.</exception>
    public Predictor(Model model, int? threads = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        this.model = model;
        outputCount = model.Architecture.Outputs;
        team = new WorkerTeam(threads ?? Environment.ProcessorCount);
    }

    /// <summary>Predicts some samples, in the unit of the targets. Allocates nothing once warm.</summary>
    /// <param name="inputs">[samples, inputs], row by row.</param>
    /// <param name="outputs">[samples, outputs], row by row.</param>
    /// <exception cref="ArgumentException">A length does not match the network.</exception>
    public void Predict(ReadOnlySpan<float> inputs, Span<float> outputs)
    {
        PredictRaw(inputs, outputs);
        model.ToTargetUnit(outputs);
    }

    /// <inheritdoc cref="Predict(ReadOnlySpan{float}, Span{float})"/>
    public void Predict(ReadOnlySpan<double> inputs, Span<double> outputs)
    {
        PredictRaw(inputs, outputs);
        model.ToTargetUnit(outputs);
    }

    /// <summary>Computes the outputs of some samples as the network gives them: targets of a table that were scaled for
    /// training stay scaled, and <see cref="Model.InterpretRaw"/> takes them. Allocates nothing once warm.</summary>
    /// <param name="inputs">[samples, inputs], row by row.</param>
    /// <param name="outputs">[samples, outputs], row by row.</param>
    /// <exception cref="ArgumentException">A length does not match the network.</exception>
    public void PredictRaw(ReadOnlySpan<float> inputs, Span<float> outputs) => Run(inputs, outputs);

    /// <inheritdoc cref="PredictRaw(ReadOnlySpan{float}, Span{float})"/>
    public void PredictRaw(ReadOnlySpan<double> inputs, Span<double> outputs) => Run(inputs, outputs);

    /// <inheritdoc cref="PredictRaw(ReadOnlySpan{float}, Span{float})"/>
    public void PredictRaw(ReadOnlySpan<float> inputs, Span<double> outputs) => Run(inputs, outputs);

    /// <summary>Ends the worker threads.</summary>
    public void Dispose() => team.Dispose();

    private void Run<TInput, TOutput>(ReadOnlySpan<TInput> inputs, Span<TOutput> outputs)
        where TInput : unmanaged, INumber<TInput>
        where TOutput : unmanaged, INumber<TOutput>
    {
        if (Samples(inputs.Length, outputs.Length) == 1)
        {
            model.Run(inputs, outputs);
            return;
        }

        lock (running)
        {
            if (model.Parameters.Precision == Precision.Single)
            {
                (single ??= new BatchPrediction<float>(model, team)).Run(inputs, outputs);
            }
            else
            {
                (precise ??= new BatchPrediction<double>(model, team)).Run(inputs, outputs);
            }
        }
    }

    private int Samples(int inputs, int outputs)
    {
        NetworkOptions network = model.Architecture;
        int samples = inputs / network.Inputs;
        return inputs == samples * network.Inputs && outputs == (long)samples * outputCount
            ? samples
            : throw new ArgumentException($"{inputs} input values and {outputs} output values are not whole samples of {network.Inputs} inputs and {outputCount} outputs.");
    }
}
