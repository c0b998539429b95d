using Nabla.Network;

namespace Nabla.Models.Formats.Safetensors;

/// <summary>Parameters from any safetensors file of dense layers: a Nabla model, or a file of another program, such as the state dictionary of a
/// PyTorch module.</summary>
/// <remarks>
/// A layer is a pair of tensors <c>NAME.weight</c> [out, in] and <c>NAME.bias</c> [out]. Names that differ only in their numbers (<c>net.0</c>, <c>net.2</c>;
/// <c>fc1</c>, <c>fc2</c>) are ordered by the numbers; the order of other names (<c>hidden</c>, <c>out</c>) must follow from their shapes.
/// </remarks>
public static class WeightsFile
{
    /// <summary>The weights [out, in] of a file's layers, from the inputs to the outputs.</summary>
    /// <exception cref="InvalidDataException">A tensor does not belong to a dense layer, or the shapes of two layers do not match; the message names the tensor.</exception>
    public static IReadOnlyList<TensorInfo> FindWeights(SafetensorsReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        return [.. LayerTensors.Of(reader).Select(layer => layer.Weight)];
    }

    /// <summary>Reads the parameters of a network.</summary>
    /// <param name="path">The file; F64, F32, F16 or BF16, each tensor may have another type.</param>
    /// <param name="architecture">The network of the parameters.</param>
    /// <param name="precision">The precision to read into; narrowed to nearest.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, or its tensors are not those of the network; the message names the tensor and what to do.</exception>
    public static Parameters Load(string path, NetworkOptions architecture, Precision precision)
    {
        ArgumentNullException.ThrowIfNull(architecture);
        architecture.Validate();
        using SafetensorsReader reader = SafetensorsReader.Open(path);
        var parameters = new NetworkStructure(architecture);
        Dictionary<string, TensorInfo> found = reader.Tensors.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
        (string Name, long[] Shape)[] expected = [.. ParameterTensors.Expected(architecture)];
        bool hasItsNames = expected.Length == found.Count && expected.All(tensor => found.GetValueOrDefault(tensor.Name)?.HasShape(tensor.Shape) == true);
        if (!parameters.IsDense || hasItsNames)
        {
            // Layers of other kinds must have Nabla's names.
            Dictionary<string, TensorInfo> rest = TensorCheck.ByName(reader);
            foreach ((string name, long[] shape) in expected)
            {
                TensorCheck.Take(reader, rest, name, shape, found.GetValueOrDefault(name)?.ElementType);
            }

            TensorCheck.RequireEmpty(reader, rest);
            return ParameterTensors.Read(reader, new Parameters(architecture, precision));
        }

        IReadOnlyList<LayerTensors> layers = LayerTensors.Of(reader);
        IReadOnlyList<Stage> stages = parameters.Stages;
        for (int layer = 0; layer < stages.Count; layer++)
        {
            long[] shape = [stages[layer].Units, stages[layer].Inputs.Size];
            if (layer == layers.Count)
            {
                throw new InvalidDataException($"{path}: layer {layer} is missing after {layers[^1].Weight.Name}; the network has it as [{string.Join(", ", shape)}]. {Advice(layers, architecture)}");
            }

            if (!layers[layer].Weight.HasShape(shape))
            {
                throw new InvalidDataException($"{path}: {layers[layer].Weight.Name} is {layers[layer].Weight.ShapeText} but the network has [{string.Join(", ", shape)}]. {Advice(layers, architecture)}");
            }
        }

        if (layers.Count > stages.Count)
        {
            throw new InvalidDataException($"{path}: {layers[stages.Count].Weight.Name} is not a parameter of the network, which has layers 0 to {stages.Count - 1}. {Advice(layers, architecture)}");
        }

        return ParameterTensors.Read(reader, tensor => tensor.Declaration.IsDecayed ? layers[tensor.Number].Weight : layers[tensor.Number].Bias, new Parameters(architecture, precision));
    }

    /// <summary>Names the hidden layers of the file where its inputs and outputs match the network.</summary>
    private static string Advice(IReadOnlyList<LayerTensors> layers, NetworkOptions architecture) =>
        layers[0].Inputs == architecture.Inputs && layers[^1].Units == architecture.Outputs
            ? $"Pass --hidden {(layers.Count == 1 ? "none" : string.Join(',', layers.SkipLast(1).Select(layer => layer.Units)))} or another file."
            : "Pass another file.";
}
