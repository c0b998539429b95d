namespace Nabla.Models.Formats.Safetensors;

/// <summary>Checks, before memory is allocated, that a file holds exactly the tensors of a network.</summary>
internal static class TensorCheck
{
    /// <summary>Requires exactly the tensors of the network, all of one type.</summary>
    /// <returns>The precision of that type.</returns>
    /// <exception cref="InvalidDataException">A tensor is missing, unknown, or of another shape or type.</exception>
    public static Precision Precision(SafetensorsReader reader, NetworkOptions architecture)
    {
        Dictionary<string, TensorInfo> rest = ByName(reader);
        string? type = null;
        foreach ((string name, long[] shape) in ParameterTensors.Expected(architecture))
        {
            type ??= rest.GetValueOrDefault(name)?.ElementType;
            Take(reader, rest, name, shape, type);
        }

        RequireEmpty(reader, rest);
        return type switch
        {
            TensorType.Single => Nabla.Precision.Single,
            TensorType.Double => Nabla.Precision.Double,
            _ => throw new InvalidDataException($"{reader.FileName}: the parameters are of type {type}; expected F32 or F64."),
        };
    }

    /// <summary>The tensors of a file by name.</summary>
    public static Dictionary<string, TensorInfo> ByName(SafetensorsReader reader) =>
        reader.Tensors.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);

    /// <summary>Removes a tensor from the rest and checks it.</summary>
    public static TensorInfo Take(SafetensorsReader reader, Dictionary<string, TensorInfo> rest, string name, long[] shape, string? type)
    {
        if (!rest.Remove(name, out TensorInfo? tensor))
        {
            throw new InvalidDataException($"{reader.FileName}: the tensor {name} [{string.Join(", ", shape)}] is missing.");
        }

        if (!tensor.HasShape(shape))
        {
            throw new InvalidDataException($"{reader.FileName}: {name} is {tensor.ShapeText} but the network has [{string.Join(", ", shape)}].");
        }

        return tensor.ElementType == type
            ? tensor
            : throw new InvalidDataException($"{reader.FileName}: {name} has elements of type {tensor.ElementType}; expected {type}.");
    }

    /// <summary>Requires that no tensor is left.</summary>
    public static void RequireEmpty(SafetensorsReader reader, Dictionary<string, TensorInfo> rest)
    {
        if (rest.Count > 0)
        {
            throw new InvalidDataException($"{reader.FileName}: the tensor {rest.Keys.Order(StringComparer.Ordinal).First()} belongs to no layer of the network.");
        }
    }
}
