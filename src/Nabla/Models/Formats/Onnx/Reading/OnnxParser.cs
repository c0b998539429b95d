using Nabla.Models.Formats.Onnx.Protobuf;
using Nabla.Models.Formats.Onnx.Schema;
using F = Nabla.Models.Formats.Onnx.Schema.OnnxFields;

namespace Nabla.Models.Formats.Onnx.Reading;

/// <summary>Reads the messages of an ONNX file. Unused fields are skipped with their content.</summary>
internal sealed class OnnxParser(string file, ReadOnlyMemory<byte> bytes)
{
    /// <summary>The longest text in the metadata, in bytes.</summary>
    private const int MaximumText = 1 << 26;

    /// <summary>The most axes of a tensor.</summary>
    private const int MaximumRank = 16;

    private readonly OnnxParts parts = new();

    /// <exception cref="InvalidDataException">The file is damaged, or is not an ONNX file.</exception>
    public OnnxModel Parse()
    {
        var reader = new ProtobufReader(file, bytes);
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        long operatorSet = 0;
        ProtobufReader? graph = null;
        while (reader.Read())
        {
            switch (reader.Field)
            {
                case F.ModelGraph when graph is null:
                    graph = reader.GetMessage();
                    break;
                case F.ModelGraph:
                    throw reader.Damaged("there is a second graph");
                case F.ModelOperatorSets:
                    parts.Count(reader);
                    operatorSet = Math.Max(operatorSet, ParseOperatorSet(reader.GetMessage()));
                    break;
                case F.ModelMetadata:
                    parts.Count(reader);
                    AddEntry(metadata, reader);
                    break;
            }
        }

        return ParseGraph(graph ?? throw new InvalidDataException($"{file}: there is no graph in it. Is it an ONNX file?"), operatorSet, metadata);
    }

    private static long ParseOperatorSet(ProtobufReader reader)
    {
        long version = 0;
        string domain = "";
        while (reader.Read())
        {
            switch (reader.Field)
            {
                case F.OperatorSetDomain:
                    domain = reader.GetString(OnnxParts.MaximumName);
                    break;
                case F.OperatorSetVersion:
                    version = reader.GetInt64();
                    break;
            }
        }

        return domain is "" or "ai.onnx" ? version : 0;
    }

    private static void AddEntry(Dictionary<string, string> metadata, in ProtobufReader field)
    {
        ProtobufReader reader = field.GetMessage();
        string key = "", value = "";
        while (reader.Read())
        {
            switch (reader.Field)
            {
                case F.EntryKey:
                    key = reader.GetString(OnnxParts.MaximumName);
                    break;
                case F.EntryValue:
                    value = reader.GetString(MaximumText);
                    break;
            }
        }

        if (!metadata.TryAdd(key, value))
        {
            throw field.Damaged($"the metadata {OnnxText.Quote(key)} appears twice");
        }
    }

    private OnnxModel ParseGraph(ProtobufReader reader, long operatorSet, Dictionary<string, string> metadata)
    {
        var nodes = new List<OnnxNode>();
        var initializers = new List<OnnxTensor>();
        var inputs = new List<OnnxValueInfo>();
        var outputs = new List<OnnxValueInfo>();
        while (reader.Read())
        {
            switch (reader.Field)
            {
                case F.GraphNodes:
                    nodes.Add(ParseNode(parts.Count(reader).GetMessage(), nodes.Count));
                    break;
                case F.GraphInitializers:
                    initializers.Add(ParseTensor(parts.Count(reader)));
                    break;
                case F.GraphInputs:
                    inputs.Add(OnnxValueParser.Parse(parts, parts.Count(reader).GetMessage()));
                    break;
                case F.GraphOutputs:
                    outputs.Add(OnnxValueParser.Parse(parts, parts.Count(reader).GetMessage()));
                    break;
                case F.GraphSparseInitializers:
                    throw reader.Damaged("sparse tensors are not supported: export dense weights");
            }
        }

        return new OnnxModel(operatorSet, nodes, initializers, inputs, outputs, metadata);
    }

    private OnnxNode ParseNode(ProtobufReader reader, int index)
    {
        var node = new OnnxNode(file, index);
        while (reader.Read())
        {
            switch (reader.Field)
            {
                case F.NodeInputs:
                    node.Inputs.Add(parts.Count(reader).GetString(OnnxParts.MaximumName));
                    break;
                case F.NodeOutputs:
                    node.Outputs.Add(parts.Count(reader).GetString(OnnxParts.MaximumName));
                    break;
                case F.NodeName:
                    node.Name = reader.GetString(OnnxParts.MaximumName);
                    break;
                case F.NodeOperator:
                    node.Operator = reader.GetString(OnnxParts.MaximumName);
                    break;
                case F.NodeDomain:
                    node.Domain = reader.GetString(OnnxParts.MaximumName);
                    break;
                case F.NodeAttributes:
                    OnnxAttribute attribute = ParseAttribute(parts.Count(reader).GetMessage());
                    if (!node.Attributes.TryAdd(attribute.Name, attribute))
                    {
                        throw reader.Damaged($"the attribute {OnnxText.Quote(attribute.Name)} appears twice");
                    }

                    break;
            }
        }

        return node;
    }

    private OnnxAttribute ParseAttribute(ProtobufReader reader)
    {
        var attribute = new OnnxAttribute();
        while (reader.Read())
        {
            switch (reader.Field)
            {
                case F.AttributeName:
                    attribute.Name = reader.GetString(OnnxParts.MaximumName);
                    break;
                case F.AttributeType:
                    attribute.Type = (OnnxAttributeType)reader.GetInt64();
                    break;
                case F.AttributeReal:
                    attribute.Real = reader.GetSingle();
                    break;
                case F.AttributeInteger:
                    attribute.Integer = reader.GetInt64();
                    break;
                case F.AttributeText:
                    attribute.Text = reader.GetString(OnnxParts.MaximumName);
                    break;
                case F.AttributeTensor:
                    attribute.Tensor = ParseTensor(parts.Count(reader));
                    break;
                case F.AttributeReals:
                    attribute.Reals.Add(reader, ProtobufWireType.Fixed32);
                    break;
                case F.AttributeIntegers:
                    attribute.Integers.Add(reader, ProtobufWireType.Varint);
                    break;
                case F.AttributeTexts:
                    attribute.Texts.Add(parts.Count(reader).GetString(OnnxParts.MaximumName));
                    break;
            }
        }

        return attribute;
    }

    private OnnxTensor ParseTensor(in ProtobufReader field)
    {
        ProtobufReader reader = field.GetMessage();
        string name = "";
        var dims = new ProtobufNumbers();
        OnnxElementType type = OnnxElementType.None;
        ReadOnlyMemory<byte> raw = default;
        var numbers = new Dictionary<int, ProtobufNumbers>();
        var texts = new List<string>();
        bool isExternal = false;
        while (reader.Read())
        {
            switch (reader.Field)
            {
                case F.TensorDims:
                    dims.Add(reader, ProtobufWireType.Varint);
                    break;
                case F.TensorType:
                    type = (OnnxElementType)reader.GetInt64();
                    break;
                case F.TensorName:
                    name = reader.GetString(OnnxParts.MaximumName);
                    break;
                case F.TensorRaw:
                    raw = reader.GetBytes();
                    break;
                case F.TensorTexts:
                    texts.Add(parts.Count(reader).GetString(OnnxParts.MaximumName));
                    break;
                case F.TensorReals:
                    AddTo(numbers, reader, ProtobufWireType.Fixed32);
                    break;
                case F.TensorDoubles:
                    AddTo(numbers, reader, ProtobufWireType.Fixed64);
                    break;
                case F.TensorInt32s or F.TensorInt64s:
                    AddTo(numbers, reader, ProtobufWireType.Varint);
                    break;
                case F.TensorExternal:
                    isExternal = true;
                    break;
                case F.TensorLocation:
                    isExternal |= reader.GetInt64() != 0;
                    break;
            }
        }

        if (isExternal)
        {
            throw new InvalidDataException($"{file}: the tensor {OnnxText.Quote(name)} lies in another file (external data), which is not followed. Export the model into one file.");
        }

        long[] shape;
        try
        {
            shape = dims.ReadVarints(MaximumRank);
        }
        catch (InvalidDataException e)
        {
            throw field.Damaged($"the axes of the tensor {OnnxText.Quote(name)}: {e.Message}");
        }

        int own = type switch
        {
            OnnxElementType.Single => F.TensorReals,
            OnnxElementType.Double => F.TensorDoubles,
            OnnxElementType.Int64 => F.TensorInt64s,
            _ => F.TensorInt32s,
        };
        if (!raw.IsEmpty && numbers.Count > 0)
        {
            throw field.Damaged($"the tensor {OnnxText.Quote(name)} has two sets of elements");
        }

        return new OnnxTensor(file, name, type, shape, raw, numbers.GetValueOrDefault(own), texts);
    }

    private static void AddTo(Dictionary<int, ProtobufNumbers> numbers, in ProtobufReader reader, ProtobufWireType element)
    {
        if (!numbers.TryGetValue(reader.Field, out ProtobufNumbers? found))
        {
            numbers.Add(reader.Field, found = new ProtobufNumbers());
        }

        found.Add(reader, element);
    }
}
