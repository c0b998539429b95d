using Nabla.Models.Formats.Onnx.Schema;
using Nabla.Network.Activations;

namespace Nabla.Models.Formats.Onnx.Writing;

/// <summary>The activations as nodes of operator set 17.</summary>
internal sealed class OnnxActivations(OnnxGraphWriter graph)
{
    private const string Zero = "constants.zero", Half = "constants.half", One = "constants.one", RootOfHalf = "constants.root_of_half";

    /// <summary>output = f(z), element by element. Names of nodes and values between start with <paramref name="place"/>.</summary>
    public void Add(Activation activation, string place, string z, string output)
    {
        switch (activation)
        {
            case Activation.Sigmoid:
                graph.Node("Sigmoid", $"{place}.Sigmoid", [z], [output]);
                break;
            case Activation.Tanh:
                graph.Node("Tanh", $"{place}.Tanh", [z], [output]);
                break;
            case Activation.Relu:
                graph.Node("Relu", $"{place}.Relu", [z], [output]);
                break;
            case Activation.LeakyRelu:
                graph.Node("LeakyRelu", $"{place}.LeakyRelu", [z], [output], OnnxGraphWriter.Real("alpha", 0.01f));
                break;
            case Activation.Softplus:
                graph.Node("Softplus", $"{place}.Softplus", [z], [output]);
                break;
            case Activation.Linear:
                graph.Node("Identity", $"{place}.Identity", [z], [output]);
                break;
            case Activation.Step:
                graph.Scalar(Zero, 0);
                graph.Node("Greater", $"{place}.Greater", [z, Zero], [$"{place}.positive"]);
                graph.Node("Cast", $"{place}.Cast", [$"{place}.positive"], [output], OnnxGraphWriter.Integer("to", (long)OnnxElementType.Single));
                break;
            case Activation.Gelu:
                AddGelu(place, z, output);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(activation), activation, "No function of a single unit.");
        }
    }

    /// <summary>output_j = e^(c·z_j) / Σ_k e^(c·z_k).</summary>
    public void AddSoftmax(string place, float constant, string z, string output)
    {
        if (constant != 1)
        {
            graph.Scalar($"{place}.softmax_constant", constant);
            graph.Node("Mul", $"{place}.Mul", [z, $"{place}.softmax_constant"], [$"{place}.scaled"]);
            z = $"{place}.scaled";
        }

        graph.Node("Softmax", $"{place}.Softmax", [z], [output], OnnxGraphWriter.Integer("axis", 1));
    }

    // z·Φ(z) = ½·z·(1 + erf(z/√2)); the operator Gelu came with operator set 20.
    private void AddGelu(string place, string z, string output)
    {
        graph.Scalar(RootOfHalf, (float)Math.Sqrt(0.5));
        graph.Scalar(One, 1);
        graph.Scalar(Half, 0.5f);
        graph.Node("Mul", $"{place}.Gelu.Mul", [z, RootOfHalf], [$"{place}.scaled"]);
        graph.Node("Erf", $"{place}.Gelu.Erf", [$"{place}.scaled"], [$"{place}.erf"]);
        graph.Node("Add", $"{place}.Gelu.Add", [$"{place}.erf", One], [$"{place}.twice_distribution"]);
        graph.Node("Mul", $"{place}.Gelu.Mul_1", [z, $"{place}.twice_distribution"], [$"{place}.twice"]);
        graph.Node("Mul", $"{place}.Gelu.Mul_2", [$"{place}.twice", Half], [output]);
    }
}
