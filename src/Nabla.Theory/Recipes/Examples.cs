namespace Nabla.Theory.Recipes;

/// <summary>The 2-2-2 worked example: eight different weights and soft targets.</summary>
internal static class Mazur
{
    public static readonly double[] Input = [0.05, 0.10];
    public static readonly double[] Target = [0.01, 0.99];

    /// <summary>Makes the network with the given cost and activations.</summary>
    public static GivenNetwork Network(Cost cost, Activation? hidden = null, Activation? output = null) => Networks.Of(
        cost,
        Networks.Layer(new[,] { { 0.15, 0.20 }, { 0.25, 0.30 } }, [0.35, 0.35], hidden ?? Activation.Sigmoid),
        Networks.Layer(new[,] { { 0.40, 0.45 }, { 0.50, 0.55 } }, [0.60, 0.60], output ?? Activation.Sigmoid));
}

/// <summary>One unit with two inputs, trained on two samples as one batch.</summary>
internal static class Two
{
    public static readonly double[] Inputs = [1, 2, -1, 0.5];
    public static readonly double[] Targets = [1, 0];

    public static GivenNetwork Network(Cost cost, Activation? activation = null) =>
        Networks.Of(cost, Networks.Layer(new[,] { { 0.3, -0.2 } }, [0.1], activation ?? Activation.Sigmoid));
}

/// <summary>Softmax of z = (1, 2, 3), computed by a dense layer with zero weights.</summary>
internal static class Soft
{
    public static readonly double[] Z = [1, 2, 3];
    public static readonly double[] A = [0.0900305731703805, 0.244728471054798, 0.665240955774822];

    /// <summary>An input for the weight gradients. It does not change z, since the weights are zero.</summary>
    public static readonly double[] Input = [0.5, -1, 2];

    public static GivenNetwork Network(double constant = 1) => Networks.FromWeightedInputs(Z, new Network.Activations.Softmax(constant), Cost.LogLikelihood, inputs: 3);

    /// <summary>The one-hot target of class <paramref name="label"/>, 1-based as in the documents.</summary>
    public static double[] Target(int label) => [.. Enumerable.Range(1, 3).Select(j => j == label ? 1.0 : 0.0)];
}

/// <summary>A 2-3-2 network with sigmoid hidden units, linear outputs and zero biases.</summary>
internal static class Sheet
{
    public static readonly double[] Input = [0.5, -1];
    public static readonly double[] Target = [1, 0];

    public static GivenNetwork Network { get; } = Networks.Of(
        Cost.Quadratic,
        Networks.Layer(new[,] { { 0.1, -0.2 }, { 0.3, 0.4 }, { -0.5, 0.6 } }, [0, 0, 0], Activation.Sigmoid),
        Networks.Layer(new[,] { { 0.7, -0.8, 0.9 }, { -0.1, 0.2, 0.3 } }, [0, 0], Activation.Linear));
}
