using System.Globalization;
using Nabla.Models.Formats.Onnx.Schema;

namespace Nabla.Models.Formats.Onnx.Reading;

/// <summary>Adds constants to columns and multiplies columns by constants.</summary>
internal static class OnnxColumns
{
    /// <summary>A constant as one number for each column.</summary>
    public static double[] Columns(this OnnxOperators operators, OnnxNode node, OnnxFlow flow, OnnxTensor tensor)
    {
        int count = tensor.Shape.Count == 0 ? 1 : (int)tensor.Shape[^1];
        if (count != tensor.Count || count == 0)
        {
            throw node.Refuse($"the constant {OnnxText.Quote(tensor.Name)} [{string.Join(", ", tensor.Shape)}] is not a row with one number for each column.");
        }

        operators.Charge(node, count);
        double[] numbers = tensor.ReadReals();
        if (count == 1 && flow.Count > 1)
        {
            operators.Charge(node, flow.Count);
            double[] all = new double[flow.Count];
            Array.Fill(all, numbers[0]);
            return all;
        }

        return numbers;
    }

    /// <summary>flow + factor·constant.</summary>
    public static OnnxFlow AddColumns(this OnnxOperators operators, OnnxNode node, OnnxFlow flow, OnnxValue constant, double factor)
    {
        double[] shift = operators.Columns(node, flow, OnnxOperators.RequireConstant(node, constant, "what is added"));
        for (int j = 0; j < shift.Length && factor != 1; j++)
        {
            shift[j] *= factor;
        }

        return operators.ScaleColumns(node, flow, null, shift);
    }

    /// <summary>scale ⊙ flow + shift; null for 1 and 0.</summary>
    public static OnnxFlow ScaleColumns(this OnnxOperators operators, OnnxNode node, OnnxFlow flow, double[]? scale, double[]? shift)
    {
        int count = (scale ?? shift)!.Length;
        if (!flow.IsWhole || !flow.IsFlat || (flow.Count != 0 && flow.Count != count))
        {
            throw node.Refuse($"{count.ToString(CultureInfo.InvariantCulture)} constants do not fit {(flow.IsFlat ? $"{flow.Count.ToString(CultureInfo.InvariantCulture)} columns" : "a value with more than two axes (flatten it first)")}.");
        }

        operators.Charge(node, count);
        return flow.With(scale, shift);
    }
}
