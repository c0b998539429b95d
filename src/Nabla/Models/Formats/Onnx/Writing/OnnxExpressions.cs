using System.Globalization;
using Nabla.Models.Formats.Onnx.Schema;
using Nabla.Network.Operators;

namespace Nabla.Models.Formats.Onnx.Writing;

/// <summary>Formulas of layers and activations as nodes of operator set 17.</summary>
/// <param name="graph">Receives the nodes.</param>
/// <param name="tensorName">The name of a tensor of the layer, by its index.</param>
internal sealed class OnnxExpressions(OnnxGraphWriter graph, Func<int, string> tensorName)
{
    private const string Zero = "constants.zero";

    private readonly Dictionary<string, int> used = new(StringComparer.Ordinal);

    /// <summary>Adds the nodes of a formula.</summary>
    /// <param name="formula">The formula.</param>
    /// <param name="place">The start of the names of the nodes and of the values between them.</param>
    /// <param name="variable">The name of the input.</param>
    /// <param name="output">The name of the result.</param>
    public void Add(Expression formula, string place, string variable, string output)
    {
        if (formula is Variable)
        {
            graph.Node("Identity", $"{place}.Identity", [variable], [output]);
            return;
        }

        Emit(formula, place, variable, output);
    }

    /// <returns>The name of the value.</returns>
    private string Emit(Expression formula, string place, string variable, string? output) => formula switch
    {
        Variable => variable,
        Number number => Constant(Single(number.Value)),
        Tensor tensor => tensorName(tensor.Index),
        Call { Operator: Operator.Positive } call => Positive(Emit(call.Operands[0], place, variable, null), place, output),
        Call { Operator: Operator.Product } call => Node("Gemm", place, [Emit(call.Operands[0], place, variable, null), Emit(call.Operands[1], place, variable, null)], output, OnnxGraphWriter.Integer("transB", 1)),
        Call call => Elementary(call, place, variable, output),
        UnitRuns runs => Split(runs, place, variable, output),
        _ => throw new NotSupportedException($"{formula.GetType().Name} cannot be written as ONNX."),
    };

    private string Elementary(Call call, string place, string variable, string? output)
    {
        (string name, string? attribute) = OnnxOperatorNames.Of(call.Operator);
        string[] operands = [.. call.Operands.Select(operand => Emit(operand, place, variable, null))];
        return call.Operator == Operator.Softmax ? Node(name, place, operands, output, OnnxGraphWriter.Integer("axis", 1))
            : attribute is not null && call.Parameter is { } parameter ? Node(name, place, operands, output, OnnxGraphWriter.Real(attribute, Single(parameter)))
            : Node(name, place, operands, output);
    }

    private string Positive(string x, string place, string? output)
    {
        graph.Scalar(Zero, 0);
        string isPositive = Node("Greater", place, [x, Zero], null);
        return Node("Cast", place, [isPositive], output, OnnxGraphWriter.Integer("to", (long)OnnxElementType.Single));
    }

    /// <summary>Neighbouring units with the same formula form a part.</summary>
    private string Split(UnitRuns runs, string place, string variable, string? output)
    {
        string input = Emit(runs.Input, place, variable, null);
        string[] parts = [.. Enumerable.Range(0, runs.Parts.Count).Select(part => $"{place}.part.{part.ToString(CultureInfo.InvariantCulture)}")];
        string[] activated = [.. parts.Select(part => $"{part}.activation")];
        graph.Tensor($"{place}.split", [.. runs.Parts.Select(part => (long)part.Units)]);
        graph.Node("Split", $"{place}.Split", [input, $"{place}.split"], parts, OnnxGraphWriter.Integer("axis", 1));
        for (int part = 0; part < parts.Length; part++)
        {
            Add(runs.Parts[part].Formula, parts[part], parts[part], activated[part]);
        }

        return Node("Concat", place, activated, output, OnnxGraphWriter.Integer("axis", 1));
    }

    /// <exception cref="ArgumentException">The number is not finite in 32 bits.</exception>
    private static float Single(double value) => float.IsFinite((float)value)
        ? (float)value
        : throw new ArgumentException($"The parameter {value.ToString(CultureInfo.InvariantCulture)} of a layer or an activation is out of the range of 32-bit numbers, and ONNX files have 32-bit numbers. Export to safetensors instead.");

    private string Constant(float value)
    {
        string name = $"constants.{value.ToString("R", CultureInfo.InvariantCulture)}";
        graph.Scalar(name, value);
        return name;
    }

    private string Node(string type, string place, ReadOnlySpan<string> inputs, string? output, params ReadOnlySpan<Protobuf.ProtobufWriter> attributes)
    {
        string name = $"{place}.{type}";
        int count = used[name] = used.GetValueOrDefault(name) + 1;
        name = count == 1 ? name : $"{name}_{(count - 1).ToString(CultureInfo.InvariantCulture)}";
        string result = output ?? $"{name}.output";
        graph.Node(type, name, inputs, [result], attributes);
        return result;
    }
}
