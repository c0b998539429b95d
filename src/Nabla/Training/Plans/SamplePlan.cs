using System.Numerics;
using Nabla.Network;
using Nabla.Numerics.Threads;

namespace Nabla.Training.Plans;

/// <summary>For small and medium networks: each worker computes δ for its own samples, with one barrier before the update.</summary>
internal sealed class SamplePlan<T> : SingleBatchPlan<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Fewer samples than this fill no register tile.</summary>
    private const int SamplesPerTile = 5;

    /// <summary>The most weights of a layer that fit a worker's L2 cache beside its samples.</summary>
    private const long MaxWeights = 1 << 17;

    /// <summary>From this many samples per worker on, reading all weights into every worker's cache pays off.</summary>
    private const int ManySamplesPerWorker = 64;

    /// <summary>The most weights of a layer from that many samples per worker on.</summary>
    private const long MaxWeightsForManySamples = 1 << 19;

    private readonly Backpropagation<T>[] networks;

    public SamplePlan(NetworkStructure structure, TrainingOptions options, TrainingState state, Dataset data, WorkerTeam team)
        : base(structure, options, state, data, team)
    {
        networks = [.. Enumerable.Range(0, team.Threads).Select(_ => new Backpropagation<T>(structure, Workspace.Share(), differentiates: true, WorkerTeam.Alone))];
    }

    /// <summary>Whether the plan suits a network: the largest layer fits the caches of every worker.</summary>
    public static bool Suits(NetworkStructure structure, int batch, WorkerTeam team) =>
        structure.Stages.Max(stage => (long)stage.Inputs.Size * stage.Units)
        <= (batch / team.Threads >= ManySamplesPerWorker ? MaxWeightsForManySamples : MaxWeights);

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
        // The workers that read the weights also update them: otherwise the weights move between caches.
        int parts = Math.Min(BatchParts, Math.Max(1, Batch.Count / SamplesPerTile));
        Team.Run(this, parts);
        return parts;
    }
}
