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
/// and hands the sums to the second, which goes on while the first has the next group. The last one goes all the way to δ.
/// </remarks>
internal sealed class InputPlan<T> : StepPlan<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Samples of a group: those of a register tile.</summary>
    private const int SamplesOfGroup = 5;

    private readonly Backpropagation<T> network;
    private readonly Relay relay;

    public InputPlan(NetworkOptions architecture, TrainingOptions options, Parameters parameters, Dataset data, SampleWeights? weights, Workspace<T> workspace, WorkerTeam team)
        : base(architecture, options, parameters, data, weights, workspace, team)
    {
        network = new Backpropagation<T>(architecture, workspace, WorkerTeam.Alone);
        relay = new Relay(team.Threads);
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
        try
        {
            RunPart(part, parts);
        }
        catch
        {
            // Nobody may wait for what does not come; the team throws this again.
            relay.Break(part);
            throw;
        }
    }

    protected override void Share()
    {
        relay.Reset();
        Team.Run(this, Team.Threads);
    }

    private void RunPart(int part, int parts)
    {
        (int first, int end) = GemmRowBlocks<T>.Share(Architecture.Inputs, part, parts);
        Matrix<T> inputs = Workspace.Inputs(Batch.Count), z = Workspace.Activations(0, Batch.Count);
        Loader(part).LoadInputs(Batch.Samples(0, Batch.Count), inputs, first, end);
        int groups = Math.Max(1, Batch.Count / SamplesOfGroup);
        for (int group = 0; group < groups; group++)
        {
            int start = Start(group, groups), count = Start(group + 1, groups) - start;
            relay.Await(part, group);
            Gemm.MultiplySteps(inputs.Slice(start, count), Parameters.Weight<T>(0), z.Slice(start, count), first, end);
            relay.Pass(part, group);
        }

        if (part == parts - 1)
        {
            LoadTargets(part, 0, Batch.Count);
            network.Run(Parameters, Batch.Count, DropoutFrom(0), firstProductIsDone: true);
        }
        else
        {
            Loader(part).Expect(Batch.Next(0, Batch.Count));
        }
    }
}
