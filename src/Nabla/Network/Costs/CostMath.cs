namespace Nabla.Network.Costs;

/// <summary>The costs of one sample in the plain form of the books, from activations: for study and for checks, not for training.</summary>
/// <remarks>
/// These divide by a and 1 − a and take their logarithms, so a saturated unit gives infinities here.
/// Training uses <see cref="OutputCost"/>, which starts from z (ledger T09, T110).
/// </remarks>
public static class CostMath
{
    /// <summary>The cost of a sample; 0·ln 0 counts as 0.</summary>
    /// <param name="cost">Which cost.</param>
    /// <param name="a">Outputs.</param>
    /// <param name="y">Targets, as many as outputs.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static double Value(Cost cost, ReadOnlySpan<double> a, ReadOnlySpan<double> y)
    {
        RequireSameLength(a, y);
        double sum = 0;
        for (int j = 0; j < a.Length; j++)
        {
            sum += cost switch
            {
                Cost.Quadratic => 0.5 * (a[j] - y[j]) * (a[j] - y[j]),
                Cost.CrossEntropy => -(Product(y[j], Math.Log(a[j])) + Product(1 - y[j], Math.Log(1 - a[j]))),
                Cost.LogLikelihood => -Product(y[j], Math.Log(a[j])),
                Cost.Huber => HuberCost.Term(a[j] - y[j]),
                _ => throw new ArgumentOutOfRangeException(nameof(cost), cost, "Unknown cost."),
            };
        }

        return sum;
    }

    /// <summary>∂C/∂a_j for each output of a sample. Ledger T10, T45, T109.</summary>
    /// <param name="cost">Which cost.</param>
    /// <param name="a">Outputs.</param>
    /// <param name="y">Targets, as many as outputs.</param>
    /// <param name="derivative">Receives ∂C/∂a, as many as outputs.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Derivative(Cost cost, ReadOnlySpan<double> a, ReadOnlySpan<double> y, Span<double> derivative)
    {
        RequireSameLength(a, y);
        RequireSameLength(a, derivative);
        for (int j = 0; j < a.Length; j++)
        {
            derivative[j] = cost switch
            {
                Cost.Quadratic => a[j] - y[j],
                Cost.CrossEntropy => ((1 - y[j]) / (1 - a[j])) - (y[j] / a[j]),
                Cost.LogLikelihood => y[j] == 0 ? 0 : -y[j] / a[j],
                Cost.Huber => Math.Clamp(a[j] - y[j], -1, 1),
                _ => throw new ArgumentOutOfRangeException(nameof(cost), cost, "Unknown cost."),
            };
        }
    }

    private static double Product(double factor, double logarithm) => factor == 0 ? 0 : factor * logarithm;

    private static void RequireSameLength(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        if (a.Length != b.Length)
        {
            throw new ArgumentException($"{a.Length} outputs against {b.Length} values: the lengths must be the same.");
        }
    }
}
