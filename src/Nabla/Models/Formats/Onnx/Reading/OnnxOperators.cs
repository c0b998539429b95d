using System.Globalization;
using Nabla.Models.Formats.Onnx.Schema;
using Nabla.Network.Activations;
using Nabla.Network.Registries;

namespace Nabla.Models.Formats.Onnx.Reading;

/// <summary>The operators that Nabla reads, and their results.</summary>
internal sealed class OnnxOperators(long operatorSet, long fileLength, NetworkChoices choices)
{
    /// <summary>The most operations per byte of the file: a thousand nodes that each scale a layer are an attack on time.</summary>
    private const long WorkPerByte = 64;

    /// <summary>The most layers: more are an attack on memory.</summary>
    private const int MaximumLayers = 1000;

    private const string Supported =
        "Nabla reads dense networks: Gemm, MatMul, Add, Sub, Mul, Div, Sum, BatchNormalization and Scaler with constants; Sigmoid, Tanh, Relu, LeakyRelu, Elu, Selu, Gelu, Softplus, Softmax, z·Sigmoid(z); "
        + "Identity, Dropout, Cast, Flatten, Reshape, Squeeze, Constant, Transpose of constants, Split and Concat of units; ArgMax and ZipMap at the end";

    private long workLeft = Math.Max(1 << 20, checked(fileLength * WorkPerByte));

    /// <summary>The activations that are recognised by their formulas.</summary>
    public OnnxFormulas Formulas { get; } = new(choices);

    /// <summary>The class names found in a node, or none.</summary>
    public IReadOnlyList<string> ClassNames { get; private set; } = [];

    /// <summary>Whether a node finds the index of the largest output.</summary>
    public bool HasLabel { get; private set; }

    /// <summary>Computes the outputs of a node.</summary>
    /// <exception cref="InvalidDataException">The operator is not supported, or not with these inputs.</exception>
    public IReadOnlyList<OnnxValue> Apply(OnnxNode node, OnnxValue?[] inputs)
    {
        if (!node.IsStandard && !node.IsMachineLearning)
        {
            throw node.Refuse($"operators of {OnnxText.Quote(node.Domain)} are not supported. {Supported}.");
        }

        OnnxValue[] variables = [.. inputs.OfType<OnnxValue>().Where(value => value is not OnnxConstant)];
        if (variables.Length > 0 && variables.All(value => value is OnnxLabel or OnnxSize))
        {
            TakeClassNames(node, inputs[0] as OnnxConstant);
            return [.. Enumerable.Repeat(variables[0], node.Outputs.Count)];
        }

        return node.IsMachineLearning ? [ApplyMachineLearning(node, inputs)] : node.Operator == "Split" ? Split(node, inputs) : [ApplyStandard(node, inputs)];
    }

    /// <summary>The layer whose output a value is; a matrix without activation is a linear layer. Null where there is none.</summary>
    public static OnnxLayer? Finish(OnnxFlow flow) =>
        flow.Matrix is not null ? OnnxLayer.Of(flow, Activation.Linear) : flow.IsPlain && flow.Source.Z is not null ? flow.Source : null;

    /// <summary>Counts operations on numbers.</summary>
    public void Charge(OnnxNode node, long count)
    {
        workLeft -= count;
        if (workLeft < 0)
        {
            throw node.Refuse("the graph needs more work than a network in a file of this length.");
        }
    }

    /// <summary>The value after an activation; for some of the units, a part of a layer.</summary>
    public static OnnxValue Activate(OnnxNode node, OnnxValue? value, Activation activation)
    {
        OnnxFlow z = RequireWeightedInput(node, value);
        if (!z.IsWhole)
        {
            return activation is Softmax ? throw node.Refuse("a softmax of some units of a layer is not supported.") : new OnnxPart(z, activation);
        }

        return Complete(node, OnnxLayer.Of(z, activation));
    }

    /// <summary>A layer's activations, unless there are too many layers.</summary>
    public static OnnxFlow Complete(OnnxNode node, OnnxLayer layer) => layer.Depth <= MaximumLayers
        ? OnnxFlow.Of(layer)
        : throw node.Refuse($"there are more than {MaximumLayers.ToString(CultureInfo.InvariantCulture)} layers.");

    /// <summary>Requires a value that depends on the input of the graph.</summary>
    public static OnnxFlow RequireFlow(OnnxNode node, OnnxValue? value) => value as OnnxFlow
        ?? throw node.Refuse($"with these inputs it is not supported. {Supported}.");

    /// <summary>Requires a tensor of the file.</summary>
    public static OnnxTensor RequireConstant(OnnxNode node, OnnxValue? value, string what) => value is OnnxConstant { IsTransposed: false } constant
        ? constant.Tensor
        : throw node.Refuse($"{what} must be a constant of the file.");

    private OnnxValue ApplyStandard(OnnxNode node, OnnxValue?[] inputs)
    {
        OnnxValue? first = inputs.Length > 0 ? inputs[0] : null, second = inputs.Length > 1 ? inputs[1] : null;
        switch (node.Operator)
        {
            case "Gemm":
                return new OnnxProducts(this).Gemm(node, first, second, inputs.Length > 2 ? inputs[2] : null);
            case "MatMul":
                return OnnxProducts.MatMul(node, first, second);
            case "BatchNormalization":
                return new OnnxProducts(this).Normalize(node, inputs);
            case "Add" or "Sub" or "Mul" or "Div" or "Sum" when inputs.Length == 2:
                return new OnnxArithmetic(this).Apply(node, first, second);
            case "Greater" when second is OnnxConstant { Scalar: 0 }:
                return new OnnxPositive(RequireWeightedInput(node, first));
            case "Erf":
                return Erf(node, first);
            case "Gelu":
                return node.Text("approximate", "none") == "none"
                    ? Activate(node, first, Activation.Gelu)
                    : throw node.Refuse("the tanh approximation of GELU is not supported: Nabla computes the exact function. Export with approximate='none'.");
            case "Softmax":
                return Softmax(node, first);
            case "Concat":
                return new OnnxConcatenation(this).Apply(node, inputs);
            case "ArgMax":
                HasLabel = RequireFlow(node, first).IsWhole && node.Integer("axis", 0) is (1 or -1)
                    ? true
                    : throw node.Refuse("it must find the largest output of each sample (axis 1).");
                return new OnnxLabel();
            case "Constant" or "Identity" or "Dropout" or "Cast" or "Shape" or "Flatten" or "Reshape" or "Squeeze" or "Unsqueeze" or "Transpose":
                return OnnxShapes.Apply(node, first, second, inputs);
            default:
                return Formulas.OfOperator(node) is { } activation ? Activate(node, first, activation)
                    : throw node.Refuse($"the operator is not supported{(node.Operator is "Add" or "Sub" or "Mul" or "Div" or "Sum" or "Greater" ? " in this form" : "")}. {Supported}.");
        }
    }

    private OnnxFlow ApplyMachineLearning(OnnxNode node, OnnxValue?[] inputs)
    {
        OnnxFlow flow = RequireFlow(node, inputs.Length > 0 ? inputs[0] : null);
        switch (node.Operator)
        {
            case "ZipMap":
                TakeClassNames(node, null);
                return flow;
            case "Scaler":
                return new OnnxProducts(this).Scale(node, flow);
            default:
                throw node.Refuse($"the operator of ai.onnx.ml is not supported. {Supported}.");
        }
    }

    private void TakeClassNames(OnnxNode node, OnnxConstant? table)
    {
        IReadOnlyList<string> names = node.Operator switch
        {
            "ZipMap" when node.Has("classlabels_strings") => node.Texts("classlabels_strings"),
            "ZipMap" => Numbers(node.Integers("classlabels_int64s") ?? []),
            "ArrayFeatureExtractor" when table?.Tensor.Type == OnnxElementType.Text => table.Tensor.Texts,
            "ArrayFeatureExtractor" when table?.Tensor.Type is OnnxElementType.Int64 or OnnxElementType.Int32 => Numbers(table.Tensor.ReadIntegers()),
            _ => [],
        };
        ClassNames = names.Count > 0 ? names : ClassNames;
    }

    private static string[] Numbers(long[] numbers) => [.. numbers.Select(number => number.ToString(CultureInfo.InvariantCulture))];

    private static OnnxFlow RequireWeightedInput(OnnxNode node, OnnxValue? value) => RequireFlow(node, value) is { Matrix: not null } flow
        ? flow
        : throw node.Refuse("an activation must follow a matrix; here it follows the input or another activation.");

    private static OnnxErf Erf(OnnxNode node, OnnxValue? value)
    {
        OnnxFlow z = RequireWeightedInput(node, value);
        return z.Offset == 0
            ? new OnnxErf(z with { Factor = 1 }, 0, 1, z.Factor, false)
            : throw node.Refuse("erf is supported within GELU only, 0.5·z·(1 + erf(z/√2)).");
    }

    private OnnxValue Softmax(OnnxNode node, OnnxValue? value)
    {
        long axis = node.Integer("axis", operatorSet < 13 ? 1 : -1);
        if (axis is not (1 or -1))
        {
            throw node.Refuse($"the axis is {axis.ToString(CultureInfo.InvariantCulture)}; expected 1, the units of the layer.");
        }

        OnnxFlow z = RequireWeightedInput(node, value);
        if (!z.IsWhole || !(z.Factor > 0 && double.IsFinite(z.Factor)))
        {
            return Activate(node, z, Activation.Softmax);
        }

        // A common summand does not change a softmax; a common factor is the softmax constant.
        return Complete(node, OnnxLayer.Of(z with { Factor = 1, Offset = 0 }, new Softmax(z.Factor)));
    }

    private static OnnxFlow[] Split(OnnxNode node, OnnxValue?[] inputs)
    {
        OnnxFlow z = RequireWeightedInput(node, inputs.Length > 0 ? inputs[0] : null);
        if (!z.IsWhole || node.Integer("axis", 0) is not (1 or -1))
        {
            throw node.Refuse("it must split the units of a layer (axis 1).");
        }

        int parts = node.Outputs.Count;
        long[] sizes = inputs.Length > 1 && inputs[1] is { } given
            ? RequireConstant(node, given, "split").ReadIntegers()
            : node.Integers("split") ?? (parts > 0 && z.Count % parts == 0 ? [.. Enumerable.Repeat((long)(z.Count / parts), parts)] : []);
        if (sizes.Length != parts || sizes.Any(size => size < 1 || size > z.Count) || sizes.Sum() != z.Count)
        {
            throw node.Refuse($"sizes [{string.Join(", ", sizes.Take(8))}{(sizes.Length > 8 ? ", …" : "")}] do not divide {z.Count.ToString(CultureInfo.InvariantCulture)} units into {parts.ToString(CultureInfo.InvariantCulture)} parts.");
        }

        var split = new OnnxFlow[parts];
        int start = 0;
        for (int part = 0; part < parts; part++)
        {
            split[part] = z with { Start = start, Count = (int)sizes[part] };
            start += (int)sizes[part];
        }

        return split;
    }
}
