using System.Numerics;
using Nabla.Data;
using Nabla.Network;
using Nabla.Numerics.Threads;
using Nabla.Training.State;

namespace Nabla.Training.Plans;

/// <summary>Networks up to a middle size: each worker takes some samples all the way by itself, and waits for the others once.</summary>
internal sealed class SamplePlan<T> : SingleBatchPlan<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Fewer samples than this fill no register tile.</summary>
    private const int SamplesOfTile = 5;

    /// <summary>The most weights of a layer that a worker's second cache holds beside its samples.</summary>
    private const long MostWeights = 1 << 17;

    /// <summary>How many samples of its own make it worth a worker's while to copy all weights for itself.</summary>
    private const int ManySamples = 64;

    /// <summary>The most weights of a layer for that many samples.</summary>
    private const long MostWeightsOfMany = 1 << 19;

    private readonly Backpropagation<T>[] networks;

    public SamplePlan(NetworkStructure structure, TrainingOptions options, TrainingState state, Dataset data, WorkerTeam team)
        : base(structure, options, state, data, team)
    {
        networks = [.. Enumerable.Range(0, team.Threads).Select(_ => new Backpropagation<T>(structure, Workspace.Share(), differentiates: true, WorkerTeam.Alone))];
    }

    /// <summary>Whether the plan suits a network: the widest layer is not too large to go through every worker's caches.</summary>
    public static bool Suits(NetworkStructure structure, int batch, WorkerTeam team) =>
        structure.Stages.Max(stage => (long)stage.Inputs.Size * stage.Units)
        <= (batch / team.Threads >= ManySamples ? MostWeightsOfMany : MostWeights);

    /// <inheritdoc/>
    public override void Run(int part, int parts)
    {
        if (!IsLoaded)
        {
            Load(part, parts);
        }

        int start = Batch.Start(part, parts);
        networks[part].Workspace.First = start;
        networks[part].Run(Parameters, Batch.Start(part + 1, parts) - start, ContextOf(Batch, start));
    }

    protected override int ComputeDelta()
    {
        // Who reads the weights alone updates them alone, too: otherwise they travel to the others and back.
        int parts = Math.Min(PartsOfStep, Math.Max(1, Batch.Count / SamplesOfTile));
        Team.Run(this, parts);
        return parts;
    }
}
