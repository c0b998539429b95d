using System.Numerics;
using Nabla.Data;
using Nabla.Network;
using Nabla.Numerics;
using Nabla.Training.Plans;

namespace Nabla.Training;

/// <summary>One mini-batch: load, forward, backward, update. Made once for a run; running it allocates nothing.</summary>
internal sealed class TrainingStep<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly NetworkOptions architecture;
    private readonly TrainingState state;
    private readonly Workspace<T> workspace;
    private readonly StepPlan<T> plan;
    private readonly ThreadChoice? choice;
    private int samples;

    public TrainingStep(NetworkOptions architecture, TrainingOptions options, TrainingState state, Dataset data, WorkerTeam team)
    {
        this.architecture = architecture;
        this.state = state;
        int batch = Math.Min(options.BatchSize, data.Count);
        SampleWeights? weights = SampleWeights.Of(data, options.ClassWeights);
        workspace = new Workspace<T>(architecture, batch, backward: true, weighted: weights is not null, asBytes: data.HoldsPixels && options.Augmentation is null);
        plan = InputPlan<T>.Suits(architecture, options, state.Parameters, batch, team) ? new InputPlan<T>(architecture, options, state, data, weights, workspace, team)
            : SamplePlan<T>.Suits(architecture, batch, team) ? new SamplePlan<T>(architecture, options, state, data, weights, workspace, team)
            : new ProductPlan<T>(architecture, options, state, data, weights, workspace, team);
        choice = team.Threads > 1 && plan is not ProductPlan<T> ? new ThreadChoice(team.Threads) : null;
    }

    /// <summary>Trains on a mini-batch.</summary>
    /// <param name="batch">Which samples; the mean is taken over these.</param>
    /// <param name="rate">η.</param>
    /// <returns>The sum of their data costs before the update.</returns>
    public double Run(MiniBatch batch, double rate)
    {
        samples = batch.Count;
        state.Step++;
        if (choice is not null)
        {
            plan.Threads = choice.Threads;
        }

        plan.Run(batch, rate);
        double cost = workspace.CostSum(samples);
        IsFinite = double.IsFinite(cost) && plan.IsFinite;
        return cost;
    }

    /// <summary>Tells how long the last mini-batch took, in ticks of <see cref="System.Diagnostics.Stopwatch"/>: no bit depends on it, but with how many threads the next ones are computed.</summary>
    public void Took(long ticks) => choice?.Completed(samples, ticks);

    /// <summary>Whether the last mini-batch left every cost and every parameter finite.</summary>
    public bool IsFinite { get; private set; } = true;

    /// <summary>The first layer whose parameters or values of the last mini-batch are not finite, or −1.</summary>
    public int FirstLayerNotFinite()
    {
        for (int layer = 0; layer < architecture.Layers.Count; layer++)
        {
            if (!Elementwise.AllFinite<T>(state.Parameters.Weight<T>(layer).Elements)
                || !Elementwise.AllFinite<T>(state.Parameters.Bias<T>(layer))
                || !Elementwise.AllFinite<T>(workspace.Activations(layer, samples).Elements))
            {
                return layer;
            }
        }

        return -1;
    }
}
