using System.Numerics;
using Nabla.Network;
using Nabla.Numerics.Functions;
using Nabla.Numerics.Memory;
using Nabla.Numerics.Products;
using Nabla.Training.UpdateRules;

namespace Nabla.Training.Plans;

/// <summary>One worker's share of an update: some weight rows of every layer. The last worker also has the biases and the small layers, and fewer rows in return.</summary>
/// <remarks>
/// A layer's gradient is never stored as a whole: each block of its rows goes through the update rule while it is still in a near cache.
/// Elements are independent, so the division into blocks and shares changes no bit.
/// </remarks>
internal sealed class UpdateShare<T>(NetworkStructure structure, TrainingOptions options, TrainingState state, int trainCount) : IRowBlockEpilogue<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Units are rounded up to this for cost estimates: one 512-bit vector.</summary>
    private const int VectorUnits = 16;

    private readonly BlockFusedGemm<T> product = new();
    private readonly T[] biasGradient = new T[structure.Stages.Max(stage => stage.Units)];
    private readonly UpdateFunction<T> rule = options.Optimizer.CreateFunction<T>();
    private readonly bool[] updatesWeights = [.. structure.Tensors.Where(tensor => tensor.Declaration.IsDecayed).Select(tensor => !options.Freezes(tensor))];
    private readonly bool[] updatesBiases = [.. structure.Tensors.Where(tensor => !tensor.Declaration.IsDecayed).Select(tensor => !options.Freezes(tensor))];
    private UpdateStep update;
    private (int Samples, int Parts) sharedOut;
    private double lastShareRatio;
    private bool isFinite;
    private int offset;
    private int units;

    /// <summary>Whether all parameters of the share are finite after the last update.</summary>
    public bool IsFinite => isFinite;

    /// <summary>Updates the share of a part, from the inputs and δ of all layers that the workspace holds.</summary>
    /// <param name="workspace">Inputs and δ.</param>
    /// <param name="samples">How many samples it holds.</param>
    /// <param name="learningRate">η.</param>
    /// <param name="step">The optimizer step, 1-based.</param>
    /// <param name="part">The part.</param>
    /// <param name="parts">Parts of the update.</param>
    /// <param name="ownInputs">The inputs whose weights in the first layer are this part's, where each part has some of its ownInputs, and the number of the first one.</param>
    public void Run(Workspace<T> workspace, int samples, double learningRate, long step, int part, int parts, (BatchInputs<T> Inputs, int First)? ownInputs = null)
    {
        isFinite = true;
        if ((samples, parts) != sharedOut)
        {
            sharedOut = (samples, parts);
            lastShareRatio = ComputeLastShareRatio(samples, parts, ownInputs is null ? 0 : 1);
        }

        for (int layer = 0; layer < updatesWeights.Length; layer++)
        {
            Matrix<T> weights = state.Parameters.Weight<T>(layer);
            Matrix<T> delta = workspace.Deltas(layer, samples);
            units = delta.Columns;
            bool isLast = part == parts - 1;
            if (updatesWeights[layer])
            {
                update = new UpdateStep(learningRate, 1.0 / samples, options.L1 / trainCount, options.L2 / trainCount, step);
                if (layer == 0 && ownInputs is { } range)
                {
                    offset = state.Parameters.OffsetOf(layer) + (range.First * units);
                    UpdateWeights(range.Inputs, delta, 0, range.Inputs.Columns, weights.Slice(range.First, range.Inputs.Columns));
                }
                else
                {
                    // The last part updates layers that are too small to divide.
                    offset = state.Parameters.OffsetOf(layer);
                    (int first, int end) = GemmShape.IsShared((long)weights.Rows * units * samples) ? BlockFusedGemm<T>.Share(weights.Rows, part, parts, lastShareRatio) : (0, isLast ? weights.Rows : 0);
                    UpdateWeights(workspace.InputsOf(layer, samples), delta, first, end, weights);
                }
            }

            if (updatesBiases[layer] && isLast)
            {
                // Biases are never decayed.
                update = new UpdateStep(learningRate, 1.0 / samples, 0, 0, step);
                Elementwise.SumColumns(delta, biasGradient.AsSpan(0, units));
                Apply(state.Parameters.OffsetOf(layer) + weights.Elements.Length, biasGradient.AsSpan(0, units));
            }
        }
    }

    /// <summary>The last part's number of shared rows relative to another part's: it also updates everything that is not shared.</summary>
    private double ComputeLastShareRatio(int samples, int parts, int firstLayer)
    {
        double shared = 0, others = 0;
        for (int layer = firstLayer; layer < updatesWeights.Length; layer++)
        {
            int inputs = structure.Stages[layer].Inputs.Size, outputs = structure.Stages[layer].Units;
            int row = (outputs + VectorUnits - 1) / VectorUnits * VectorUnits;
            double weights = updatesWeights[layer] ? (double)inputs * row : 0;
            (shared, others) = GemmShape.IsShared((long)inputs * outputs * samples) ? (shared + weights, others + row) : (shared, others + weights + row);
        }

        return Math.Max(0, 1 - (others * parts / (shared + others)));
    }

    private void UpdateWeights(BatchInputs<T> inputs, Matrix<T> delta, int first, int end, Matrix<T> weights)
    {
        if (first == end)
        {
            return;
        }

        if (inputs.AreBytes)
        {
            UpdateWeights(inputs.Bytes, delta, first, end, weights);
        }
        else
        {
            UpdateWeights(inputs.Numbers, delta, first, end, weights);
        }
    }

    private void UpdateWeights<TInput>(Matrix<TInput> inputs, Matrix<T> delta, int first, int end, Matrix<T> weights) where TInput : unmanaged
    {
        if (rule.TryUpdateByProduct(update, inputs, delta, first, end, weights) is { } stillFinite)
        {
            isFinite &= stillFinite;
        }
        else
        {
            product.Run(inputs, delta, first, end, this);
        }
    }

    /// <summary>Updates the weights that start at some inputs of the current layer.</summary>
    void IRowBlockEpilogue<T>.Apply(int first, ReadOnlySpan<T> rows) => Apply(offset + (first * units), rows);

    private void Apply(int start, ReadOnlySpan<T> gradient) => isFinite &= rule.Apply(
        update,
        state.Parameters.All<T>().Slice(start, gradient.Length),
        gradient,
        Moment(0, start, gradient.Length),
        Moment(1, start, gradient.Length));

    private Span<T> Moment(int index, int start, int count) => index < state.Moments.Count ? state.Moments[index].All<T>().Slice(start, count) : default;
}
