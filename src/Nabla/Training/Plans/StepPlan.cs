using System.Numerics;
using Nabla.Data;
using Nabla.Network;
using Nabla.Numerics;

namespace Nabla.Training.Plans;

/// <summary>A mini-batch: samples [First, First + Count) of an epoch's order.</summary>
/// <param name="Order">The samples of the epoch in their order.</param>
/// <param name="First">Place of the first sample in it.</param>
/// <param name="Count">Samples of the mini-batch.</param>
/// <param name="Epoch">The epoch, 1-based.</param>
internal readonly record struct MiniBatch(int[] Order, int First, int Count, int Epoch)
{
    /// <summary>Samples [start, end) of the mini-batch.</summary>
    public ReadOnlySpan<int> Samples(int start, int end) => Order.AsSpan(First + start, end - start);

    /// <summary>The samples at the same places of the next mini-batch, as far as there are any.</summary>
    public ReadOnlySpan<int> Next(int start, int end)
    {
        int next = Math.Min(First + Count + start, Order.Length);
        return Order.AsSpan(next, Math.Min(end - start, Order.Length - next));
    }
}

/// <summary>How the workers share the way of a mini-batch from the data to δ. No bit depends on the plan.</summary>
internal abstract class StepPlan<T> : IParallelWork where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly TrainingOptions options;
    private readonly BatchLoader[] loaders;
    private readonly SampleWeights? weights;

    protected StepPlan(NetworkOptions architecture, TrainingOptions options, Parameters parameters, Dataset data, SampleWeights? weights, Workspace<T> workspace, WorkerTeam team)
    {
        this.options = options;
        this.weights = weights;
        Architecture = architecture;
        Parameters = parameters;
        Workspace = workspace;
        Team = team;
        loaders = [.. Enumerable.Range(0, team.Threads).Select(_ => new BatchLoader(data, options.Targets, options.Augmentation, options.Seed))];
    }

    protected NetworkOptions Architecture { get; }

    protected Parameters Parameters { get; }

    protected Workspace<T> Workspace { get; }

    protected WorkerTeam Team { get; }

    protected MiniBatch Batch { get; private set; }

    /// <summary>Fills the workspace.</summary>
    public void Run(MiniBatch batch)
    {
        Batch = batch;
        Share();
    }

    /// <inheritdoc/>
    public abstract void Run(int part, int parts);

    /// <summary>Hands the mini-batch to the workers.</summary>
    protected abstract void Share();

    protected BatchLoader Loader(int part) => loaders[part];

    /// <summary>The dropout of the samples from one of the mini-batch on.</summary>
    protected Dropout DropoutFrom(int sample) => new(options.Dropout, options.Seed, (uint)Batch.Epoch, Batch.First + sample);

    /// <summary>Where the samples of a part begin.</summary>
    protected int Start(int part, int parts) => (int)((long)Batch.Count * part / parts);

    /// <summary>Loads targets and weights of samples [start, end).</summary>
    protected void LoadTargets(int part, int start, int end)
    {
        loaders[part].LoadTargets(Batch.Samples(start, end), Workspace.Targets(Batch.Count).Slice(start, end - start));
        weights?.CopyTo(Batch.Samples(start, end), Workspace.Weights(Batch.Count)[start..end]);
    }

    /// <summary>Loads a part's samples, and asks for those of the next mini-batch.</summary>
    protected void Load(int part, int parts)
    {
        int start = Start(part, parts), end = Start(part + 1, parts);
        loaders[part].LoadInputs(Batch.Samples(start, end), Batch.Epoch, Workspace.Inputs(Batch.Count).Slice(start, end - start));
        LoadTargets(part, start, end);
        loaders[part].Expect(Batch.Next(start, end));
    }
}
