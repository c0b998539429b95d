using System.Numerics;
using Nabla.Data;
using Nabla.Network;
using Nabla.Numerics;

namespace Nabla.Training.Plans;

/// <summary>How the workers share a mini-batch: from the data to δ, and the update. No bit depends on the plan.</summary>
internal abstract class StepPlan<T> : IParallelWork where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly TrainingOptions options;
    private readonly BatchLoader[] loaders;
    private readonly SampleWeights? weights;
    private readonly UpdateWork updateWork;
    private MiniBatch loaded;
    private BatchInputs<T> nextInputs;

    protected StepPlan(NetworkOptions architecture, TrainingOptions options, TrainingState state, Dataset data, SampleWeights? weights, Workspace<T> workspace, WorkerTeam team)
    {
        this.options = options;
        this.weights = weights;
        Architecture = architecture;
        Parameters = state.Parameters;
        Update = new ParameterUpdate<T>(architecture, options, state, data.Count, workspace, team.Threads);
        Workspace = workspace;
        Team = team;
        Threads = team.Threads;
        loaders = [.. Enumerable.Range(0, team.Threads).Select(_ => new BatchLoader(data, options.Targets, options.Augmentation, options.Seed))];
        updateWork = new UpdateWork(this);
        // A mini-batch of all samples has none after it.
        BatchInputs<T> inputs = workspace.Batch(workspace.Capacity);
        nextInputs = workspace.Capacity < data.Count ? BatchInputs<T>.Take(workspace.Capacity, architecture.Inputs, inputs.AreBytes) : inputs;
    }

    protected NetworkOptions Architecture { get; }

    protected Parameters Parameters { get; }

    protected Workspace<T> Workspace { get; }

    protected WorkerTeam Team { get; }

    protected ParameterUpdate<T> Update { get; }

    protected MiniBatch Batch { get; private set; }

    /// <summary>Whether the workspace holds the mini-batch, loaded during the update before.</summary>
    protected bool IsLoaded { get; private set; }

    /// <summary>Whether the last update left every parameter finite.</summary>
    public bool IsFinite => Update.IsFinite;

    /// <summary>How many threads take part in the next step, where the plan can do without some.</summary>
    public int Threads { get; set; }

    /// <summary>Fills the workspace and updates the parameters.</summary>
    public void Run(MiniBatch batch, double learningRate)
    {
        Batch = batch;
        IsLoaded = loaded == batch;
        loaded = default;
        nextInputs = Workspace.ExchangeInputs(nextInputs);
        Share(learningRate);
    }

    /// <inheritdoc/>
    public abstract void Run(int part, int parts);

    /// <inheritdoc/>
    public virtual void RunAfterwards(int part)
    {
    }

    /// <summary>Hands the mini-batch to the workers.</summary>
    protected abstract void Share(double learningRate);

    /// <summary>Hands the update to so many workers, when δ is there. Who has done its part loads some of the next mini-batch.</summary>
    protected void ShareUpdate(double learningRate, int parts)
    {
        Update.Set(Batch.Count, learningRate, parts);
        Team.Run(updateWork, parts);
        loaded = Batch.Next;
    }

    /// <summary>How many workers the mini-batch is worth: each product goes over all weights and samples.</summary>
    protected int PartsOfStep => Math.Min(Threads, GemmShape.Parts(Team, (long)Parameters.Count * Batch.Count));

    protected BatchLoader Loader(int part) => loaders[part];

    /// <summary>The dropout of the samples from one of the mini-batch on.</summary>
    protected Dropout DropoutFrom(int sample) => new(options.Dropout, options.Seed, (uint)Batch.Epoch, Batch.First + sample);

    /// <summary>Loads targets and weights of samples [start, end) of a mini-batch.</summary>
    protected void LoadTargets(int part, MiniBatch batch, int start, int end)
    {
        loaders[part].LoadTargets(batch.Samples(start, end), Workspace.Targets(batch.Count).Slice(start, end - start));
        weights?.CopyTo(batch.Samples(start, end), Workspace.Weights(batch.Count)[start..end]);
    }

    /// <summary>Loads a part of the mini-batch's samples.</summary>
    protected void Load(int part, int parts) => Load(Batch, Workspace.Batch(Batch.Count), part, parts);

    /// <summary>Where the inputs of the next mini-batch go.</summary>
    protected BatchInputs<T> NextInputs(int samples) => nextInputs.Slice(0, samples);

    /// <summary>Loads a part of the samples, and asks for those of the mini-batch after them.</summary>
    private void Load(MiniBatch batch, BatchInputs<T> inputs, int part, int parts)
    {
        int start = batch.Start(part, parts), end = batch.Start(part + 1, parts);
        loaders[part].LoadInputs(batch.Samples(start, end), batch.Epoch, inputs.Slice(start, end - start));
        LoadTargets(part, batch, start, end);
        MiniBatch next = batch.Next;
        loaders[part].Expect(next.Samples(Math.Min(start, next.Count), Math.Min(end, next.Count)), 0, Architecture.Inputs);
    }

    /// <summary>The update, and the load that comes after it.</summary>
    private sealed class UpdateWork(StepPlan<T> plan) : IParallelWork
    {
        public void Run(int part, int parts)
        {
            plan.Update.Run(part, parts);
            MiniBatch next = plan.Batch.Next;
            plan.Load(next, plan.NextInputs(next.Count), part, parts);
        }
    }
}
