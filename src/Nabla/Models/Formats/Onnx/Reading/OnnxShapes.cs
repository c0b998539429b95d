using System.Globalization;
using Nabla.Models.Formats.Onnx.Protobuf;
using Nabla.Models.Formats.Onnx.Schema;

namespace Nabla.Models.Formats.Onnx.Reading;

/// <summary>Operators that move or rename values without computing.</summary>
internal static class OnnxShapes
{
    public static OnnxValue Apply(OnnxNode node, OnnxValue? first, OnnxValue? second, OnnxValue?[] inputs) => node.Operator switch
    {
        "Constant" => Constant(node),
        "Identity" when first is not null => first,
        "Dropout" when first is not null => Dropout(node, first, inputs),
        "Shape" => new OnnxSize(),
        "Cast" => Cast(node, first),
        "Transpose" => Transpose(node, first),
        "Flatten" or "Reshape" or "Squeeze" or "Unsqueeze" => Reshape(node, first, second),
        _ => throw node.Refuse("it has no input."),
    };

    private static OnnxConstant Constant(OnnxNode node)
    {
        if (node.Tensor("value") is { } tensor)
        {
            return new OnnxConstant(tensor);
        }

        if (node.Has("value_float"))
        {
            byte[] four = new byte[sizeof(float)];
            System.Buffers.Binary.BinaryPrimitives.WriteSingleLittleEndian(four, node.Real("value_float", 0));
            return new OnnxConstant(new OnnxTensor(node.File, node.Name, OnnxElementType.Single, [], four, null, []));
        }

        if (node.Has("value_floats"))
        {
            ProtobufNumbers numbers = node.Attributes["value_floats"].Reals;
            int count = node.Reals("value_floats").Length;
            return new OnnxConstant(new OnnxTensor(node.File, node.Name, OnnxElementType.Single, [count], default, numbers, []));
        }

        if (node.Has("value_ints"))
        {
            ProtobufNumbers numbers = node.Attributes["value_ints"].Integers;
            int count = node.Integers("value_ints")!.Length;
            return new OnnxConstant(new OnnxTensor(node.File, node.Name, OnnxElementType.Int64, [count], default, numbers, []));
        }

        if (node.Has("value_int"))
        {
            byte[] eight = new byte[sizeof(long)];
            System.Buffers.Binary.BinaryPrimitives.WriteInt64LittleEndian(eight, node.Integer("value_int", 0));
            return new OnnxConstant(new OnnxTensor(node.File, node.Name, OnnxElementType.Int64, [], eight, null, []));
        }

        throw node.Refuse("it holds no dense tensor and no numbers.");
    }

    private static OnnxValue Dropout(OnnxNode node, OnnxValue value, OnnxValue?[] inputs) =>
        inputs.Length > 2 && inputs[2] is not (null or OnnxConstant { Tensor: { Type: OnnxElementType.Boolean, IsZero: true } })
            ? throw node.Refuse("it is exported for training. Export the model for prediction (model.eval()).")
            : value;

    private static OnnxValue Cast(OnnxNode node, OnnxValue? value)
    {
        var to = (OnnxElementType)node.Integer("to", 0);
        bool isReal = to is OnnxElementType.Single or OnnxElementType.Double;
        return value switch
        {
            OnnxPositive positive when isReal => OnnxOperators.Activate(node, positive.Z, Activation.Step),
            OnnxFlow or OnnxErf or OnnxPart when isReal => value,
            OnnxConstant { Tensor.IsReal: true } when isReal => value,
            OnnxConstant { Tensor.Type: OnnxElementType.Int64 or OnnxElementType.Int32 } when to is OnnxElementType.Int64 or OnnxElementType.Int32 => value,
            _ => throw node.Refuse($"a cast to {to} is not supported here; expected Single or Double."),
        };
    }

    private static OnnxConstant Transpose(OnnxNode node, OnnxValue? value)
    {
        if (value is not OnnxConstant { Tensor.Shape.Count: 2 } constant)
        {
            throw node.Refuse("only matrices of the file can be transposed; the columns of a sample keep their order.");
        }

        return (node.Integers("perm") ?? [1, 0]) switch
        {
            [1, 0] => constant with { IsTransposed = !constant.IsTransposed },
            [0, 1] => constant,
            _ => throw node.Refuse("perm must be [1, 0]."),
        };
    }

    private static OnnxValue Reshape(OnnxNode node, OnnxValue? value, OnnxValue? shape)
    {
        if (value is OnnxConstant { Tensor.Shape.Count: < 2, IsTransposed: false })
        {
            // A bias stays a bias as a row.
            return value;
        }

        if (value is not OnnxFlow flow)
        {
            throw node.Refuse("only the value of a sample, or a vector of the file, may change its shape.");
        }

        bool keeps = node.Operator switch
        {
            "Flatten" => node.Integer("axis", 1) == 1 || (node.Integer("axis", 1) == -1 && flow.IsFlat),
            "Reshape" => shape is OnnxSize || KeepsColumns(flow, OnnxOperators.RequireConstant(node, shape, "the shape").ReadIntegers()),
            _ => flow is { IsFlat: true, Count: 1 },
        };
        return keeps
            ? flow with { IsFlat = true }
            : throw node.Refuse($"it must give a row for each sample with all its {(flow.Count > 0 ? flow.Count.ToString(CultureInfo.InvariantCulture) + " " : "")}columns.");
    }

    private static bool KeepsColumns(OnnxFlow flow, long[] shape) => shape switch
    {
        [_, long columns] => columns == -1 || (columns > 0 && (columns == flow.Count || flow.Count == 0)),
        [_] => flow.Count == 1,
        _ => false,
    };
}
