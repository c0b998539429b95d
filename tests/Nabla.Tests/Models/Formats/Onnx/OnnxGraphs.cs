using Nabla.Models.Formats.Onnx.Protobuf;
using Nabla.Models.Formats.Onnx.Schema;
using Nabla.Models.Formats.Onnx.Writing;

namespace Nabla.Tests.Models.Formats.Onnx;

/// <summary>Graphs made node by node, good and hostile ones.</summary>
internal static class OnnxGraphs
{
    /// <summary>A file with one graph.</summary>
    public static byte[] File(Action<OnnxGraphWriter> build, long operatorSet = 17)
    {
        var graph = new OnnxGraphWriter();
        build(graph);
        using var stream = new MemoryStream();
        graph.Write(stream);
        return Model(stream.ToArray(), operatorSet);
    }

    /// <summary>A file whose graph is given as bytes.</summary>
    public static byte[] Model(ReadOnlySpan<byte> graph, long operatorSet = 17) => new ProtobufWriter()
        .Integer(OnnxFields.ModelIrVersion, 8)
        .Message(OnnxFields.ModelOperatorSets, new ProtobufWriter().Integer(OnnxFields.OperatorSetVersion, operatorSet))
        .Bytes(OnnxFields.ModelGraph, graph)
        .Written.ToArray();

    /// <summary>A tensor of 32-bit numbers.</summary>
    public static void Numbers(this OnnxGraphWriter graph, string name, ReadOnlySpan<long> shape, params float[] values) =>
        graph.Tensor(name, shape, data => data.Write<float>(values));

    /// <summary>2 inputs, 2 units with weights [[1, 2], [3, 4]] and biases [5, 6], between nodes that a test adds: the layer takes "in" and gives "z".</summary>
    public static byte[] Layer(Action<OnnxGraphWriter> build, string input = "x", string output = "z", string type = "Gemm") => File(graph =>
    {
        graph.Input("x", 2);
        graph.Numbers("w", [2, 2], 1, 2, 3, 4);
        graph.Numbers("b", [2], 5, 6);
        if (input == "x")
        {
            Dense(graph, input, type);
        }

        build(graph);
        if (input != "x")
        {
            Dense(graph, input, type);
        }

        graph.Output(output, OnnxElementType.Single, 2);
    });

    private static void Dense(OnnxGraphWriter graph, string input, string type) =>
        graph.Node(type, "dense", [input, "w", "b"], ["z"], OnnxGraphWriter.Integer("transB", 1));
}
