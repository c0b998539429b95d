namespace Nabla.Models.Formats.Onnx.Reading;

/// <summary>Addition, subtraction, multiplication and division with constants, and the product that makes a GELU.</summary>
internal sealed class OnnxArithmetic(OnnxOperators operators)
{
    public OnnxValue Apply(OnnxNode node, OnnxValue? left, OnnxValue? right) => (left, right) switch
    {
        (OnnxFlow flow, OnnxConstant constant) => WithConstant(node, flow, constant, isLeft: false),
        (OnnxConstant constant, OnnxFlow flow) => WithConstant(node, flow, constant, isLeft: true),
        (OnnxErf erf, OnnxConstant { Scalar: { } number }) => Recognize(node, WithNumber(node, erf, number, isLeft: false)),
        (OnnxConstant { Scalar: { } number }, OnnxErf erf) => Recognize(node, WithNumber(node, erf, number, isLeft: true)),
        (OnnxFlow flow, OnnxErf erf) when node.Operator == "Mul" => Recognize(node, Product(node, flow, erf)),
        (OnnxErf erf, OnnxFlow flow) when node.Operator == "Mul" => Recognize(node, Product(node, flow, erf)),
        (OnnxFlow z, OnnxFlow or OnnxPart) when node.Operator == "Mul" && Gated(node, z, right) is { } product => product,
        (OnnxFlow or OnnxPart, OnnxFlow z) when node.Operator == "Mul" && Gated(node, z, left) is { } product => product,
        (OnnxFlow, OnnxFlow) => throw node.Refuse("it combines two values that come from the input (a skip connection or a gate); Nabla's networks are chains of layers."),
        (OnnxConstant, OnnxConstant) => throw node.Refuse("it computes with constants only. Export with constant folding."),
        _ => throw node.Refuse("with these inputs it is not supported; arithmetic is supported with one constant, and within GELU, 0.5·z·(1 + erf(z/√2))."),
    };

    /// <summary>z·g(z), where that is an activation; or null.</summary>
    private OnnxValue? Gated(OnnxNode node, OnnxFlow z, OnnxValue? gate)
    {
        (OnnxFlow? gated, Activation? g) = gate switch
        {
            OnnxPart part => (part.Z, part.Activation),
            OnnxFlow { Matrix: null, IsPlain: true } layer => (layer.Source.Z, layer.Source.Activation),
            _ => (null, null),
        };
        return z.Matrix is not null && gated is not null && z.HasSameColumns(gated) && z.Factor == gated.Factor && z.Offset == gated.Offset
            && operators.Formulas.OfProduct(g!) is { } activation
            ? OnnxOperators.Activate(node, z, activation)
            : null;
    }

    private OnnxFlow WithConstant(OnnxNode node, OnnxFlow flow, OnnxConstant constant, bool isLeft)
    {
        OnnxTensor tensor = constant.IsTransposed ? throw node.Refuse("a transposed matrix cannot be added or multiplied column by column.") : constant.Tensor;
        bool isSum = node.Operator is "Add" or "Sub" or "Sum";
        if (node.Operator == "Div" && isLeft)
        {
            throw node.Refuse("division by a value that comes from the input is not supported.");
        }

        // For a layer with one unit, the number is its bias.
        if (tensor.Count == 1 && !(isSum && flow is { Matrix: not null, Count: 1 }))
        {
            (double factor, double offset) = Effect(node, tensor.ReadReals()[0], isLeft);
            return flow.With(factor, offset);
        }

        operators.Charge(node, tensor.Count);
        if (isSum)
        {
            return operators.AddColumns(node, node.Operator == "Sub" && isLeft ? flow.With(-1, 0) : flow, constant, node.Operator == "Sub" && !isLeft ? -1 : 1);
        }

        double[] scale = operators.Columns(node, flow, tensor);
        for (int j = 0; j < scale.Length && node.Operator == "Div"; j++)
        {
            scale[j] = 1 / scale[j];
        }

        return operators.ScaleColumns(node, flow, scale, null);
    }

    private static OnnxErf WithNumber(OnnxNode node, OnnxErf erf, double number, bool isLeft)
    {
        if (node.Operator == "Div" && isLeft)
        {
            throw node.Refuse("division by a value that comes from the input is not supported.");
        }

        (double factor, double offset) = Effect(node, number, isLeft);
        return erf.IsTimesZ && offset != 0 ? throw node.Refuse("erf is supported within GELU only, 0.5·z·(1 + erf(z/√2)).") : erf.Scale(factor, offset);
    }

    private static OnnxErf Product(OnnxNode node, OnnxFlow flow, OnnxErf erf) => !erf.IsTimesZ && flow.Offset == 0 && flow.HasSameColumns(erf.Z)
        ? erf.Times(flow.Factor)
        : throw node.Refuse("erf is supported within GELU only, 0.5·z·(1 + erf(z/√2)).");

    private static OnnxValue Recognize(OnnxNode node, OnnxErf erf) =>
        erf.GeluFactor is { } factor ? OnnxOperators.Activate(node, erf.Z with { Factor = factor }, Activation.Gelu) : erf;

    /// <summary>The effect of one number on a value: value·factor + offset.</summary>
    private static (double Factor, double Offset) Effect(OnnxNode node, double number, bool isLeft) => node.Operator switch
    {
        "Add" or "Sum" => (1, number),
        "Sub" => isLeft ? (-1, number) : (1, -number),
        "Mul" => (number, 0),
        _ => (1 / number, 0),
    };
}
