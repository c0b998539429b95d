using System.Globalization;
using Nabla.Network;

namespace Nabla.Models.Formats.Safetensors;

/// <summary>Parameters as named tensors: <c>layers.i.weight</c> [out, in] and <c>layers.i.bias</c> [out], in this order.</summary>
internal static class ParameterTensors
{
    public static string WeightName(int layer) => $"layers.{layer.ToString(CultureInfo.InvariantCulture)}.weight";

    public static string BiasName(int layer) => $"layers.{layer.ToString(CultureInfo.InvariantCulture)}.bias";

    public static string TypeOf(Precision precision) => precision == Precision.Single ? TensorType.Single : TensorType.Double;

    /// <summary>The tensors of these parameters, their names behind <paramref name="prefix"/>.</summary>
    public static IEnumerable<TensorContent> Of(Parameters parameters, string prefix = "")
    {
        string type = TypeOf(parameters.Precision);
        for (int l = 0; l < parameters.LayerCount; l++)
        {
            int layer = l;
            yield return new TensorContent(prefix + WeightName(layer), type, [parameters.UnitsOf(layer), parameters.InputsOf(layer)], data => data.WriteWeight(parameters, layer));
            yield return new TensorContent(prefix + BiasName(layer), type, [parameters.UnitsOf(layer)], data => data.WriteBias(parameters, layer));
        }
    }

    /// <summary>The tensors that a network needs, with their shapes.</summary>
    public static IEnumerable<(string Name, long[] Shape)> Expected(NetworkOptions architecture, string prefix = "")
    {
        for (int layer = 0; layer < architecture.Layers.Count; layer++)
        {
            long units = architecture.Layers[layer].Units;
            yield return (prefix + WeightName(layer), [units, architecture.InputsOf(layer)]);
            yield return (prefix + BiasName(layer), [units]);
        }
    }

    /// <summary>Reads parameters whose tensors are known to be there in the right shape, so that no more memory is taken than the file is long.</summary>
    /// <param name="reader">The file.</param>
    /// <param name="architecture">The network, valid.</param>
    /// <param name="precision">The precision to read into.</param>
    /// <param name="finite">Whether values that are not finite are refused.</param>
    /// <param name="prefix">Stands before every name.</param>
    /// <exception cref="InvalidDataException">A value is not finite, or of a type that holds no real numbers.</exception>
    public static Parameters Read(SafetensorsReader reader, NetworkOptions architecture, Precision precision, bool finite = true, string prefix = "")
    {
        Dictionary<string, TensorInfo> tensors = reader.Tensors.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
        LayerTensors[] layers = [.. Enumerable.Range(0, architecture.Layers.Count).Select(layer => new LayerTensors(tensors[prefix + WeightName(layer)], tensors[prefix + BiasName(layer)]))];
        return Read(reader, layers, architecture, precision, finite);
    }

    /// <summary>Reads parameters from the tensors of each layer, whose shapes are known to be those of the network.</summary>
    /// <inheritdoc cref="Read(SafetensorsReader, NetworkOptions, Precision, bool, string)"/>
    public static Parameters Read(SafetensorsReader reader, IReadOnlyList<LayerTensors> layers, NetworkOptions architecture, Precision precision, bool finite = true)
    {
        var parameters = new Parameters(architecture, precision);
        for (int layer = 0; layer < parameters.LayerCount; layer++)
        {
            (TensorInfo weight, TensorInfo bias) = layers[layer];
            if (precision == Precision.Single)
            {
                ReadWeight(reader, weight, parameters.Weight<float>(layer).Elements, finite);
                ReadBias(reader, bias, parameters.Bias<float>(layer), finite);
            }
            else
            {
                ReadWeight(reader, weight, parameters.Weight<double>(layer).Elements, finite);
                ReadBias(reader, bias, parameters.Bias<double>(layer), finite);
            }
        }

        return parameters;
    }

    // Once for each type and not generic: code that is generic over numbers is not compiled ahead of time, and loading a model would wait for it.

    /// <summary>Reads rows [units, inputs] into the columns of [inputs, units].</summary>
    private static void ReadWeight(SafetensorsReader reader, TensorInfo tensor, Span<float> weight, bool finite)
    {
        int units = (int)tensor.Shape[0];
        float[] row = new float[(int)tensor.Shape[1]];
        for (int unit = 0; unit < units; unit++)
        {
            reader.Read(tensor, (long)unit * row.Length, row.AsSpan());
            for (int input = 0; input < row.Length; input++)
            {
                if (finite && !float.IsFinite(row[input]))
                {
                    throw NotFinite(reader, $"{tensor.Name}[{unit}, {input}]", row[input]);
                }

                weight[(input * units) + unit] = row[input];
            }
        }
    }

    private static void ReadBias(SafetensorsReader reader, TensorInfo tensor, Span<float> bias, bool finite)
    {
        reader.Read(tensor, 0, bias);
        for (int unit = 0; finite && unit < bias.Length; unit++)
        {
            if (!float.IsFinite(bias[unit]))
            {
                throw NotFinite(reader, $"{tensor.Name}[{unit}]", bias[unit]);
            }
        }
    }

    /// <inheritdoc cref="ReadWeight(SafetensorsReader, TensorInfo, Span{float}, bool)"/>
    private static void ReadWeight(SafetensorsReader reader, TensorInfo tensor, Span<double> weight, bool finite)
    {
        int units = (int)tensor.Shape[0];
        double[] row = new double[(int)tensor.Shape[1]];
        for (int unit = 0; unit < units; unit++)
        {
            reader.Read(tensor, (long)unit * row.Length, row.AsSpan());
            for (int input = 0; input < row.Length; input++)
            {
                if (finite && !double.IsFinite(row[input]))
                {
                    throw NotFinite(reader, $"{tensor.Name}[{unit}, {input}]", row[input]);
                }

                weight[(input * units) + unit] = row[input];
            }
        }
    }

    private static void ReadBias(SafetensorsReader reader, TensorInfo tensor, Span<double> bias, bool finite)
    {
        reader.Read(tensor, 0, bias);
        for (int unit = 0; finite && unit < bias.Length; unit++)
        {
            if (!double.IsFinite(bias[unit]))
            {
                throw NotFinite(reader, $"{tensor.Name}[{unit}]", bias[unit]);
            }
        }
    }

    private static InvalidDataException NotFinite(SafetensorsReader reader, string place, double value) => new(
        $"{reader.FileName}: {place} is {value.ToString(CultureInfo.InvariantCulture)} in the precision asked for; every parameter must be a finite number. The file is damaged, or its training diverged.");
}
