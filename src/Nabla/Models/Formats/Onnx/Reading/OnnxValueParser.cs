using Nabla.Models.Formats.Onnx.Protobuf;
using Nabla.Models.Formats.Onnx.Schema;
using F = Nabla.Models.Formats.Onnx.Schema.OnnxFields;

namespace Nabla.Models.Formats.Onnx.Reading;

/// <summary>Reads the description of a graph input or output: name, element type, axes.</summary>
internal static class OnnxValueParser
{
    public static OnnxValueInfo Parse(OnnxParts parts, ProtobufReader reader)
    {
        string name = "";
        (OnnxElementType Type, IReadOnlyList<long>? Shape) tensor = (OnnxElementType.None, null);
        while (reader.Read())
        {
            switch (reader.Field)
            {
                case F.ValueName:
                    name = reader.GetString(OnnxParts.MaximumName);
                    break;
                case F.ValueType:
                    ProtobufReader type = reader.GetMessage();
                    while (type.Read())
                    {
                        if (type.Field == F.TypeTensor)
                        {
                            tensor = ParseTensorType(parts, type.GetMessage());
                        }
                    }

                    break;
            }
        }

        return new OnnxValueInfo(name, tensor.Type, tensor.Shape);
    }

    private static (OnnxElementType Type, IReadOnlyList<long>? Shape) ParseTensorType(OnnxParts parts, ProtobufReader reader)
    {
        OnnxElementType type = OnnxElementType.None;
        List<long>? shape = null;
        while (reader.Read())
        {
            switch (reader.Field)
            {
                case F.TensorTypeElement:
                    type = (OnnxElementType)reader.GetInt64();
                    break;
                case F.TensorTypeShape:
                    shape = [];
                    ProtobufReader dims = reader.GetMessage();
                    while (dims.Read())
                    {
                        if (dims.Field == F.ShapeDim)
                        {
                            shape.Add(ParseAxis(parts.Count(dims).GetMessage()));
                        }
                    }

                    break;
            }
        }

        return (type, shape);
    }

    private static long ParseAxis(ProtobufReader reader)
    {
        long axis = -1;
        while (reader.Read())
        {
            axis = reader.Field == F.DimValue && reader.GetInt64() > 0 ? reader.GetInt64() : -1;
        }

        return axis;
    }
}
