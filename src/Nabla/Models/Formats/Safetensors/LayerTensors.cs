namespace Nabla.Models.Formats.Safetensors;

/// <summary>The tensors of one layer in a file.</summary>
/// <param name="Weight">[units, inputs].</param>
/// <param name="Bias">[units].</param>
internal sealed record LayerTensors(TensorInfo Weight, TensorInfo Bias)
{
    public const string WeightSuffix = "weight", BiasSuffix = "bias";

    public long Units => Weight.Shape[0];

    public long Inputs => Weight.Shape[1];

    /// <summary>The common start of both names, without the dot: <c>net.0</c>, or nothing.</summary>
    public string Name => Weight.Name[..^WeightSuffix.Length].TrimEnd('.');

    /// <summary>Finds the layers of a file that holds weights and biases only, under any names; from the inputs to the outputs.</summary>
    /// <remarks>
    /// Names that differ only in their numbers (<c>0</c>, <c>2</c>, <c>10</c>; <c>fc1</c>, <c>fc2</c>) are ordered by the numbers. Other names
    /// (<c>hidden</c>, <c>out</c>) are ordered by shape: each layer follows the only one that has as many outputs as it has inputs.
    /// </remarks>
    /// <exception cref="InvalidDataException">A tensor does not belong to a layer, or the shapes of two layers do not match.</exception>
    public static IReadOnlyList<LayerTensors> Of(SafetensorsReader reader)
    {
        List<LayerTensors> layers = Pair(reader);
        List<LayerTensors> ordered = NumberedName.Order(layers, layer => layer.Name) ?? ByShape(reader, layers);
        for (int i = 1; i < ordered.Count; i++)
        {
            if (ordered[i].Inputs != ordered[i - 1].Units)
            {
                throw Refuse(reader, $"{ordered[i].Weight.Name} is {ordered[i].Weight.ShapeText}, but {ordered[i - 1].Weight.Name} before it is {ordered[i - 1].Weight.ShapeText}: each layer must have as many inputs as the layer before it has outputs");
            }
        }

        return ordered;
    }

    private static List<LayerTensors> Pair(SafetensorsReader reader)
    {
        var biases = new Dictionary<string, TensorInfo>(StringComparer.Ordinal);
        var weights = new List<TensorInfo>();
        foreach (TensorInfo tensor in reader.Tensors)
        {
            if (Start(tensor.Name, BiasSuffix) is { } start)
            {
                biases.Add(start, tensor);
            }
            else if (Start(tensor.Name, WeightSuffix) is not null)
            {
                weights.Add(tensor);
            }
            else
            {
                throw Refuse(reader, $"the tensor {tensor.Name} is neither the weight nor the bias of a layer. Expected pairs of names such as layers.0.weight and layers.0.bias, or 0.weight and 0.bias, and nothing else");
            }
        }

        var layers = new List<LayerTensors>();
        foreach (TensorInfo weight in weights)
        {
            if (weight.Shape is not [>= 1 and <= int.MaxValue, >= 1 and <= int.MaxValue])
            {
                throw Refuse(reader, $"{weight.Name} is {weight.ShapeText}, expected [outputs, inputs]");
            }

            string start = Start(weight.Name, WeightSuffix)!;
            if (!biases.Remove(start, out TensorInfo? bias))
            {
                throw Refuse(reader, $"{start}{BiasSuffix} is missing beside {weight.Name} {weight.ShapeText}; every layer has a bias. Add one of zeros");
            }

            layers.Add(bias.HasShape([weight.Shape[0]]) ? new LayerTensors(weight, bias) : throw Refuse(reader, $"{bias.Name} is {bias.ShapeText}, expected [{weight.Shape[0]}] beside {weight.Name} {weight.ShapeText}"));
        }

        if (biases.Count > 0)
        {
            throw Refuse(reader, $"{biases.Keys.Order(StringComparer.Ordinal).First()}{WeightSuffix} is missing beside its bias");
        }

        return layers.Count > 0 ? layers : throw Refuse(reader, "there are no tensors. Expected layers.0.weight, layers.0.bias and so on");
    }

    /// <summary>The part of the name before the suffix, with the dot; null where the name has another ending.</summary>
    private static string? Start(string name, string suffix) =>
        name.EndsWith(suffix, StringComparison.Ordinal) && (name.Length == suffix.Length || name[^(suffix.Length + 1)] == '.') ? name[..^suffix.Length] : null;

    private static List<LayerTensors> ByShape(SafetensorsReader reader, List<LayerTensors> layers)
    {
        var rest = new Dictionary<long, LayerTensors>();
        bool isClear = layers.All(layer => rest.TryAdd(layer.Inputs, layer));
        var units = layers.Select(layer => layer.Units).ToHashSet();
        LayerTensors[] starts = [.. layers.Where(layer => !units.Contains(layer.Inputs))];
        var ordered = new List<LayerTensors>();
        for (LayerTensors? layer = isClear && starts.Length == 1 ? starts[0] : null; layer is not null && rest.Remove(layer.Inputs); layer = rest.GetValueOrDefault(layer.Units))
        {
            ordered.Add(layer);
        }

        return ordered.Count == layers.Count ? ordered : throw Refuse(
            reader, $"neither names nor shapes give the order of the layers {string.Join(", ", layers.Take(4).Select(layer => $"{layer.Name} {layer.Weight.ShapeText}"))}{(layers.Count > 4 ? ", …" : "")}. Name them layers.0, layers.1 and so on");
    }

    private static InvalidDataException Refuse(SafetensorsReader reader, string reason) => new($"{reader.FileName}: {reason}.");
}
