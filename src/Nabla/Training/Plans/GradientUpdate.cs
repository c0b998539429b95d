using System.Numerics;
using Nabla.Network;
using Nabla.Numerics.Threads;
using Nabla.Training.UpdateRules;

namespace Nabla.Training.Plans;

/// <summary>The update of all tensors by a stored gradient, shared between the workers. Elements are independent, so the shares change no bit.</summary>
internal sealed class GradientUpdate<T> : IParallelWork where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Elements that are worth another worker.</summary>
    private const int ElementsOfWorker = 1 << 13;

    /// <summary>Shares begin at whole cache lines.</summary>
    private const int ElementsOfLine = 16;

    private readonly TrainingState state;
    private readonly Parameters gradient;
    private readonly WorkerTeam team;
    private readonly ParameterTensor[] tensors;
    private readonly UpdateFunction<T>[] rules;
    private readonly bool[] areFinite;
    private readonly double l1;
    private readonly double l2;
    private UpdateStep weights;
    private UpdateStep others;

    /// <param name="structure">The network.</param>
    /// <param name="options">The update rule and the penalties.</param>
    /// <param name="state">The parameters and moments, which are changed.</param>
    /// <param name="gradient">The gradient summed over the mini-batch.</param>
    /// <param name="trainCount">n, the size of the training set.</param>
    /// <param name="team">The workers.</param>
    public GradientUpdate(NetworkStructure structure, TrainingOptions options, TrainingState state, Parameters gradient, int trainCount, WorkerTeam team)
    {
        this.state = state;
        this.gradient = gradient;
        this.team = team;
        tensors = [.. structure.Tensors.Where(tensor => tensor.IsTrained && !options.Freezes(tensor))];
        rules = [.. Enumerable.Range(0, team.Threads).Select(_ => options.Optimizer.CreateFunction<T>())];
        areFinite = new bool[team.Threads];
        (l1, l2) = (options.L1 / trainCount, options.L2 / trainCount);
    }

    /// <summary>One update.</summary>
    /// <param name="learningRate">η.</param>
    /// <param name="scale">What the gradient is multiplied by: 1/m, less where it is clipped.</param>
    /// <param name="step">The number of the update in the run, 1-based.</param>
    /// <returns>Whether the parameters are all finite.</returns>
    public bool Run(double learningRate, double scale, long step)
    {
        weights = new UpdateStep(learningRate, scale, l1, l2, step);
        others = new UpdateStep(learningRate, scale, 0, 0, step);
        int parts = Math.Clamp(gradient.Count / ElementsOfWorker, 1, team.Threads);
        team.Run(this, parts);
        return !areFinite.AsSpan(0, parts).Contains(false);
    }

    /// <inheritdoc/>
    public void Run(int part, int parts)
    {
        bool isFinite = true;
        foreach (ParameterTensor tensor in tensors)
        {
            int start = Start(tensor.Count, part, parts), end = Start(tensor.Count, part + 1, parts);
            Range range = (tensor.Offset + start)..(tensor.Offset + end);
            isFinite &= rules[part].Apply(
                tensor.Declaration.IsDecayed ? weights : others, state.Parameters.All<T>()[range], gradient.All<T>()[range], Moment(0, range), Moment(1, range));
        }

        areFinite[part] = isFinite;
    }

    private static int Start(int count, int part, int parts) => part == parts ? count : (int)((long)count * part / parts / ElementsOfLine) * ElementsOfLine;

    private Span<T> Moment(int index, Range range) => index < state.Moments.Count ? state.Moments[index].All<T>()[range] : default;
}
