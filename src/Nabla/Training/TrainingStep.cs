using System.Numerics;
using Nabla.Data;
using Nabla.Network;
using Nabla.Numerics.Functions;
using Nabla.Numerics.Threads;
using Nabla.Training.Batches;
using Nabla.Training.Plans;
using Nabla.Training.State;

namespace Nabla.Training;

/// <summary>Mini-batches: load, forward, backward, update. Made once for a run; running it allocates nothing.</summary>
internal sealed class TrainingStep<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly NetworkOptions architecture;
    private readonly TrainingState state;
    private readonly StepPlan<T> plan;
    private readonly ThreadChoice? choice;
    private int samples;
    private int batches;

    public TrainingStep(NetworkOptions architecture, TrainingOptions options, TrainingState state, Dataset data, WorkerTeam team)
    {
        this.architecture = architecture;
        this.state = state;
        int batch = Math.Min(options.BatchSize, data.Count);
        plan = InputPlan<T>.Suits(architecture, options, state.Parameters, batch, team) ? new InputPlan<T>(architecture, options, state, data, team)
            : SamplePlan<T>.Suits(architecture, batch, team) ? new SamplePlan<T>(architecture, options, state, data, team)
            : new ProductPlan<T>(architecture, options, state, data, team);
        choice = team.Threads > 1 && plan is not ProductPlan<T> ? new ThreadChoice(team.Threads) : null;
    }

    /// <summary>How many mini-batches are best run together.</summary>
    public int LongestStretch => plan.LongestStretch;

    /// <inheritdoc cref="StepPlan{T}.Run(MiniBatch, ReadOnlySpan{double}, Span{double})"/>
    public int Run(MiniBatch first, ReadOnlySpan<double> rates, Span<double> costs)
    {
        if (choice is not null)
        {
            plan.Threads = choice.Threads;
        }

        samples = first.Count;
        batches = plan.Run(first, rates, costs);
        state.Step += batches;
        return batches;
    }

    /// <summary>Tells how long the last mini-batches took, in ticks of <see cref="System.Diagnostics.Stopwatch"/>: no bit depends on it, but with how many threads the next ones are computed.</summary>
    public void Took(long ticks) => choice?.Completed(batches * samples, ticks);

    /// <summary>Whether the last mini-batch left every cost and every parameter finite.</summary>
    public bool IsFinite => plan.IsFinite;

    /// <summary>The first layer whose parameters or values of the last mini-batch are not finite, or −1.</summary>
    public int FirstLayerNotFinite()
    {
        for (int layer = 0; layer < architecture.Layers.Count; layer++)
        {
            if (!Elementwise.AllFinite<T>(state.Parameters.Weight<T>(layer).Elements)
                || !Elementwise.AllFinite<T>(state.Parameters.Bias<T>(layer))
                || !Elementwise.AllFinite<T>(plan.Workspace.Activations(layer, samples).Elements))
            {
                return layer;
            }
        }

        return -1;
    }
}
