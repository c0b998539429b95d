using Nabla.Models.Formats.Onnx.Protobuf;
using Nabla.Models.Formats.Onnx.Schema;

namespace Nabla.Models.Formats.Onnx.Reading;

/// <summary>The parts of an ONNX file that Nabla reads.</summary>
/// <param name="OperatorSet">The version of the default operator set, or 0 where none is named.</param>
/// <param name="Nodes">The nodes in file order, which the format requires to be an order of computation.</param>
/// <param name="Initializers">The tensors of the file.</param>
/// <param name="Inputs">The inputs of the graph.</param>
/// <param name="Outputs">The outputs of the graph.</param>
/// <param name="Metadata">Texts by key.</param>
internal sealed record OnnxModel(
    long OperatorSet,
    IReadOnlyList<OnnxNode> Nodes,
    IReadOnlyList<OnnxTensor> Initializers,
    IReadOnlyList<OnnxValueInfo> Inputs,
    IReadOnlyList<OnnxValueInfo> Outputs,
    IReadOnlyDictionary<string, string> Metadata);

/// <summary>An input or output of a graph.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">The type of its elements; none for a value that is not a tensor.</param>
/// <param name="Shape">Its axes, −1 where an axis is free; null where the file does not say.</param>
internal sealed record OnnxValueInfo(string Name, OnnxElementType Type, IReadOnlyList<long>? Shape);

/// <summary>An attribute of a node.</summary>
internal sealed record OnnxAttribute
{
    public string Name { get; set; } = "";

    public OnnxAttributeType Type { get; set; }

    public float Real { get; set; }

    public long Integer { get; set; }

    public string Text { get; set; } = "";

    public OnnxTensor? Tensor { get; set; }

    public ProtobufNumbers Reals { get; } = new();

    public ProtobufNumbers Integers { get; } = new();

    public List<string> Texts { get; } = [];
}
