using System.Numerics;
using Nabla.Network;
using Nabla.Numerics.Threads;

namespace Nabla.Training.Plans;

/// <summary>Large networks: the workers share each product, so that its operands are packed once.</summary>
internal sealed class ProductPlan<T> : SingleBatchPlan<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Backpropagation<T> network;

    public ProductPlan(NetworkStructure structure, TrainingOptions options, TrainingState state, Dataset data, WorkerTeam team)
        : base(structure, options, state, data, team)
    {
        network = new Backpropagation<T>(structure, Workspace, differentiates: true, team);
    }

    /// <inheritdoc/>
    public override void Run(int part, int parts) => Load(part, parts);

    protected override int ComputeDelta()
    {
        if (!IsLoaded)
        {
            Team.Run(this, BatchParts);
        }

        network.Run(Parameters, Batch.Count, ContextOf(Batch, 0));
        return BatchParts;
    }
}
