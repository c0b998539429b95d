using System.Numerics;
using Nabla.Numerics;

namespace Nabla.Network;

/// <summary>Every matrix that a pass over at most <see cref="Capacity"/> samples needs, taken once.</summary>
internal sealed class Workspace<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Matrix<T> inputs;
    private readonly Matrix<T> targets;
    private readonly Matrix<T>[] activations;
    private readonly Matrix<T>[] derivatives;
    private readonly Matrix<T>[] deltas;
    private readonly double[] costs;

    /// <param name="options">The architecture.</param>
    /// <param name="capacity">The largest mini-batch.</param>
    /// <param name="backward">Whether the backward pass will be used.</param>
    public Workspace(NetworkOptions options, int capacity, bool backward)
    {
        Capacity = capacity;
        inputs = new Matrix<T>(capacity, options.Inputs);
        targets = new Matrix<T>(capacity, options.Outputs);
        activations = [.. options.Layers.Select(layer => new Matrix<T>(capacity, layer.Units))];
        derivatives = backward ? [.. options.Layers.SkipLast(1).Select(layer => new Matrix<T>(capacity, layer.Units))] : [];
        // Without a backward pass the output layer's δ is only scratch for its cost.
        deltas = backward
            ? [.. options.Layers.Select(layer => new Matrix<T>(capacity, layer.Units))]
            : [new Matrix<T>(capacity, options.Outputs)];
        costs = new double[capacity];
    }

    /// <summary>The largest number of samples.</summary>
    public int Capacity { get; }

    /// <summary>The inputs of the first <paramref name="samples"/> samples, [samples, inputs].</summary>
    public Matrix<T> Inputs(int samples) => inputs.Slice(0, samples);

    /// <summary>The targets, [samples, outputs].</summary>
    public Matrix<T> Targets(int samples) => targets.Slice(0, samples);

    /// <summary>z and then a of a layer, [samples, units].</summary>
    public Matrix<T> Activations(int layer, int samples) => activations[layer].Slice(0, samples);

    /// <summary>f′(z) of a hidden layer, with the dropout mask in it, [samples, units].</summary>
    public Matrix<T> Derivatives(int layer, int samples) => derivatives[layer].Slice(0, samples);

    /// <summary>δ = ∂C/∂z of a layer, [samples, units].</summary>
    public Matrix<T> Deltas(int layer, int samples) => deltas[layer].Slice(0, samples);

    /// <summary>What the output layer may overwrite while it measures costs, [samples, outputs].</summary>
    public Matrix<T> OutputScratch(int samples) => deltas[^1].Slice(0, samples);

    /// <summary>The cost of each sample, [samples].</summary>
    public Span<double> Costs(int samples) => costs.AsSpan(0, samples);
}
