namespace Nabla.Network.Costs;

/// <summary>The costs of one sample in the plain form of the books, from activations: for study and for checks, not for training.</summary>
/// <remarks>
/// These divide by a and 1 − a and take their logarithms, so a saturated unit gives infinities here.
/// Training uses <see cref="OutputCost{T}"/>, which starts from z (theory T09, T110).
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
        ArgumentNullException.ThrowIfNull(cost);
        RequireSameLength(a, y);
        return cost.Value(a, y);
    }

    /// <summary>∂C/∂a_j for each output of a sample. Theory T10, T45, T109.</summary>
    /// <param name="cost">Which cost.</param>
    /// <param name="a">Outputs.</param>
    /// <param name="y">Targets, as many as outputs.</param>
    /// <param name="derivative">Receives ∂C/∂a, as many as outputs.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Derivative(Cost cost, ReadOnlySpan<double> a, ReadOnlySpan<double> y, Span<double> derivative)
    {
        ArgumentNullException.ThrowIfNull(cost);
        RequireSameLength(a, y);
        RequireSameLength(a, derivative);
        cost.Derivative(a, y, derivative);
    }

    private static void RequireSameLength(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        if (a.Length != b.Length)
        {
            throw new ArgumentException($"{a.Length} outputs against {b.Length} values: the lengths must be the same.");
        }
    }
}
