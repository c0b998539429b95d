using System.Numerics;
using Nabla.Data;
using Nabla.Network;
using Nabla.Numerics;

namespace Nabla.Training;

/// <summary>One mini-batch: load, forward, backward, update. Made once for a run; running it allocates nothing.</summary>
/// <remarks>
/// Small networks: each worker takes some samples all the way from the data to δ by itself. Large ones: the workers share each product, so that
/// its operands are packed once. Then each worker updates its share of the parameters. No bit depends on the way or on the shares.
/// </remarks>
internal sealed class TrainingStep<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The most weights of a layer that a worker's second cache holds beside its samples.</summary>
    private const long MostWeightsBySamples = 1 << 17;

    /// <summary>Fewer samples than this fill no register tile.</summary>
    private const int SamplesOfTile = 5;

    /// <summary>Inputs that are worth another thread to load: some 5 µs of work.</summary>
    private const long InputsOfLoad = 1 << 15;

    private readonly TrainingOptions options;
    private readonly TrainingState state;
    private readonly WorkerTeam team;
    private readonly Worker[] workers;
    private readonly Backpropagation<T> network;
    private readonly Phase samplesPhase;
    private readonly Phase loadPhase;
    private readonly Phase updatePhase;
    private readonly long weights;
    private readonly bool bySamples;
    private int[] order = [];
    private int first;
    private int samples;
    private int epoch;
    private double learningRate;

    public TrainingStep(NetworkOptions architecture, TrainingOptions options, TrainingState state, Dataset data, WorkerTeam team)
    {
        this.options = options;
        this.state = state;
        this.team = team;
        network = new Backpropagation<T>(architecture, Math.Min(options.BatchSize, data.Count), differentiates: true, team);
        workers = [.. Enumerable.Range(0, team.Threads).Select(_ => new Worker(architecture, options, state, data, network.Workspace.Share()))];
        var layerWeights = Enumerable.Range(0, architecture.Layers.Count).Select(layer => (long)architecture.InputsOf(layer) * architecture.Layers[layer].Units).ToList();
        weights = layerWeights.Sum();
        bySamples = layerWeights.Max() <= MostWeightsBySamples;
        samplesPhase = new Phase(RunSamples);
        loadPhase = new Phase(Load);
        updatePhase = new Phase((part, parts) => workers[part].Update.Run(network.Workspace, samples, learningRate, part, parts));
    }

    /// <summary>Trains on a mini-batch.</summary>
    /// <param name="indices">The samples of the epoch in their order.</param>
    /// <param name="position">Place of the mini-batch's first sample in it.</param>
    /// <param name="count">Samples of the mini-batch; the mean is taken over these.</param>
    /// <param name="rate">η.</param>
    /// <param name="number">The epoch, 1-based.</param>
    /// <returns>The sum of their data costs before the update.</returns>
    public double Run(int[] indices, int position, int count, double rate, int number)
    {
        (order, first, samples, learningRate, epoch) = (indices, position, count, rate, number);
        state.Step++;
        if (bySamples)
        {
            team.Run(samplesPhase, Math.Min(GemmWork<T>.Parts(team, 2 * weights * count), Math.Max(1, count / SamplesOfTile)));
        }
        else
        {
            team.Run(loadPhase, (int)Math.Clamp((long)count * network.Workspace.Inputs(1).Columns / InputsOfLoad, 1, team.Threads));
            network.Run(state.Parameters, count, DropoutFrom(0));
        }

        team.Run(updatePhase, GemmWork<T>.Parts(team, weights * count));
        return network.Workspace.CostSum(count);
    }

    /// <summary>The first layer whose parameters or values of the last mini-batch are not finite, or −1.</summary>
    public int FirstLayerNotFinite()
    {
        for (int layer = 0; layer < network.LayerCount; layer++)
        {
            if (!Elementwise.AllFinite<T>(state.Parameters.Weight<T>(layer).Elements)
                || !Elementwise.AllFinite<T>(state.Parameters.Bias<T>(layer))
                || !Elementwise.AllFinite<T>(network.Workspace.Activations(layer, samples).Elements))
            {
                return layer;
            }
        }

        return -1;
    }

    /// <summary>Takes a share of the samples from the data to δ.</summary>
    private void RunSamples(int part, int parts)
    {
        Load(part, parts);
        Worker worker = workers[part];
        int start = Start(part, parts);
        worker.Network.Run(state.Parameters, Start(part + 1, parts) - start, DropoutFrom(start));
    }

    /// <summary>Loads a share of the samples, and asks for those of the next mini-batch.</summary>
    private void Load(int part, int parts)
    {
        Worker worker = workers[part];
        Workspace<T> workspace = worker.Network.Workspace;
        int start = Start(part, parts), count = Start(part + 1, parts) - start, next = first + samples + start;
        workspace.First = start;
        worker.Loader.Load(order.AsSpan(first + start, count), epoch, workspace.Inputs(count), workspace.Targets(count));
        worker.Loader.Expect(order.AsSpan(Math.Min(next, order.Length), Math.Clamp(order.Length - next, 0, count)));
    }

    private int Start(int part, int parts) => (int)((long)samples * part / parts);

    private Dropout DropoutFrom(int sample) => new(options.Dropout, options.Seed, (uint)epoch, first + sample);

    /// <summary>What a worker needs for itself.</summary>
    private sealed class Worker(NetworkOptions architecture, TrainingOptions options, TrainingState state, Dataset data, Workspace<T> workspace)
    {
        public BatchLoader Loader { get; } = new(data, options.Targets, options.Augmentation, options.Seed);

        public Backpropagation<T> Network { get; } = new(architecture, workspace, WorkerTeam.Alone);

        public ParameterUpdate<T> Update { get; } = new(architecture, options, state, data.Count);
    }

    /// <summary>A part of the step that the workers do side by side.</summary>
    private sealed class Phase(Action<int, int> run) : IParallelWork
    {
        public void Run(int part, int parts) => run(part, parts);
    }
}
