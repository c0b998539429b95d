namespace Nabla.Models.Formats.Onnx.Schema;

/// <summary>The field numbers of onnx.proto that Nabla reads or writes.</summary>
internal static class OnnxFields
{
    public const int ModelIrVersion = 1, ModelProducerName = 2, ModelProducerVersion = 3, ModelGraph = 7, ModelOperatorSets = 8, ModelMetadata = 14;
    public const int OperatorSetDomain = 1, OperatorSetVersion = 2;
    public const int EntryKey = 1, EntryValue = 2;
    public const int GraphNodes = 1, GraphName = 2, GraphInitializers = 5, GraphInputs = 11, GraphOutputs = 12, GraphSparseInitializers = 15;
    public const int NodeInputs = 1, NodeOutputs = 2, NodeName = 3, NodeOperator = 4, NodeAttributes = 5, NodeDomain = 7;
    public const int AttributeName = 1, AttributeReal = 2, AttributeInteger = 3, AttributeText = 4, AttributeTensor = 5;
    public const int AttributeReals = 7, AttributeIntegers = 8, AttributeTexts = 9, AttributeType = 20;
    public const int TensorDims = 1, TensorType = 2, TensorReals = 4, TensorInt32s = 5, TensorTexts = 6, TensorInt64s = 7, TensorName = 8;
    public const int TensorRaw = 9, TensorDoubles = 10, TensorExternal = 13, TensorLocation = 14;
    public const int ValueName = 1, ValueType = 2, TypeTensor = 1, TensorTypeElement = 1, TensorTypeShape = 2, ShapeDim = 1, DimValue = 1, DimParameter = 2;
}

/// <summary>The types of an attribute (onnx.proto, AttributeProto.AttributeType).</summary>
internal enum OnnxAttributeType
{
    None = 0,
    Real = 1,
    Integer = 2,
    Text = 3,
    Tensor = 4,
    Graph = 5,
    Reals = 6,
    Integers = 7,
    Texts = 8,
}

/// <summary>The types of a tensor's elements (onnx.proto, TensorProto.DataType).</summary>
internal enum OnnxElementType
{
    None = 0,
    Single = 1,
    UInt8 = 2,
    Int8 = 3,
    UInt16 = 4,
    Int16 = 5,
    Int32 = 6,
    Int64 = 7,
    Text = 8,
    Boolean = 9,
    Half = 10,
    Double = 11,
    UInt32 = 12,
    UInt64 = 13,
    BFloat16 = 16,
}
