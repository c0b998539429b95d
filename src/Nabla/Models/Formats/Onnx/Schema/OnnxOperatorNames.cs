using Nabla.Network.Operators;

namespace Nabla.Models.Formats.Onnx.Schema;

/// <summary>The ONNX names of the elementary operators, for the writer and the reader.</summary>
internal static class OnnxOperatorNames
{
    private static readonly (Operator Operator, string Name, string? Attribute, float Default)[] Rows =
    [
        (Operator.Add, "Add", null, 0),
        (Operator.Subtract, "Sub", null, 0),
        (Operator.Multiply, "Mul", null, 0),
        (Operator.Divide, "Div", null, 0),
        (Operator.SquareRoot, "Sqrt", null, 0),
        (Operator.Exp, "Exp", null, 0),
        (Operator.Erf, "Erf", null, 0),
        (Operator.Sigmoid, "Sigmoid", null, 0),
        (Operator.Tanh, "Tanh", null, 0),
        (Operator.Relu, "Relu", null, 0),
        (Operator.LeakyRelu, "LeakyRelu", "alpha", 0.01f),
        (Operator.Elu, "Elu", "alpha", 1),
        (Operator.Selu, "Selu", null, 0),
        (Operator.Softplus, "Softplus", null, 0),
        (Operator.Softmax, "Softmax", null, 0),
    ];

    /// <summary>The name of an operator, and the name of the attribute that holds its parameter.</summary>
    public static (string Name, string? Attribute) Of(Operator @operator)
    {
        (Operator _, string name, string? attribute, float _) = Array.Find(Rows, row => row.Operator == @operator);
        return name is null ? throw new NotSupportedException($"{@operator} is not a single operator in ONNX.") : (name, attribute);
    }

    /// <summary>The operator of a name with its attribute and the attribute's default, or null.</summary>
    public static (Operator Operator, string? Attribute, float Default)? Find(string name)
    {
        (Operator found, string known, string? attribute, float value) = Array.Find(Rows, row => row.Name == name);
        return known is null ? null : (found, attribute, value);
    }
}
