using System.Globalization;
using Nabla.Models.Content;
using Nabla.Network;

namespace Nabla.Models.Formats.Safetensors;

/// <summary>Parameters as the named tensors that the layers declare: <c>layers.i.weight</c> [out, in], <c>layers.i.bias</c> [out] and so on, in this order.</summary>
internal static class ParameterTensors
{
    public static string TypeOf(Precision precision) => precision == Precision.Single ? TensorType.Single : TensorType.Double;

    /// <summary>The tensors of these parameters, with <paramref name="prefix"/> before their names.</summary>
    public static IEnumerable<TensorContent> Of(Parameters parameters, string prefix = "") => parameters.StoredTensors
        .Select(tensor => new TensorContent(prefix + tensor.Name, TypeOf(parameters.Precision), ShapeOf(tensor), data => data.Write(parameters, tensor)));

    /// <summary>The tensors that a network needs, with their shapes.</summary>
    /// <param name="architecture">The network.</param>
    /// <param name="prefix">The start of every name.</param>
    /// <param name="trainedOnly">Whether state is left out, as in moments.</param>
    public static IEnumerable<(string Name, long[] Shape)> Expected(NetworkOptions architecture, string prefix = "", bool trainedOnly = false) =>
        new NetworkStructure(architecture).Tensors.Where(tensor => tensor.IsTrained || !trainedOnly).Select(tensor => (prefix + tensor.Name, ShapeOf(tensor)));

    /// <summary>Reads parameters. The tensors and their shapes must have been checked, so that no more memory is taken than the file is long.</summary>
    /// <param name="reader">The file.</param>
    /// <param name="parameters">Receives the values.</param>
    /// <param name="finite">Whether values that are not finite are refused.</param>
    /// <param name="prefix">The start of every name.</param>
    /// <exception cref="InvalidDataException">A value is not finite, or its type does not hold real numbers.</exception>
    public static Parameters Read(SafetensorsReader reader, Parameters parameters, bool finite = true, string prefix = "")
    {
        Dictionary<string, TensorInfo> tensors = reader.Tensors.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
        return Read(reader, tensor => tensors[prefix + tensor.Name], parameters, finite);
    }

    /// <summary>Reads parameters from tensors whose shapes have been checked.</summary>
    /// <param name="reader">The file.</param>
    /// <param name="find">Finds the file's tensor for a tensor of the network.</param>
    /// <param name="parameters">Receives the values.</param>
    /// <param name="finite">Whether values that are not finite are refused.</param>
    /// <exception cref="InvalidDataException">A value is not finite, or its type does not hold real numbers.</exception>
    public static Parameters Read(SafetensorsReader reader, Func<ParameterTensor, TensorInfo> find, Parameters parameters, bool finite = true)
    {
        foreach (ParameterTensor tensor in parameters.StoredTensors)
        {
            if (parameters.Precision == Precision.Single)
            {
                Read(reader, find(tensor), tensor, parameters.Values<float>(tensor), finite);
            }
            else
            {
                Read(reader, find(tensor), tensor, parameters.Values<double>(tensor), finite);
            }
        }

        return parameters;
    }

    private static long[] ShapeOf(ParameterTensor tensor) => [.. tensor.Shape.Select(size => (long)size)];

    // One method per type: code that is generic over numbers is not compiled ahead of time, and loading a model would wait for it.

    /// <summary>Reads a tensor. The rows of a transposed tensor, [first axis, other axes], become columns.</summary>
    private static void Read(SafetensorsReader reader, TensorInfo source, ParameterTensor tensor, Span<float> values, bool finite)
    {
        int rows = tensor.Declaration.IsTransposed ? tensor.Shape[0] : 1, columns = tensor.Count / rows;
        float[] row = new float[columns];
        for (int i = 0; i < rows; i++)
        {
            reader.Read(source, (long)i * columns, row.AsSpan());
            for (int j = 0; j < columns; j++)
            {
                if (finite && !float.IsFinite(row[j]))
                {
                    throw NotFinite(reader, source, tensor.PlaceOf((i * columns) + j), row[j]);
                }

                values[i + (j * rows)] = row[j];
            }
        }
    }

    /// <inheritdoc cref="Read(SafetensorsReader, TensorInfo, ParameterTensor, Span{float}, bool)"/>
    private static void Read(SafetensorsReader reader, TensorInfo source, ParameterTensor tensor, Span<double> values, bool finite)
    {
        int rows = tensor.Declaration.IsTransposed ? tensor.Shape[0] : 1, columns = tensor.Count / rows;
        double[] row = new double[columns];
        for (int i = 0; i < rows; i++)
        {
            reader.Read(source, (long)i * columns, row.AsSpan());
            for (int j = 0; j < columns; j++)
            {
                if (finite && !double.IsFinite(row[j]))
                {
                    throw NotFinite(reader, source, tensor.PlaceOf((i * columns) + j), row[j]);
                }

                values[i + (j * rows)] = row[j];
            }
        }
    }

    private static InvalidDataException NotFinite(SafetensorsReader reader, TensorInfo source, string place, double value) => new(
        $"{reader.FileName}: {source.Name}{place} is {value.ToString(CultureInfo.InvariantCulture)} in the requested precision; every parameter must be a finite number. The file is damaged, or its training diverged.");
}
