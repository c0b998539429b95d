using System.Numerics;
using Nabla.Network;
using Nabla.Numerics.Functions;
using Nabla.Numerics.Threads;
using Nabla.Training.Batches;
using Nabla.Training.Plans;

namespace Nabla.Training;

/// <summary>Mini-batches: load, forward, backward, update. Made once for a run; running it allocates nothing.</summary>
internal sealed class TrainingStep<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly NetworkStructure structure;
    private readonly TrainingState state;
    private readonly StepPlan<T> plan;
    private readonly ThreadChoice? choice;
    private int samples;
    private int batches;

    public TrainingStep(NetworkOptions architecture, TrainingOptions options, TrainingState state, Dataset data, WorkerTeam team)
    {
        structure = new NetworkStructure(architecture);
        this.state = state;
        int batch = Math.Min(options.BatchSize, data.Count);
        plan = GradientPlan<T>.IsNeeded(structure, options) ? new GradientPlan<T>(structure, options, state, data, team)
            : InputPlan<T>.Suits(structure, options, batch, team) ? new InputPlan<T>(structure, options, state, data, team)
            : SamplePlan<T>.Suits(structure, batch, team) ? new SamplePlan<T>(structure, options, state, data, team)
            : new ProductPlan<T>(structure, options, state, data, team);
        choice = team.Threads > 1 && plan is InputPlan<T> or SamplePlan<T> ? new ThreadChoice(team.Threads) : null;
    }

    /// <summary>How many mini-batches are best run together.</summary>
    public int MaxBatchesPerRun => plan.MaxBatchesPerRun;

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

    /// <summary>The first layer, by its place in the list, whose parameters or values of the last mini-batch are not finite, or −1.</summary>
    public int FirstLayerNotFinite()
    {
        for (int stage = 0; stage < structure.Stages.Count; stage++)
        {
            int layer = Math.Max(0, structure.Stages[stage].Transform);
            bool isFinite = Elementwise.AllFinite<T>(plan.Workspace.Activations(stage, samples).Elements);
            foreach (ParameterTensor tensor in state.Parameters.Tensors.Where(tensor => tensor.Layer == layer))
            {
                isFinite &= Elementwise.AllFinite<T>(state.Parameters.Values<T>(tensor));
            }

            if (!isFinite)
            {
                return layer;
            }
        }

        return -1;
    }
}
