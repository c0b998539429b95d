using Nabla.Network;

namespace Nabla.Models.Content;

/// <summary>Which tensors files store: the one order for model files, checkpoints and <see cref="WeightsHash"/>.</summary>
internal static class TensorOrder
{
    extension(Parameters parameters)
    {
        /// <summary>The trained tensors and, where these parameters have it, the state; layer by layer.</summary>
        public IEnumerable<ParameterTensor> StoredTensors => parameters.Tensors.Where(tensor => tensor.IsTrained || parameters.HasState);
    }
}
