using System.Numerics;
using Nabla.Data;
using Nabla.Network;
using Nabla.Numerics;

namespace Nabla.Training.Plans;

/// <summary>Small networks: each worker takes some samples all the way by itself.</summary>
internal sealed class SamplePlan<T>(NetworkOptions architecture, TrainingOptions options, Parameters parameters, Dataset data, SampleWeights? weights, Workspace<T> workspace, WorkerTeam team)
    : StepPlan<T>(architecture, options, parameters, data, weights, workspace, team)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Fewer samples than this fill no register tile.</summary>
    private const int SamplesOfTile = 5;

    private readonly Backpropagation<T>[] networks = [.. Enumerable.Range(0, team.Threads).Select(_ => new Backpropagation<T>(architecture, workspace.Share(), WorkerTeam.Alone))];

    /// <inheritdoc/>
    public override void Run(int part, int parts)
    {
        Load(part, parts);
        int start = Start(part, parts);
        networks[part].Workspace.First = start;
        networks[part].Run(Parameters, Start(part + 1, parts) - start, DropoutFrom(start));
    }

    protected override void Share()
    {
        // Forward and backward.
        long multiplyAdds = 2L * Parameters.Count * Batch.Count;
        Team.Run(this, Math.Min(GemmWork<T>.Parts(Team, multiplyAdds), Math.Max(1, Batch.Count / SamplesOfTile)));
    }
}
