using System.Numerics;
using Nabla.Network;
using Nabla.Numerics;
using Nabla.Training.Optimizers;

namespace Nabla.Training;

/// <summary>One mini-batch: forward, backward, update. Made once for a run; running it allocates nothing.</summary>
/// <remarks>
/// A layer's gradient is never stored as a whole: each block of its rows goes through the update rule while it is still in a near cache.
/// A layer is updated only after δ has passed through its weights.
/// </remarks>
internal sealed class TrainingStep<T> : ILayerGradients<T>, IRowBlocks<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Backpropagation<T> network;
    private readonly TrainingOptions options;
    private readonly TrainingState state;
    private readonly WorkerTeam team;
    private readonly T[] biasGradient;
    private readonly bool[] updatesWeights;
    private readonly bool[] updatesBiases;
    private readonly int trainCount;
    private UpdateStep update;
    private int offset;
    private int units;

    public TrainingStep(NetworkOptions architecture, TrainingOptions options, TrainingState state, int trainCount, WorkerTeam team)
    {
        this.options = options;
        this.state = state;
        this.trainCount = trainCount;
        this.team = team;
        network = new Backpropagation<T>(architecture, Math.Min(options.BatchSize, trainCount), differentiates: true, team);
        biasGradient = new T[architecture.Layers.Max(layer => layer.Units)];
        updatesWeights = [.. Enumerable.Range(0, architecture.Layers.Count).Select(layer => !options.FrozenWeights.Contains(layer))];
        updatesBiases = [.. Enumerable.Range(0, architecture.Layers.Count).Select(layer => !options.FrozenBiases.Contains(layer))];
    }

    /// <summary>Where a mini-batch is loaded.</summary>
    public Workspace<T> Workspace => network.Workspace;

    /// <summary>Trains on the samples in the workspace.</summary>
    /// <param name="samples">Samples in the workspace; the mean is taken over these.</param>
    /// <param name="learningRate">η.</param>
    /// <param name="epoch">The epoch, 1-based.</param>
    /// <param name="position">Position in the epoch of the first of these samples.</param>
    /// <returns>The sum of their data costs before the update.</returns>
    public double Run(int samples, double learningRate, int epoch, long position)
    {
        state.Step++;
        update = new UpdateStep(learningRate, 1.0 / samples, 0, 0, state.Step);
        return network.Run(state.Parameters, samples, new Dropout(options.Dropout, options.Seed, (uint)epoch, position), this);
    }

    /// <summary>The first layer whose parameters or values of this mini-batch are not finite, or −1.</summary>
    public int FirstLayerNotFinite(int samples)
    {
        for (int layer = 0; layer < network.LayerCount; layer++)
        {
            if (!Elementwise.AllFinite<T>(state.Parameters.Weight<T>(layer).Elements)
                || !Elementwise.AllFinite<T>(state.Parameters.Bias<T>(layer))
                || !Elementwise.AllFinite<T>(Workspace.Activations(layer, samples).Elements))
            {
                return layer;
            }
        }

        return -1;
    }

    /// <summary>Updates a layer.</summary>
    void ILayerGradients<T>.Take(int layer, Matrix<T> inputs, Matrix<T> delta)
    {
        offset = state.Parameters.OffsetOf(layer);
        units = delta.Columns;
        if (updatesWeights[layer])
        {
            update = update with { L1 = options.L1 / trainCount, L2 = options.L2 / trainCount };
            Gemm.MultiplyTransposedLeft(team, inputs, delta, this);
        }

        if (updatesBiases[layer])
        {
            // Biases are never decayed.
            update = update with { L1 = 0, L2 = 0 };
            Elementwise.SumColumns(delta, biasGradient.AsSpan(0, units));
            Apply(offset + (inputs.Columns * units), biasGradient.AsSpan(0, units));
        }
    }

    /// <summary>Updates the weights that start at some inputs of the current layer. Elements are independent, so the division into blocks changes no bit.</summary>
    void IRowBlocks<T>.Take(int first, ReadOnlySpan<T> rows) => Apply(offset + (first * units), rows);

    private void Apply(int start, ReadOnlySpan<T> gradient) => UpdateRule.Apply(
        options.Optimizer,
        update,
        state.Parameters.All<T>().Slice(start, gradient.Length),
        gradient,
        Moment(0, start, gradient.Length),
        Moment(1, start, gradient.Length));

    private Span<T> Moment(int index, int start, int count) => index < state.Moments.Count ? state.Moments[index].All<T>().Slice(start, count) : default;
}
