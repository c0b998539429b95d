using Nabla.Models.Content;
using Nabla.Models.Formats.Onnx.Schema;

namespace Nabla.Models.Formats.Onnx.Reading;

/// <summary>The network within the graph of a table model: the nodes between the encoded columns and the conversion to target units.</summary>
internal static class OnnxTableNetwork
{
    /// <summary>The prefixes of the nodes that are left out: they encode the columns, and convert outputs to target units.</summary>
    private static readonly string[] Around = [OnnxNames.ColumnsPrefix, OnnxNames.TargetsPrefix];

    /// <summary>The file as if the encoded columns were the input of its graph.</summary>
    /// <remarks>The description beside the graph has the encoding of the columns; the nodes only repeat it.</remarks>
    /// <param name="file">A file that Nabla wrote.</param>
    /// <param name="document">The description of its model, validated.</param>
    public static OnnxModel Of(OnnxModel file, ModelDocument document)
    {
        bool isRegression = document.Classes.Count == 0;
        return file with
        {
            Nodes = [.. file.Nodes.Where(node => !Around.Any(start => node.Name.StartsWith(start, StringComparison.Ordinal)))],
            Inputs = [new OnnxValueInfo(OnnxNames.EncodedColumns, OnnxElementType.Single, [-1, document.Network.Inputs])],
            Outputs =
            [
                .. file.Outputs.Select(output => isRegression && output.Name == OnnxNames.Outputs
                    ? output with { Name = OnnxNames.Activation(document.Network.Layers.Count - 1) }
                    : output),
            ],
        };
    }
}
