using System.Globalization;
using Nabla.Models.Content;
using Nabla.Network;

namespace Nabla.Models.Formats.Safetensors;

/// <summary>Parameters as the named tensors that the layers declare: <c>layers.i.weight</c> [out, in], <c>layers.i.bias</c> [out] and so on, in this order.</summary>
internal static class ParameterTensors
{
    public static string TypeOf(Precision precision) => precision == Precision.Single ? TensorType.Single : TensorType.Double;

    /// <summary>The tensors of these parameters, their names behind <paramref name="prefix"/>.</summary>
    public static IEnumerable<TensorContent> Of(Parameters parameters, string prefix = "") => parameters.StoredTensors
        .Select(tensor => new TensorContent(prefix + tensor.Name, TypeOf(parameters.Precision), ShapeOf(tensor), data => data.Write(parameters, tensor)));

    /// <summary>The tensors that a network needs, with their shapes.</summary>
    /// <param name="architecture">The network.</param>
    /// <param name="prefix">Stands before every name.</param>
    /// <param name="trainedOnly">Whether state is left out, as in moments.</param>
    public static IEnumerable<(string Name, long[] Shape)> Expected(NetworkOptions architecture, string prefix = "", bool trainedOnly = false) =>
        new NetworkStructure(architecture).Tensors.Where(tensor => tensor.IsTrained || !trainedOnly).Select(tensor => (prefix + tensor.Name, ShapeOf(tensor)));

    /// <summary>Reads parameters whose tensors are known to be there in the right shape, so that no more memory is taken than the file is long.</summary>
    /// <param name="reader">The file.</param>
    /// <param name="parameters">Receives the values.</param>
    /// <param name="finite">Whether values that are not finite are refused.</param>
    /// <param name="prefix">Stands before every name.</param>
    /// <exception cref="InvalidDataException">A value is not finite, or of a type that holds no real numbers.</exception>
    public static Parameters Read(SafetensorsReader reader, Parameters parameters, bool finite = true, string prefix = "")
    {
        Dictionary<string, TensorInfo> tensors = reader.Tensors.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
        return Read(reader, tensor => tensors[prefix + tensor.Name], parameters, finite);
    }

    /// <summary>Reads parameters from tensors whose shapes are known to be those of the network.</summary>
    /// <param name="reader">The file.</param>
    /// <param name="find">The tensor of the file that belongs to one of the network.</param>
    /// <param name="parameters">Receives the values.</param>
    /// <param name="finite">Whether values that are not finite are refused.</param>
    /// <exception cref="InvalidDataException">A value is not finite, or of a type that holds no real numbers.</exception>
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

    // Once for each type and not generic: code that is generic over numbers is not compiled ahead of time, and loading a model would wait for it.

    /// <summary>Reads a tensor. The rows of a transposed one, [first axis, the others], go into columns.</summary>
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
        $"{reader.FileName}: {source.Name}{place} is {value.ToString(CultureInfo.InvariantCulture)} in the precision asked for; every parameter must be a finite number. The file is damaged, or its training diverged.");
}
