using System.Numerics;
using Nabla.Network;
using Nabla.Numerics.Products;
using Nabla.Numerics.Threads;
using Nabla.Training.Batches;

namespace Nabla.Training.Plans;

/// <summary>A plan that finishes one mini-batch before it starts the next; only the samples of the next one are preloaded.</summary>
internal abstract class SingleBatchPlan<T> : StepPlan<T>, IParallelWork where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ParameterUpdate<T> update;
    private readonly UpdateWork updateWork;
    private MiniBatch loaded;
    private BatchInputs<T> nextInputs;

    protected SingleBatchPlan(NetworkStructure structure, TrainingOptions options, TrainingState state, Dataset data, WorkerTeam team)
        : base(structure, options, state, data, team, holdsInputs: true)
    {
        update = new ParameterUpdate<T>(structure, options, state, data.Count, Workspace, team.Threads);
        updateWork = new UpdateWork(this);
        // A mini-batch of all samples needs no second buffer: no other follows it in the epoch.
        nextInputs = Workspace.Capacity < data.Count ? BatchInputs<T>.Allocate(Workspace.Capacity, structure.Options.Inputs, AsBytes) : Workspace.Batch(Workspace.Capacity);
    }

    protected MiniBatch Batch { get; private set; }

    /// <summary>Whether the workspace already holds the mini-batch, preloaded during the previous update.</summary>
    protected bool IsLoaded { get; private set; }

    /// <summary>Number of workers that pay off for the mini-batch, by the multiply-adds of its products.</summary>
    protected int BatchParts => Math.Min(Threads, GemmShape.PartCount(Team, (long)Parameters.Count * Batch.Count));

    /// <inheritdoc/>
    public override int Run(MiniBatch first, ReadOnlySpan<double> rates, Span<double> costs)
    {
        Batch = first;
        for (int i = 0; i < rates.Length; i++)
        {
            IsLoaded = loaded == Batch;
            loaded = default;
            nextInputs = Workspace.ExchangeInputs(nextInputs);
            int parts = ComputeDelta();
            costs[i] = Workspace.CostSum(Batch.Count);
            update.Set(Batch.Count, rates[i], State.Step + i + 1, parts);
            Team.Run(updateWork, parts);
            loaded = Batch.Next;
            IsFinite = double.IsFinite(costs[i]) && update.IsFinite;
            if (!IsFinite)
            {
                return i + 1;
            }

            Batch = loaded;
        }

        return rates.Length;
    }

    /// <inheritdoc/>
    public abstract void Run(int part, int parts);

    /// <summary>Loads the samples unless they are preloaded, and computes everything up to δ.</summary>
    /// <returns>The number of workers that share the update.</returns>
    protected abstract int ComputeDelta();

    /// <summary>Loads a part of the mini-batch's samples.</summary>
    protected void Load(int part, int parts) => Load(Batch, Workspace.Batch(Batch.Count), part, parts);

    /// <summary>Loads a part of the samples, and prefetches those of the next mini-batch.</summary>
    private void Load(MiniBatch batch, BatchInputs<T> inputs, int part, int parts)
    {
        int start = batch.Start(part, parts), end = batch.Start(part + 1, parts);
        Loader(part).LoadInputs(batch.Samples(start, end), batch.Epoch, inputs.Slice(start, end - start));
        LoadTargets(part, batch, Workspace, start, end);
        MiniBatch next = batch.Next;
        Loader(part).PrefetchSamples(next.Samples(Math.Min(start, next.Count), Math.Min(end, next.Count)), 0, Structure.Options.Inputs);
    }

    /// <summary>The update. A worker that finishes its part preloads part of the next mini-batch.</summary>
    private sealed class UpdateWork(SingleBatchPlan<T> plan) : IParallelWork
    {
        public void Run(int part, int parts)
        {
            plan.update.Run(part, parts);
            MiniBatch next = plan.Batch.Next;
            plan.Load(next, plan.nextInputs.Slice(0, next.Count), part, parts);
        }
    }
}
