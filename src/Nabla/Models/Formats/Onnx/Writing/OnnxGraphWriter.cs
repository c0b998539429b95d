using System.Buffers.Binary;
using Nabla.Models.Content;
using Nabla.Models.Formats.Onnx.Protobuf;
using Nabla.Models.Formats.Onnx.Schema;
using F = Nabla.Models.Formats.Onnx.Schema.OnnxFields;

namespace Nabla.Models.Formats.Onnx.Writing;

/// <summary>Collects a graph and writes it. Large tensors are streamed, never copied in memory.</summary>
internal sealed class OnnxGraphWriter
{
    /// <summary>The domain of the operators for classical machine learning.</summary>
    public const string MachineLearningDomain = "ai.onnx.ml";

    /// <summary>The free axis, one row per sample.</summary>
    private const string BatchAxis = "N";

    private readonly ProtobufWriter nodes = new();
    private readonly ProtobufWriter values = new();
    private readonly List<(ProtobufWriter Head, long RawLength, Action<TensorStream>? Raw)> tensors = [];
    private readonly HashSet<string> scalars = new(StringComparer.Ordinal);

    public OnnxGraphWriter() => values.Text(F.GraphName, "nabla");

    /// <summary>Whether the graph has nodes of <c>ai.onnx.ml</c>.</summary>
    public bool HasMachineLearning { get; private set; }

    /// <summary>Bytes of the graph.</summary>
    public long Length => nodes.Length + values.Length + tensors.Sum(tensor => tensor.Head.Length + tensor.RawLength);

    /// <summary>An attribute that holds a whole number.</summary>
    public static ProtobufWriter Integer(string name, long value) =>
        new ProtobufWriter().Text(F.AttributeName, name).Integer(F.AttributeInteger, value).Integer(F.AttributeType, (long)OnnxAttributeType.Integer);

    /// <summary>An attribute that holds whole numbers.</summary>
    public static ProtobufWriter Integers(string name, ReadOnlySpan<int> values)
    {
        ProtobufWriter attribute = new ProtobufWriter().Text(F.AttributeName, name);
        foreach (int value in values)
        {
            attribute.Integer(F.AttributeIntegers, value);
        }

        return attribute.Integer(F.AttributeType, (long)OnnxAttributeType.Integers);
    }

    /// <summary>An attribute that holds texts.</summary>
    public static ProtobufWriter Texts(string name, ReadOnlySpan<string> values)
    {
        ProtobufWriter attribute = new ProtobufWriter().Text(F.AttributeName, name);
        foreach (string value in values)
        {
            attribute.Text(F.AttributeTexts, value);
        }

        return attribute.Integer(F.AttributeType, (long)OnnxAttributeType.Texts);
    }

    /// <summary>An attribute that holds a real number.</summary>
    public static ProtobufWriter Real(string name, float value) =>
        new ProtobufWriter().Text(F.AttributeName, name).Real(F.AttributeReal, value).Integer(F.AttributeType, (long)OnnxAttributeType.Real);

    public void Node(string type, string name, ReadOnlySpan<string> inputs, ReadOnlySpan<string> outputs, params ReadOnlySpan<ProtobufWriter> attributes) =>
        AddNode("", type, name, inputs, outputs, attributes);

    /// <summary>A node of <c>ai.onnx.ml</c>.</summary>
    public void MachineLearningNode(string type, string name, ReadOnlySpan<string> inputs, ReadOnlySpan<string> outputs, params ReadOnlySpan<ProtobufWriter> attributes)
    {
        HasMachineLearning = true;
        AddNode(MachineLearningDomain, type, name, inputs, outputs, attributes);
    }

    /// <summary>An input [N, <paramref name="width"/>] of 32-bit numbers.</summary>
    public void Input(string name, int width) => Input(name, OnnxElementType.Single, width);

    /// <summary>An input [N, <paramref name="width"/>].</summary>
    public void Input(string name, OnnxElementType type, int width) => values.Message(F.GraphInputs, Value(name, type, width));

    /// <summary>An output [N, <paramref name="width"/>], or [N].</summary>
    public void Output(string name, OnnxElementType type, int? width) => values.Message(F.GraphOutputs, Value(name, type, width));

    /// <summary>A tensor of 32-bit numbers.</summary>
    public void Tensor(string name, ReadOnlySpan<long> shape, Action<TensorStream> write)
    {
        long count = 1;
        foreach (long axis in shape)
        {
            count = checked(count * axis);
        }

        AddTensor(name, OnnxElementType.Single, shape, count * sizeof(float), write);
    }

    /// <summary>A short vector of whole numbers.</summary>
    public void Tensor(string name, ReadOnlySpan<long> numbers)
    {
        byte[] raw = new byte[numbers.Length * sizeof(long)];
        for (int i = 0; i < numbers.Length; i++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(raw.AsSpan(i * sizeof(long)), numbers[i]);
        }

        ProtobufWriter tensor = Describe(name, OnnxElementType.Int64, [numbers.Length]).Bytes(F.TensorRaw, raw);
        tensors.Add((new ProtobufWriter().Message(F.GraphInitializers, tensor), 0, null));
    }

    /// <summary>64-bit numbers, one for each column.</summary>
    public void Row(string name, double[] numbers) =>
        AddTensor(name, OnnxElementType.Double, [numbers.Length], (long)numbers.Length * sizeof(double), data => data.Write<double>(numbers));

    /// <summary>A single 64-bit number.</summary>
    public void Number(string name, double value) => AddTensor(name, OnnxElementType.Double, [], sizeof(double), data => data.Write<double>([value]));

    /// <summary>A single 32-bit number; the same name is added once.</summary>
    public void Scalar(string name, float value)
    {
        if (scalars.Add(name))
        {
            AddTensor(name, OnnxElementType.Single, [], sizeof(float), data => data.Write<float>([value]));
        }
    }

    public void Write(Stream stream)
    {
        stream.Write(nodes.Written);
        var data = new TensorStream(stream);
        foreach ((ProtobufWriter head, _, Action<TensorStream>? raw) in tensors)
        {
            stream.Write(head.Written);
            raw?.Invoke(data);
        }

        stream.Write(values.Written);
    }

    private void AddNode(string domain, string type, string name, ReadOnlySpan<string> inputs, ReadOnlySpan<string> outputs, ReadOnlySpan<ProtobufWriter> attributes)
    {
        var node = new ProtobufWriter();
        foreach (string input in inputs)
        {
            node.Text(F.NodeInputs, input);
        }

        foreach (string output in outputs)
        {
            node.Text(F.NodeOutputs, output);
        }

        node.Text(F.NodeName, name).Text(F.NodeOperator, type);
        foreach (ProtobufWriter attribute in attributes)
        {
            node.Message(F.NodeAttributes, attribute);
        }

        if (domain.Length > 0)
        {
            node.Text(F.NodeDomain, domain);
        }

        nodes.Message(F.GraphNodes, node);
    }

    private static ProtobufWriter Describe(string name, OnnxElementType type, ReadOnlySpan<long> shape)
    {
        var tensor = new ProtobufWriter();
        foreach (long axis in shape)
        {
            tensor.Integer(F.TensorDims, axis);
        }

        return tensor.Integer(F.TensorType, (long)type).Text(F.TensorName, name);
    }

    private static ProtobufWriter Value(string name, OnnxElementType type, int? width)
    {
        ProtobufWriter shape = new ProtobufWriter().Message(F.ShapeDim, new ProtobufWriter().Text(F.DimParameter, BatchAxis));
        if (width is { } columns)
        {
            shape.Message(F.ShapeDim, new ProtobufWriter().Integer(F.DimValue, columns));
        }

        ProtobufWriter tensor = new ProtobufWriter().Integer(F.TensorTypeElement, (long)type).Message(F.TensorTypeShape, shape);
        return new ProtobufWriter().Text(F.ValueName, name).Message(F.ValueType, new ProtobufWriter().Message(F.TypeTensor, tensor));
    }

    private void AddTensor(string name, OnnxElementType type, ReadOnlySpan<long> shape, long rawLength, Action<TensorStream> write)
    {
        ProtobufWriter description = Describe(name, type, shape);
        long length = description.Length + new ProtobufWriter().Announce(F.TensorRaw, rawLength).Length + rawLength;
        ProtobufWriter head = new ProtobufWriter().Announce(F.GraphInitializers, length);
        head.Append(description).Announce(F.TensorRaw, rawLength);
        tensors.Add((head, rawLength, write));
    }
}
