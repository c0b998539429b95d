using Nabla.Network;

namespace Nabla.Models.Formats;

/// <summary>Parameters from any safetensors file with the names <c>layers.i.weight</c> and <c>layers.i.bias</c>, such as a PyTorch state dictionary or a model.</summary>
public static class WeightsFile
{
    /// <summary>Reads the parameters of a network.</summary>
    /// <param name="path">The file; F64, F32, F16 or BF16, each tensor as it likes.</param>
    /// <param name="architecture">The network that they must fit.</param>
    /// <param name="precision">The precision to read into; narrowed to nearest.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, or its tensors are not those of the network; the message names the tensor and what to do.</exception>
    public static Parameters Load(string path, NetworkOptions architecture, Precision precision)
    {
        ArgumentNullException.ThrowIfNull(architecture);
        architecture.Validate();
        using SafetensorsReader reader = SafetensorsReader.Open(path);
        Dictionary<string, TensorInfo> rest = TensorCheck.ByName(reader);
        foreach ((string name, long[] shape) in ParameterTensors.Expected(architecture))
        {
            if (!rest.Remove(name, out TensorInfo? tensor))
            {
                throw new InvalidDataException($"{path}: {name} is missing; the network has it as [{string.Join(", ", shape)}]. {Advice(reader, architecture)}");
            }

            if (!tensor.HasShape(shape))
            {
                throw new InvalidDataException($"{path}: {name} is {tensor.ShapeText} but the network has [{string.Join(", ", shape)}]. {Advice(reader, architecture)}");
            }
        }

        if (rest.Count > 0)
        {
            throw new InvalidDataException($"{path}: {rest.Keys.Order(StringComparer.Ordinal).First()} is no parameter of the network, which has layers 0 to {architecture.Layers.Count - 1}. {Advice(reader, architecture)}");
        }

        return ParameterTensors.Read(reader, architecture, precision);
    }

    /// <summary>The hidden layers that the file has, where inputs and outputs fit.</summary>
    private static string Advice(SafetensorsReader reader, NetworkOptions architecture)
    {
        Dictionary<string, TensorInfo> tensors = TensorCheck.ByName(reader);
        var units = new List<long>();
        long inputs = architecture.Inputs;
        while (tensors.TryGetValue(ParameterTensors.WeightName(units.Count), out TensorInfo? weight)
            && weight.Shape is [long unitsOfLayer, long inputsOfLayer]
            && inputsOfLayer == inputs
            && tensors.TryGetValue(ParameterTensors.BiasName(units.Count), out TensorInfo? bias)
            && bias.Shape is [long biases]
            && biases == unitsOfLayer)
        {
            units.Add(unitsOfLayer);
            inputs = unitsOfLayer;
        }

        bool fits = units.Count > 0 && 2 * units.Count == tensors.Count && units[^1] == architecture.Outputs;
        return fits
            ? $"Pass --hidden {(units.Count == 1 ? "none" : string.Join(',', units.SkipLast(1)))} or another file."
            : "Pass another file.";
    }
}
