using Nabla.Network.Activations;
using Nabla.Network.Costs;
using Nabla.Network.Study;
using Nabla.Theory.Recipes;

namespace Nabla.Theory.WorkedExample;

/// <summary>The 2-2-2 example as computed by the library, its parts, and the document's printed numbers.</summary>
internal static class Example
{
    /// <summary>
    /// The printed activations: h1 and o1 are right in all digits, h2 is σ(0.39), and o2 was computed with that h2.
    /// </summary>
    public const double PrintedH1 = 0.59327, PrintedH2 = 0.596282, PrintedO1 = 0.75137, PrintedO2 = 0.77287;

    private static readonly double[,] OutputWeights = { { 0.40, 0.45 }, { 0.50, 0.55 } };

    /// <summary>The forward and backward pass with the cross-entropy cost.</summary>
    public static Trace Pass => Mazur.Network(Cost.CrossEntropy).Trace(Mazur.Input, Mazur.Target);

    /// <summary>The forward and backward pass of the output layer alone.</summary>
    /// <param name="h1">The activation of the first hidden unit.</param>
    /// <param name="h2">The activation of the second hidden unit.</param>
    public static Trace OutputLayer(double h1, double h2) =>
        Networks.Of(Cost.CrossEntropy, Networks.Layer(OutputWeights, [0.60, 0.60], Activation.Sigmoid)).Trace([h1, h2], Mazur.Target);

    /// <summary>The output layer as in the document, with σ(0.39) for the second hidden unit.</summary>
    public static Trace OutputLayerOfTheDocument => OutputLayer(Pass.Activations(0)[0], Sigmoid(0.39));

    /// <summary>The fused cross-entropy of one sigmoid output, computed from its weighted input.</summary>
    public static double Fused(double z, double y) => Networks.FromWeightedInputs([z], Activation.Sigmoid, Cost.CrossEntropy).Trace([0], [y]).Cost;

    /// <summary>The plain cross-entropy of one output, computed from its activation.</summary>
    public static double Plain(double a, double y) => CostMath.Value(Cost.CrossEntropy, [a], [y]);

    public static double Sigmoid(double z) => ActivationMath.Value(Activation.Sigmoid, z);

    /// <summary>
    /// For each layer the weights row by row, then the biases: w1..w4, b_h1, b_h2, w5..w8, b_o1, b_o2.
    /// </summary>
    public static double[] Flat(Func<int, double[,]> weights, Func<int, double[]> biases) =>
        [.. weights(0).Cast<double>(), .. biases(0), .. weights(1).Cast<double>(), .. biases(1)];

    /// <summary>The gradient in the order of <see cref="Flat(Func{int, double[,]}, Func{int, double[]})"/>.</summary>
    public static double[] Gradient(Trace trace) => Flat(trace.WeightGradient, trace.BiasGradient);

    /// <summary>The parameters in the order w1..w4, b_h1, b_h2, w5..w8, b_o1, b_o2.</summary>
    public static double[] Flat(Parameters parameters) => Flat(
        layer => new[,]
        {
            { parameters.GetWeight(layer, 0, 0), parameters.GetWeight(layer, 0, 1) },
            { parameters.GetWeight(layer, 1, 0), parameters.GetWeight(layer, 1, 1) },
        },
        layer => [parameters.GetBias(layer, 0), parameters.GetBias(layer, 1)]);
}
