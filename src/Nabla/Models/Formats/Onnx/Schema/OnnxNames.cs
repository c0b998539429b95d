using System.Globalization;

namespace Nabla.Models.Formats.Onnx.Schema;

/// <summary>The names of values and metadata keys in the ONNX files that Nabla writes, for the writer and the reader.</summary>
internal static class OnnxNames
{
    /// <summary>The input of the graph, and its outputs.</summary>
    public const string Input = "input", Label = "label", Probabilities = "probabilities", Outputs = "outputs";

    /// <summary>The metadata keys of the class names and of the columns' names.</summary>
    public const string ClassesKey = "classes", ColumnsKey = "columns";

    /// <summary>The prefixes of all names inside the graph.</summary>
    public const string ColumnsPrefix = "columns.", ConstantsPrefix = "constants.", LayersPrefix = "layers.", TargetsPrefix = "targets.";

    /// <summary>The encoded columns of a table, [N, inputs]: the values that the first layer takes.</summary>
    public const string EncodedColumns = "columns.encoded";

    /// <summary>The activations of a layer, where they are not an output of the graph.</summary>
    public static string Activation(int layer) => $"{LayersPrefix}{layer.ToString(CultureInfo.InvariantCulture)}.activation";
}
