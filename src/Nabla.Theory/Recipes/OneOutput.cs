using Nabla.Network.Activations;
using Nabla.Network.Costs;
using Nabla.Network.Study;

namespace Nabla.Theory.Recipes;

/// <summary>
/// Cross-entropy of one sigmoid output: the plain form, computed from a, and the fused form of the trainer, from z.
/// </summary>
internal static class OneOutput
{
    /// <summary>The values of a that the checks use: 0.01 to 0.99.</summary>
    public static readonly double[] Grid = [.. Enumerable.Range(1, 99).Select(i => i / 100.0)];

    public static double Sigmoid(double z) => ActivationMath.Value(Activation.Sigmoid, z);

    /// <summary>C(y, a), computed from a.</summary>
    public static double Value(double y, double a) => CostMath.Value(Cost.CrossEntropy, [a], [y]);

    /// <summary>∂C/∂a, computed from a.</summary>
    public static double Slope(double y, double a)
    {
        Span<double> slope = [0];
        CostMath.Derivative(Cost.CrossEntropy, [a], [y], slope);
        return slope[0];
    }

    /// <summary>∂²C/∂a² by the central difference of ∂C/∂a.</summary>
    public static double Curvature(double y, double a) => NumericJacobian.Of(x => [Slope(y, x[0])], [a], 1e-6)[0, 0];

    /// <summary>The trainer's forward and backward pass for one output with weighted input z.</summary>
    public static Trace Fused(double y, double z) =>
        Networks.FromWeightedInputs([z], Activation.Sigmoid, Cost.CrossEntropy).Trace([1], [y]);

    /// <summary>δ = ∂C/∂z as the trainer computes it.</summary>
    public static double Delta(double y, double z) => Fused(y, z).Deltas(0)[0];

    /// <summary>∂²C/∂z² by the central difference of δ.</summary>
    public static double CurvatureInZ(double y, double z) => NumericJacobian.Of(x => [Delta(y, x[0])], [z])[0, 0];
}
