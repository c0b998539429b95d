using System.Numerics;
using Nabla.Data;
using Nabla.Network;
using Nabla.Numerics;

namespace Nabla.Training.Plans;

/// <summary>
/// Small mini-batches of many inputs: each worker has some of the inputs and the first layer's weights that belong to them, and nobody else touches these.
/// </summary>
/// <remarks>
/// A cell of the first product is one chain over all inputs, so the workers form a line: the first takes a group of samples through its inputs
/// and hands the sums to the second, which goes on while the first has the next group. The last one goes all the way to δ; meanwhile
/// the others prepare their inputs of the next mini-batch.
/// </remarks>
internal sealed class InputPlan<T> : StepPlan<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Samples of a group: those of a register tile.</summary>
    private const int SamplesOfGroup = 5;

    /// <summary>The last worker's inputs, against another's: it also goes on to δ, while the others prepare theirs and wait for it.</summary>
    private const double LastShare = 0.65;

    private readonly Backpropagation<T> network;
    private readonly Relay relay;
    private readonly MiniBatch[] prepared;
    private Matrix<T> spareInputs;

    public InputPlan(NetworkOptions architecture, TrainingOptions options, TrainingState state, Dataset data, SampleWeights? weights, Workspace<T> workspace, WorkerTeam team)
        : base(architecture, options, state, data, weights, workspace, team)
    {
        network = new Backpropagation<T>(architecture, workspace, WorkerTeam.Alone);
        relay = new Relay(team.Threads);
        prepared = new MiniBatch[team.Threads];
        spareInputs = new Matrix<T>(workspace.Capacity, architecture.Inputs);
    }

    /// <summary>Whether the plan suits a network: the first layer is most of it, and there are groups enough for all workers, but not so many that sharing samples were better.</summary>
    public static bool Suits(NetworkOptions architecture, TrainingOptions options, Parameters parameters, int batch, WorkerTeam team) =>
        team.Threads > 1
        && options.Augmentation is null
        && batch >= team.Threads * SamplesOfGroup
        && batch <= team.Threads * SamplesOfGroup * 4
        && (long)architecture.Inputs * architecture.Layers[0].Units * 4 >= parameters.Count * 3L
        && GemmWork<T>.Parts(team, (long)parameters.Count * batch) == team.Threads
        && !GemmWork<T>.IsPacked(SamplesOfGroup, architecture.Layers[0].Units, architecture.Inputs);

    /// <inheritdoc/>
    public override void Run(int part, int parts)
    {
        int workers = Team.Threads;
        if (part >= workers)
        {
            UpdatePart(part - workers, workers);
            return;
        }

        try
        {
            ForwardPart(part, workers);
        }
        catch
        {
            // Nobody may wait for what does not come; the team throws this again.
            relay.Break(part);
            throw;
        }
    }

    protected override void Share(double learningRate)
    {
        relay.Reset();
        spareInputs = Workspace.ExchangeInputs(spareInputs);
        Update.Set(Batch.Count, learningRate, Team.Threads, LastShare);
        // The shares of the update come after those of the forward pass, so nobody waits for δ before all are at work on it.
        Team.Run(this, 2 * Team.Threads);
    }

    private int Groups => Math.Max(1, Batch.Count / SamplesOfGroup);

    private void ForwardPart(int part, int parts)
    {
        if (prepared[part] != Batch)
        {
            LoadInputs(Batch, part, parts, Workspace.Inputs(Batch.Count));
        }

        // The memory is exchanged before every mini-batch: what was prepared is good for one alone.
        prepared[part] = default;
        (int first, int end) = Share(part, parts);
        Matrix<T> inputs = Workspace.Inputs(Batch.Count), z = Workspace.Activations(0, Batch.Count);
        for (int group = 0; group < Groups; group++)
        {
            int start = Start(group, Groups), count = Start(group + 1, Groups) - start;
            relay.Await(part, group);
            Gemm.MultiplySteps(inputs.Slice(start, count), Parameters.Weight<T>(0), z.Slice(start, count), first, end);
            relay.Pass(part, group);
        }

        if (part == parts - 1)
        {
            LoadTargets(part, 0, Batch.Count);
            network.Run(Parameters, Batch.Count, DropoutFrom(0), firstProductIsDone: true);
            relay.Pass(part, Groups);
        }
    }

    private void UpdatePart(int part, int parts)
    {
        MiniBatch next = Batch.Next;
        if (!relay.HasPassed(parts, Groups) && next.Count > 0)
        {
            LoadInputs(next, part, parts, spareInputs.Slice(0, next.Count));
            prepared[part] = next;
        }

        relay.Await(parts, Groups);
        Update.Run(part, parts);
    }

    private void LoadInputs(MiniBatch batch, int part, int parts, Matrix<T> inputs)
    {
        (int first, int end) = Share(part, parts);
        Loader(part).LoadInputs(batch.All, inputs, first, end);
        Loader(part).Expect(batch.Next.All, first, end);
    }

    private (int First, int End) Share(int part, int parts) => GemmRowBlocks<T>.Share(Architecture.Inputs, part, parts, LastShare);
}
