using System.Globalization;
using Nabla.Models.Formats.Onnx.Schema;

namespace Nabla.Models.Formats.Onnx.Reading;

/// <summary>Multiplies by matrices of the file, and scales columns.</summary>
internal sealed class OnnxProducts(OnnxOperators operators)
{
    /// <summary>α·X·B + β·C, B transposed where the node says so.</summary>
    public OnnxValue Gemm(OnnxNode node, OnnxValue? x, OnnxValue? b, OnnxValue? c)
    {
        if (node.Integer("transA", 0) != 0)
        {
            throw node.Refuse("transA puts samples into columns; expected a row for each sample.");
        }

        OnnxFlow product = Multiply(node, x, b, node.Integer("transB", 0) != 0, node.Real("alpha", 1));
        return c is null ? product : operators.AddColumns(node, product, c, node.Real("beta", 1));
    }

    /// <summary>X·B.</summary>
    public static OnnxValue MatMul(OnnxNode node, OnnxValue? x, OnnxValue? b) => Multiply(node, x, b, false, 1);

    /// <summary>Batch normalisation as it predicts: scale·(x − mean)/√(variance + ε) + bias.</summary>
    public OnnxValue Normalize(OnnxNode node, OnnxValue?[] inputs)
    {
        OnnxFlow flow = OnnxOperators.RequireFlow(node, inputs.Length > 0 ? inputs[0] : null);
        if (inputs.Length != 5 || node.Integer("training_mode", 0) != 0)
        {
            throw node.Refuse("it must have five inputs and be exported for prediction (model.eval()).");
        }

        double[][] constants = [.. inputs.Skip(1).Select(input => OnnxOperators.RequireConstant(node, input, "every input but the first").ReadReals())];
        int count = constants[0].Length;
        if (constants.Any(constant => constant.Length != count))
        {
            throw node.Refuse("its constants differ in length.");
        }

        double epsilon = node.Real("epsilon", 1e-5f);
        operators.Charge(node, count);
        double[] scale = new double[count], shift = new double[count];
        for (int j = 0; j < count; j++)
        {
            scale[j] = constants[0][j] / Math.Sqrt(constants[3][j] + epsilon);
            shift[j] = constants[1][j] - (constants[2][j] * scale[j]);
        }

        return operators.ScaleColumns(node, flow, scale, shift);
    }

    /// <summary>(x − offset)·scale of ai.onnx.ml.</summary>
    public OnnxFlow Scale(OnnxNode node, OnnxFlow flow)
    {
        double[] offset = node.Reals("offset"), scale = node.Reals("scale");
        int count = Math.Max(offset.Length, scale.Length);
        if (count == 0 || (offset.Length != count && offset.Length > 1) || (scale.Length != count && scale.Length > 1))
        {
            throw node.Refuse("offset and scale must have one number, or one for each column.");
        }

        // A missing offset is 0 and a missing scale is 1; a single number applies to all columns.
        count = count == 1 ? Math.Max(1, flow.Count) : count;
        operators.Charge(node, count);
        double[] by = new double[count], shift = new double[count];
        for (int j = 0; j < count; j++)
        {
            by[j] = At(scale, j, 1);
            shift[j] = -At(offset, j, 0) * by[j];
        }

        return operators.ScaleColumns(node, flow, by, shift);
    }

    private static double At(double[] numbers, int index, double otherwise) =>
        numbers.Length == 0 ? otherwise : numbers[numbers.Length == 1 ? 0 : index];

    private static OnnxFlow Multiply(OnnxNode node, OnnxValue? x, OnnxValue? b, bool isTransposed, double factor)
    {
        OnnxFlow flow = OnnxOperators.RequireFlow(node, x);
        if (b is not OnnxConstant weight || weight.Tensor.Shape.Count != 2)
        {
            throw node.Refuse("the weights must be a constant of the file with two axes, the second factor of the product.");
        }

        weight.Tensor.RequireReal();
        bool isOutputFirst = isTransposed != weight.IsTransposed;
        int rows = (int)weight.Tensor.Shape[0], columns = (int)weight.Tensor.Shape[1];
        (int units, int inputs) = isOutputFirst ? (rows, columns) : (columns, rows);
        if (units < 1 || inputs < 1 || !flow.IsFlat || !flow.IsWhole || (flow.Count != 0 && flow.Count != inputs))
        {
            string found = flow.IsFlat ? $"has {flow.Count.ToString(CultureInfo.InvariantCulture)} columns" : "has more than two axes (flatten it first)";
            throw node.Refuse($"the weights {OnnxText.Quote(weight.Tensor.Name)} [{rows}, {columns}] take {inputs.ToString(CultureInfo.InvariantCulture)} inputs, but the value before them {found}.");
        }

        OnnxFlow input = flow.Matrix is null ? flow : OnnxOperators.Complete(node, OnnxLayer.Of(flow, Activation.Linear));
        return new OnnxFlow(input.Source, new OnnxMatrix(input, weight.Tensor, isOutputFirst, factor, units, inputs), units);
    }
}
