using System.Numerics;
using Nabla.Network;
using Nabla.Numerics;
using Nabla.Training.Optimizers;

namespace Nabla.Training;

/// <summary>One worker's share of an update: some rows of every layer's weights, and the biases of some layers.</summary>
/// <remarks>
/// A layer's gradient is never stored as a whole: each block of its rows goes through the update rule while it is still in a near cache.
/// Elements are independent, so the division into blocks and shares changes no bit.
/// </remarks>
internal sealed class ParameterUpdate<T>(NetworkOptions architecture, TrainingOptions options, TrainingState state, int trainCount) : IRowBlocks<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly GemmRowBlocks<T> product = new();
    private readonly T[] biasGradient = new T[architecture.Layers.Max(layer => layer.Units)];
    private readonly bool[] updatesWeights = [.. Enumerable.Range(0, architecture.Layers.Count).Select(layer => !options.FrozenWeights.Contains(layer))];
    private readonly bool[] updatesBiases = [.. Enumerable.Range(0, architecture.Layers.Count).Select(layer => !options.FrozenBiases.Contains(layer))];
    private UpdateStep update;
    private bool isFinite;
    private int offset;
    private int units;

    /// <summary>Whether all parameters of the share are finite after the last update.</summary>
    public bool IsFinite => isFinite;

    /// <summary>Updates the share of a part, from the inputs and δ of all layers that the workspace holds.</summary>
    public void Run(Workspace<T> workspace, int samples, double learningRate, int part, int parts)
    {
        isFinite = true;
        for (int layer = 0; layer < updatesWeights.Length; layer++)
        {
            Matrix<T> inputs = workspace.InputsOf(layer, samples), delta = workspace.Deltas(layer, samples);
            offset = state.Parameters.OffsetOf(layer);
            units = delta.Columns;
            (int first, int end) = GemmRowBlocks<T>.Share(inputs.Columns, part, parts);
            if (updatesWeights[layer] && first < end)
            {
                update = new UpdateStep(learningRate, 1.0 / samples, options.L1 / trainCount, options.L2 / trainCount, state.Step);
                product.Run(inputs, delta, first, end, this);
            }

            if (updatesBiases[layer] && layer % parts == part)
            {
                // Biases are never decayed.
                update = new UpdateStep(learningRate, 1.0 / samples, 0, 0, state.Step);
                Elementwise.SumColumns(delta, biasGradient.AsSpan(0, units));
                Apply(offset + (inputs.Columns * units), biasGradient.AsSpan(0, units));
            }
        }
    }

    /// <summary>Updates the weights that start at some inputs of the current layer.</summary>
    void IRowBlocks<T>.Take(int first, ReadOnlySpan<T> rows) => Apply(offset + (first * units), rows);

    private void Apply(int start, ReadOnlySpan<T> gradient) => isFinite &= UpdateRule.Apply(
        options.Optimizer,
        update,
        state.Parameters.All<T>().Slice(start, gradient.Length),
        gradient,
        Moment(0, start, gradient.Length),
        Moment(1, start, gradient.Length));

    private Span<T> Moment(int index, int start, int count) => index < state.Moments.Count ? state.Moments[index].All<T>().Slice(start, count) : default;
}
