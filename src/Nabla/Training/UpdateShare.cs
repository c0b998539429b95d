using System.Numerics;
using Nabla.Network;
using Nabla.Numerics;
using Nabla.Training.Optimizers;

namespace Nabla.Training;

/// <summary>One worker's share of an update: some rows of the weights of every layer; the last worker has the biases too.</summary>
/// <remarks>
/// A layer's gradient is never stored as a whole: each block of its rows goes through the update rule while it is still in a near cache.
/// Elements are independent, so the division into blocks and shares changes no bit.
/// </remarks>
internal sealed class UpdateShare<T>(NetworkOptions architecture, TrainingOptions options, TrainingState state, int trainCount) : IRowBlocks<T>
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
    public void Run(Workspace<T> workspace, int samples, double learningRate, int part, int parts, double lastShare)
    {
        isFinite = true;
        for (int layer = 0; layer < updatesWeights.Length; layer++)
        {
            BatchInputs<T> inputs = workspace.InputsOf(layer, samples);
            Matrix<T> delta = workspace.Deltas(layer, samples);
            offset = state.Parameters.OffsetOf(layer);
            units = delta.Columns;
            // What is too small to share goes to the last part.
            bool isLast = part == parts - 1;
            (int first, int end) = GemmShape.IsShared((long)inputs.Columns * units * samples) ? GemmRowBlocks<T>.Share(inputs.Columns, part, parts, lastShare) : (0, isLast ? inputs.Columns : 0);
            if (updatesWeights[layer] && first < end)
            {
                update = new UpdateStep(learningRate, 1.0 / samples, options.L1 / trainCount, options.L2 / trainCount, state.Step);
                if (inputs.AreBytes)
                {
                    UpdateWeights(inputs.Bytes, delta, first, end, state.Parameters.Weight<T>(layer));
                }
                else
                {
                    UpdateWeights(inputs.Numbers, delta, first, end, state.Parameters.Weight<T>(layer));
                }
            }

            if (updatesBiases[layer] && isLast)
            {
                // Biases are never decayed.
                update = new UpdateStep(learningRate, 1.0 / samples, 0, 0, state.Step);
                Elementwise.SumColumns(delta, biasGradient.AsSpan(0, units));
                Apply(offset + (inputs.Columns * units), biasGradient.AsSpan(0, units));
            }
        }
    }

    private void UpdateWeights<TInput>(Matrix<TInput> inputs, Matrix<T> delta, int first, int end, Matrix<T> weights) where TInput : unmanaged
    {
        if (options.Optimizer.Kind == OptimizerKind.Sgd && GemmRowTiles.Suits<T>(delta.Columns, delta.Rows))
        {
            isFinite &= FusedSgd.Run(update, inputs, delta, first, end, weights);
        }
        else
        {
            product.Run(inputs, delta, first, end, this);
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
