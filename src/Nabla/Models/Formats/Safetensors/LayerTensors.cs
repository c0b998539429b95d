namespace Nabla.Models.Formats.Safetensors;

/// <summary>The tensors of one layer in a file.</summary>
/// <param name="Weight">[units, inputs].</param>
/// <param name="Bias">[units].</param>
internal sealed record LayerTensors(TensorInfo Weight, TensorInfo Bias)
{
    public const string WeightSuffix = "weight", BiasSuffix = "bias";

    public long Units => Weight.Shape[0];

    public long Inputs => Weight.Shape[1];

    /// <summary>What the names of both tensors start with, without the point: <c>net.0</c>, or nothing.</summary>
    public string Name => Weight.Name[..^WeightSuffix.Length].TrimEnd('.');

    /// <summary>The layers of a file that holds nothing but weights and biases, under whatever names; from the inputs to the outputs.</summary>
    /// <remarks>
    /// Names that differ in their numbers alone (<c>0</c>, <c>2</c>, <c>10</c>; <c>fc1</c>, <c>fc2</c>) stand in the order of the numbers. Other names tell no order (<c>hidden</c>,
    /// <c>out</c>): then each layer follows the one that gives as many values as it takes, where only one does.
    /// </remarks>
    /// <exception cref="InvalidDataException">A tensor belongs to no layer, or the layers do not follow one another.</exception>
    public static IReadOnlyList<LayerTensors> Of(SafetensorsReader reader)
    {
        List<LayerTensors> layers = Pair(reader);
        List<LayerTensors> ordered = NumberedName.Order(layers, layer => layer.Name) ?? ByShape(reader, layers);
        for (int i = 1; i < ordered.Count; i++)
        {
            if (ordered[i].Inputs != ordered[i - 1].Units)
            {
                throw Refuse(reader, $"{ordered[i].Weight.Name} is {ordered[i].Weight.ShapeText}, but {ordered[i - 1].Weight.Name} before it is {ordered[i - 1].Weight.ShapeText}: each layer must take what the one before it gives");
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

    /// <summary>What stands before the suffix, with the point; null where the name does not end so.</summary>
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
            reader, $"neither names nor shapes tell the order of the layers {string.Join(", ", layers.Take(4).Select(layer => $"{layer.Name} {layer.Weight.ShapeText}"))}{(layers.Count > 4 ? ", …" : "")}. Name them layers.0, layers.1 and so on");
    }

    private static InvalidDataException Refuse(SafetensorsReader reader, string reason) => new($"{reader.FileName}: {reason}.");
}
