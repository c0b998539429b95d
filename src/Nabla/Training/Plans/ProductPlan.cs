using System.Numerics;
using Nabla.Data;
using Nabla.Network;
using Nabla.Numerics;

namespace Nabla.Training.Plans;

/// <summary>Large networks: the workers share each product, so that its operands are packed once.</summary>
internal sealed class ProductPlan<T>(NetworkOptions architecture, TrainingOptions options, TrainingState state, Dataset data, SampleWeights? weights, Workspace<T> workspace, WorkerTeam team)
    : StepPlan<T>(architecture, options, state, data, weights, workspace, team)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Backpropagation<T> network = new(architecture, workspace, team);

    /// <inheritdoc/>
    public override void Run(int part, int parts) => Load(part, parts);

    protected override void Share(double learningRate)
    {
        if (!IsLoaded)
        {
            Team.Run(this, PartsOfStep);
        }

        network.Run(Parameters, Batch.Count, DropoutFrom(0));
        ShareUpdate(learningRate, PartsOfStep);
    }
}
