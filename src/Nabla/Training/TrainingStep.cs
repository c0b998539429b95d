using System.Numerics;
using Nabla.Network;
using Nabla.Numerics;
using Nabla.Training.Optimizers;

namespace Nabla.Training;

/// <summary>One mini-batch: forward, backward, update. Made once for a run; running it allocates nothing.</summary>
internal sealed class TrainingStep<T> : IParallelWork where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Below this many elements a hand-over to another thread costs more than it saves.</summary>
    private const int ElementsPerPart = 1 << 15;

    private readonly Backpropagation<T> network;
    private readonly TrainingOptions options;
    private readonly TrainingState state;
    private readonly Parameters gradient;
    private readonly WorkerTeam team;
    private readonly List<Block> blocks = [];
    private readonly int trainCount;
    private UpdateStep update;
    private Block block;

    public TrainingStep(NetworkOptions architecture, TrainingOptions options, TrainingState state, int trainCount, WorkerTeam team)
    {
        this.options = options;
        this.state = state;
        this.trainCount = trainCount;
        this.team = team;
        network = new Backpropagation<T>(architecture, Math.Min(options.BatchSize, trainCount), backward: true, team);
        gradient = new Parameters(architecture, state.Parameters.Precision);
        for (int layer = 0; layer < architecture.Layers.Count; layer++)
        {
            int offset = gradient.OffsetOf(layer), weights = gradient.InputsOf(layer) * gradient.UnitsOf(layer);
            if (!options.FrozenWeights.Contains(layer))
            {
                blocks.Add(new Block(offset, weights, IsWeight: true));
            }

            if (!options.FrozenBiases.Contains(layer))
            {
                blocks.Add(new Block(offset + weights, gradient.UnitsOf(layer), IsWeight: false));
            }
        }
    }

    /// <summary>Where a mini-batch is loaded.</summary>
    public Workspace<T> Workspace => network.Workspace;

    /// <summary>Trains on the samples in the workspace.</summary>
    /// <param name="samples">Samples in the workspace; the mean is taken over these.</param>
    /// <param name="learningRate">η.</param>
    /// <param name="epoch">The epoch, 1-based.</param>
    /// <param name="position">Position in the epoch of the first of these samples.</param>
    /// <returns>The sum of their data costs before the update.</returns>
    public double Run(int samples, double learningRate, int epoch, long position)
    {
        var dropout = new Dropout(options.Dropout, options.Seed, (uint)epoch, position);
        double cost = network.Differentiate(state.Parameters, samples, dropout, gradient);
        state.Step++;
        foreach (Block b in blocks)
        {
            block = b;
            update = new UpdateStep(learningRate, 1.0 / samples, b.IsWeight ? options.L1 / trainCount : 0, b.IsWeight ? options.L2 / trainCount : 0, state.Step);
            team.Run(this, Math.Clamp(b.Count / ElementsPerPart, 1, team.Threads));
        }

        return cost;
    }

    /// <summary>The first layer whose parameters or values of this mini-batch are not finite, or −1.</summary>
    public int FirstLayerNotFinite(int samples)
    {
        for (int layer = 0; layer < network.LayerCount; layer++)
        {
            if (!Elementwise.AllFinite<T>(state.Parameters.Weight<T>(layer).Elements)
                || !Elementwise.AllFinite<T>(state.Parameters.Bias<T>(layer))
                || !Elementwise.AllFinite<T>(Workspace.Activations(layer, samples).Elements))
            {
                return layer;
            }
        }

        return -1;
    }

    /// <summary>Updates one part of the current block. Elements are independent, so the parts change no bit.</summary>
    void IParallelWork.Run(int part, int parts)
    {
        int first = (int)((long)block.Count * part / parts), end = (int)((long)block.Count * (part + 1) / parts);
        UpdateRule.Apply(
            options.Optimizer,
            update,
            state.Parameters.All<T>().Slice(block.Offset + first, end - first),
            gradient.All<T>().Slice(block.Offset + first, end - first),
            Moment(0, first, end),
            Moment(1, first, end));
    }

    private Span<T> Moment(int index, int first, int end) =>
        index < state.Moments.Count ? state.Moments[index].All<T>().Slice(block.Offset + first, end - first) : default;

    private readonly record struct Block(int Offset, int Count, bool IsWeight);
}
