using System.Numerics;
using Nabla.Network;
using Nabla.Numerics.Threads;
using Nabla.Training.Batches;

namespace Nabla.Training.Plans;

/// <summary>Divides the work on mini-batches, from loading to the update, among the workers. The plan changes no bit of the result.</summary>
internal abstract class StepPlan<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly TrainingOptions options;
    private readonly BatchLoader[] loaders;
    private readonly SampleWeights? weights;

    protected StepPlan(NetworkStructure structure, TrainingOptions options, TrainingState state, Dataset data, WorkerTeam team, bool holdsInputs, bool readsBytes = true)
    {
        this.options = options;
        weights = SampleWeights.Of(data, options.ClassWeights);
        Structure = structure;
        State = state;
        AsBytes = data.HoldsPixels && options.Augmentation is null && readsBytes;
        Workspace = NewWorkspace(Math.Min(options.BatchSize, data.Count), holdsInputs);
        Team = team;
        Threads = team.Threads;
        loaders = [.. Enumerable.Range(0, team.Threads).Select(_ => new BatchLoader(data, options.Targets, options.Augmentation, options.Seed))];
    }

    /// <summary>The workspace of the last mini-batch.</summary>
    public Workspace<T> Workspace { get; protected set; }

    /// <summary>Whether the last mini-batch left every cost and every parameter finite.</summary>
    public bool IsFinite { get; protected set; } = true;

    /// <summary>The number of threads for the next mini-batches, if the plan can run on fewer than all.</summary>
    public int Threads { get; set; }

    /// <summary>The most mini-batches per call of Run: more than one where waking the workers would cost noticeable time.</summary>
    public virtual int MaxBatchesPerRun => 1;

    protected NetworkStructure Structure { get; }

    /// <summary>Whether the inputs of a mini-batch are images as bytes.</summary>
    protected bool AsBytes { get; }

    protected TrainingState State { get; }

    protected Parameters Parameters => State.Parameters;

    protected WorkerTeam Team { get; }

    /// <summary>Trains on consecutive mini-batches of the same size.</summary>
    /// <param name="first">The first one.</param>
    /// <param name="rates">η of each.</param>
    /// <param name="costs">Receives, for each, the sum of its samples' data costs before its update.</param>
    /// <returns>The number of mini-batches done: all, or up to and including the first that left a value not finite.</returns>
    public abstract int Run(MiniBatch first, ReadOnlySpan<double> rates, Span<double> costs);

    protected Workspace<T> NewWorkspace(int batch, bool holdsInputs) =>
        new(Structure, batch, backward: true, weighted: weights is not null, AsBytes, holdsInputs);

    protected BatchLoader Loader(int part) => loaders[part];

    /// <summary>The context of a pass that starts at the given sample of a mini-batch.</summary>
    protected PassContext ContextOf(MiniBatch batch, int sample) => PassContext.Training(options.Seed, batch.Epoch, batch.First + sample);

    /// <summary>Loads targets and weights of samples [start, end) of a mini-batch.</summary>
    protected void LoadTargets(int part, MiniBatch batch, Workspace<T> workspace, int start, int end)
    {
        loaders[part].LoadTargets(batch.Samples(start, end), workspace.Targets(batch.Count).Slice(start, end - start));
        weights?.CopyTo(batch.Samples(start, end), workspace.Weights(batch.Count)[start..end]);
    }
}
