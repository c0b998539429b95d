using System.Numerics;
using Nabla.Network.Costs;
using Nabla.Numerics.Memory;
using Nabla.Numerics.Products;

namespace Nabla.Network;

/// <summary>A network that only predicts: its weights are packed once, and each worker takes samples through all layers by itself.</summary>
internal sealed class PackedNetwork<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly NetworkOptions options;
    private readonly Parameters parameters;
    private readonly PackedMatrix<T>[] weights;
    private readonly LayerActivation[] hidden;
    private readonly OutputCost output;

    /// <summary>Packs the weights; later changes of the parameters count for the biases alone.</summary>
    public PackedNetwork(NetworkOptions options, Parameters parameters)
    {
        this.options = options;
        this.parameters = parameters;
        weights = [.. Enumerable.Range(0, options.Layers.Count).Select(layer => new PackedMatrix<T>(parameters.Weight<T>(layer)))];
        hidden = [.. options.Layers.SkipLast(1).Select(layer => new LayerActivation(layer))];
        output = new OutputCost(options);
    }

    /// <summary>A worker with memory for so many samples.</summary>
    public Worker CreateWorker(int capacity) => new(this, capacity);

    /// <summary>Predicts on one thread.</summary>
    internal sealed class Worker(PackedNetwork<T> network, int capacity)
    {
        private readonly Workspace<T> workspace = new(network.options, capacity, backward: false);
        private readonly AlignedBuffer scratch = PackedMatrix<T>.NewScratch(capacity);
        private readonly ForwardEpilogue<T> epilogue = new();

        /// <summary>Where the samples go, [samples, inputs].</summary>
        public Matrix<T> Inputs(int samples) => workspace.Inputs(samples);

        /// <summary>The outputs of the samples, [samples, outputs].</summary>
        public Matrix<T> Predict(int samples)
        {
            int last = network.weights.Length - 1;
            for (int layer = 0; layer <= last; layer++)
            {
                Matrix<T> z = workspace.Activations(layer, samples);
                network.weights[layer].Multiply(workspace.InputsOf(layer, samples).Numbers, z, scratch);
                epilogue.For(network.parameters, layer, layer < last ? network.hidden[layer] : null, z).Apply(0, samples, 0, z.Columns);
            }

            Matrix<T> outputs = workspace.Activations(last, samples);
            network.output.Activate(outputs);
            return outputs;
        }
    }
}
