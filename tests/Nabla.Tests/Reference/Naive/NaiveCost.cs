namespace Nabla.Tests.Reference.Naive;

/// <summary>The cost of a sample as a sum over its outputs: C = Σ_j term(a_j, y_j).</summary>
/// <param name="Term">term(a, y).</param>
/// <param name="Derivative">∂term/∂a.</param>
internal sealed record NaiveCost(Func<double, double, double> Term, Func<double, double, double> Derivative)
{
    /// <summary>½‖a − y‖².</summary>
    public static readonly NaiveCost Quadratic = new((a, y) => (a - y) * (a - y) / 2, (a, y) => a - y);

    /// <summary>−Σ_j [y_j ln a_j + (1 − y_j) ln(1 − a_j)], for outputs inside (0, 1).</summary>
    public static readonly NaiveCost CrossEntropy = new(
        (a, y) => -(y * Math.Log(a)) - ((1 - y) * Math.Log(1 - a)),
        (a, y) => ((1 - y) / (1 - a)) - (y / a));

    /// <summary>−Σ_j y_j ln a_j, for outputs above 0.</summary>
    public static readonly NaiveCost LogLikelihood = new((a, y) => -(y * Math.Log(a)), (a, y) => -(y / a));

    /// <summary>Half the square of an error up to 1, and beyond it the tangent there, |e| − ½ (Huber 1964).</summary>
    public static readonly NaiveCost Huber = new(
        (a, y) => Math.Abs(a - y) <= 1 ? (a - y) * (a - y) / 2 : Math.Abs(a - y) - 0.5,
        (a, y) => Math.Abs(a - y) <= 1 ? a - y : Math.Sign(a - y));

    /// <summary>C of a sample.</summary>
    public double Of(double[] outputs, double[] targets) => outputs.Select((a, j) => Term(a, targets[j])).Sum();

    /// <summary>∂C/∂a of a sample, [outputs].</summary>
    public double[] Gradient(double[] outputs, double[] targets) => [.. outputs.Select((a, j) => Derivative(a, targets[j]))];

    /// <summary>y(1 − ε) + ε/K: label smoothing of one-hot targets of K classes (Szegedy et al. 2016).</summary>
    public static double[] Smoothed(double[] targets, double epsilon) => [.. targets.Select(y => (y * (1 - epsilon)) + (epsilon / targets.Length))];
}
