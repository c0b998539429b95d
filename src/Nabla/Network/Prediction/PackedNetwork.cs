using System.Numerics;
using Nabla.Network.Costs;
using Nabla.Numerics.Memory;
using Nabla.Numerics.Products;
using Nabla.Numerics.Threads;

namespace Nabla.Network.Prediction;

/// <summary>A network that only predicts. Each worker takes samples through all layers by itself; the weights of dense layers are packed once for all of them.</summary>
internal sealed class PackedNetwork<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly NetworkStructure structure;
    private readonly Parameters parameters;
    private readonly PackedMatrix<T>[] weights;
    private readonly OutputCost<T> output;

    /// <summary>Packs the weights. The parameters must not change any more.</summary>
    public PackedNetwork(NetworkOptions options, Parameters parameters)
    {
        (NetworkOptions network, this.parameters) = PredictionNetwork.Of(options, parameters);
        structure = new NetworkStructure(network);
        output = network.Cost.CreateFunction<T>(network.OutputActivation);
        weights = structure.IsDense ? [.. structure.Stages.Select(stage => new PackedMatrix<T>(this.parameters.Weight<T>(stage.Number)))] : [];
    }

    /// <summary>A worker with memory for so many samples.</summary>
    public Worker CreateWorker(int capacity) => new(this, capacity);

    /// <summary>Predicts on one thread.</summary>
    internal sealed class Worker(PackedNetwork<T> network, int capacity)
    {
        private readonly Backpropagation<T> passes = new(network.structure, capacity, differentiates: false, WorkerTeam.Alone);
        private readonly StagePasses<T>[] stages = StagePasses<T>.Of(network.structure, capacity, isTraining: false);
        private readonly AlignedBuffer scratch = PackedMatrix<T>.NewScratch(capacity);

        /// <summary>Where the samples go, [samples, inputs].</summary>
        public Matrix<T> Inputs(int samples) => passes.Workspace.Inputs(samples);

        /// <summary>The outputs of the samples, [samples, outputs].</summary>
        public Matrix<T> Predict(int samples)
        {
            if (network.weights.Length == 0)
            {
                return passes.Predict(network.parameters, samples);
            }

            Workspace<T> workspace = passes.Workspace;
            for (int s = 0; s < stages.Length; s++)
            {
                Matrix<T> z = workspace.Activations(s, samples);
                network.weights[s].Multiply(workspace.InputsOf(s, samples).Numbers, z, scratch);
                stages[s].Epilogue.For(network.parameters, z, null).ApplyToAll(samples);
            }

            Matrix<T> outputs = workspace.Activations(stages.Length - 1, samples);
            network.output.Activate(outputs.Elements, outputs.Columns);
            return outputs;
        }
    }
}
