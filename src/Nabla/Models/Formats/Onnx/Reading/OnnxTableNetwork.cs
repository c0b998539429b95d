using Nabla.Models.Content;
using Nabla.Models.Formats.Onnx.Schema;

namespace Nabla.Models.Formats.Onnx.Reading;

/// <summary>The network within the graph of a table's model: what stands between the encoded columns and the outputs in the unit of the targets.</summary>
internal static class OnnxTableNetwork
{
    /// <summary>What the names of the nodes that are left out start with: those that encode the columns, and those that bring outputs into the unit of the targets.</summary>
    private static readonly string[] Around = [OnnxNames.ColumnsPrefix, OnnxNames.TargetsPrefix];

    /// <summary>The file as if the encoded columns were the input of its graph.</summary>
    /// <remarks>How the columns are encoded is told by the description beside the graph; those nodes repeat it, and are not followed.</remarks>
    /// <param name="file">A file that Nabla has written.</param>
    /// <param name="document">What it says of the model, valid.</param>
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
