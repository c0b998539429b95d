using System.Numerics;
using Nabla.Numerics.Memory;

namespace Nabla.Network;

/// <summary>Every matrix that a pass over at most <see cref="Capacity"/> samples needs, taken once.</summary>
internal sealed class Workspace<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly BatchInputs<T>[] inputs;
    private readonly Matrix<T> targets;
    private readonly Matrix<T>[] activations;
    private readonly Matrix<T>[] derivatives;
    private readonly Matrix<T>[] deltas;
    private readonly double[] costs;
    private readonly T[] weights;

    /// <param name="options">The architecture.</param>
    /// <param name="capacity">The largest mini-batch.</param>
    /// <param name="backward">Whether the backward pass will be used.</param>
    /// <param name="weighted">Whether the samples have weights.</param>
    /// <param name="asBytes">Whether the inputs are images as bytes.</param>
    /// <param name="holdsInputs">Whether the inputs lie here.</param>
    public Workspace(NetworkOptions options, int capacity, bool backward, bool weighted = false, bool asBytes = false, bool holdsInputs = true)
    {
        Capacity = capacity;
        // One, which all views of the memory see.
        inputs = [holdsInputs ? BatchInputs<T>.Take(capacity, options.Inputs, asBytes) : default];
        targets = new Matrix<T>(capacity, options.Outputs);
        activations = OfLayers(options, options.Layers.Count);
        derivatives = OfLayers(options, backward ? options.Layers.Count - 1 : 0);
        // Without a backward pass the output layer's δ is only scratch for its cost.
        deltas = backward ? OfLayers(options, options.Layers.Count) : [new Matrix<T>(capacity, options.Outputs)];
        costs = new double[capacity];
        weights = weighted ? new T[capacity] : [];
    }

    private Workspace(Workspace<T> whole)
    {
        Capacity = whole.Capacity;
        inputs = whole.inputs;
        targets = whole.targets;
        activations = whole.activations;
        derivatives = whole.derivatives;
        deltas = whole.deltas;
        costs = whole.costs;
        weights = whole.weights;
    }

    /// <summary>The largest number of samples.</summary>
    public int Capacity { get; }

    /// <summary>The sample of the shared memory that is the first one here.</summary>
    public int First { get; set; }

    /// <summary>The same memory, seen from another first sample: one for each worker that has samples of its own.</summary>
    public Workspace<T> Share() => new(this);

    /// <summary>The inputs of <paramref name="samples"/> samples from the first one on, [samples, inputs], as numbers or bytes.</summary>
    public BatchInputs<T> Batch(int samples) => inputs[0].Slice(First, samples);

    /// <summary>The same where they are numbers.</summary>
    public Matrix<T> Inputs(int samples) => inputs[0].Numbers.Slice(First, samples);

    /// <summary>Takes other memory for the inputs, and returns what it had.</summary>
    public BatchInputs<T> ExchangeInputs(BatchInputs<T> other)
    {
        BatchInputs<T> before = inputs[0];
        inputs[0] = other;
        return before;
    }

    /// <summary>The targets, [samples, outputs].</summary>
    public Matrix<T> Targets(int samples) => targets.Slice(First, samples);

    /// <summary>z and then a of a layer, [samples, units].</summary>
    public Matrix<T> Activations(int layer, int samples) => activations[layer].Slice(First, samples);

    /// <summary>What a layer reads: the inputs, or a of the layer below, [samples, units].</summary>
    public BatchInputs<T> InputsOf(int layer, int samples) => layer == 0 ? Batch(samples) : new(Activations(layer - 1, samples));

    /// <summary>f′(z) of a hidden layer, with the dropout mask in it, [samples, units].</summary>
    public Matrix<T> Derivatives(int layer, int samples) => derivatives[layer].Slice(First, samples);

    /// <summary>δ = ∂C/∂z of a layer, [samples, units].</summary>
    public Matrix<T> Deltas(int layer, int samples) => deltas[layer].Slice(First, samples);

    /// <summary>What the output layer may overwrite while it measures costs, [samples, outputs].</summary>
    public Matrix<T> OutputScratch(int samples) => deltas[^1].Slice(First, samples);

    /// <summary>The cost of each sample, [samples].</summary>
    public Span<double> Costs(int samples) => costs.AsSpan(First, samples);

    /// <summary>Whether the samples have weights.</summary>
    public bool IsWeighted => weights.Length > 0;

    /// <summary>How much each sample counts, [samples].</summary>
    public Span<T> Weights(int samples) => weights.AsSpan(First, samples);

    /// <summary>Σ_x C_x, added in the order of the samples.</summary>
    public double CostSum(int samples)
    {
        double sum = 0;
        foreach (double cost in Costs(samples))
        {
            sum += cost;
        }

        return sum;
    }

    /// <summary>A matrix [capacity, units] for each of the first layers.</summary>
    private Matrix<T>[] OfLayers(NetworkOptions options, int count)
    {
        var matrices = new Matrix<T>[count];
        for (int layer = 0; layer < count; layer++)
        {
            matrices[layer] = new Matrix<T>(Capacity, options.Layers[layer].Units);
        }

        return matrices;
    }
}
