using System.Numerics;
using Nabla.Network;
using Nabla.Numerics.Threads;
using Nabla.Training.Batches;

namespace Nabla.Training.Plans;

/// <summary>The general plan. It runs any list of layers, and the gradient of a mini-batch is a value, shaped like the parameters, which can be clipped before the update.</summary>
/// <remarks>For dense networks, without clipping and with one shard, its bits are those of the fused plans.</remarks>
internal sealed class GradientPlan<T> : StepPlan<T>, IParallelWork where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Backpropagation<T> network;
    private readonly Parameters gradient;
    private readonly ShardTree<T>? tree;
    private readonly GradientNorm<T>? norm;
    private readonly GradientUpdate<T> update;
    private readonly double? clipNorm;
    private MiniBatch batch;

    public GradientPlan(NetworkStructure structure, TrainingOptions options, TrainingState state, Dataset data, WorkerTeam team)
        : base(structure, options, state, data, team, holdsInputs: true, readsBytes: false)
    {
        network = new Backpropagation<T>(structure, Workspace, differentiates: true, team);
        gradient = state.Parameters.NewGradient();
        tree = options.GradientShards > 1 ? new ShardTree<T>(options.GradientShards) : null;
        clipNorm = options.ClipNorm;
        norm = clipNorm is null ? null : new GradientNorm<T>([.. structure.Tensors.Where(tensor => tensor.IsTrained && !options.Freezes(tensor))]);
        update = new GradientUpdate<T>(structure, options, state, gradient, data.Count, team);
    }

    /// <summary>Whether the fused plans cannot run a network with these options.</summary>
    public static bool IsNeeded(NetworkStructure structure, TrainingOptions options) =>
        !structure.IsDense || !structure.SeparatesSamples || options.ClipNorm is not null || options.GradientShards > 1;

    /// <inheritdoc/>
    public override int Run(MiniBatch first, ReadOnlySpan<double> rates, Span<double> costs)
    {
        batch = first;
        for (int i = 0; i < rates.Length; i++)
        {
            Team.Run(this, Math.Min(Team.Threads, batch.Count));
            costs[i] = network.Differentiate(Parameters, batch.Count, ContextOf(batch, 0), gradient, tree);
            double scale = 1.0 / batch.Count;
            if (norm is not null)
            {
                double length = norm.Of(gradient) * scale;
                scale = length > clipNorm ? scale * (clipNorm.Value / length) : scale;
            }

            IsFinite = update.Run(rates[i], scale, State.Step + i + 1) && double.IsFinite(costs[i]);
            if (!IsFinite)
            {
                return i + 1;
            }

            batch = batch.Next;
        }

        return rates.Length;
    }

    /// <summary>Loads a part of the samples.</summary>
    public void Run(int part, int parts)
    {
        int start = batch.Start(part, parts), end = batch.Start(part + 1, parts);
        Loader(part).LoadInputs(batch.Samples(start, end), batch.Epoch, Workspace.Batch(batch.Count).Slice(start, end - start));
        LoadTargets(part, batch, Workspace, start, end);
    }
}
