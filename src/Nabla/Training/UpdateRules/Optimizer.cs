namespace Nabla.Training.UpdateRules;

/// <summary>The update rules by themselves, in double, for loops of one's own and for study. The trainer runs the same code.</summary>
public static class Optimizer
{
    /// <summary>How many moving quantities a rule keeps for each parameter: 0, 1 (v or s) or 2 (Adam's m and v).</summary>
    public static int MomentCount(OptimizerKind kind) => UpdateRule.MomentCount(kind);

    /// <summary>One update in place.</summary>
    /// <param name="options">The rule. Any μ is taken, also below 0 and above 1 (ledger T122 to T124).</param>
    /// <param name="learningRate">η.</param>
    /// <param name="weights">[n].</param>
    /// <param name="gradient">The gradient of the mean data cost, [n].</param>
    /// <param name="first">The first moment, [n]; empty where the rule keeps none.</param>
    /// <param name="second">The second moment, [n]; empty where the rule keeps none.</param>
    /// <param name="step">Number of this update, 1-based; Adam corrects its moments by it.</param>
    /// <param name="l1">λ₁/n; 0 for biases.</param>
    /// <param name="l2">λ₂/n; 0 for biases.</param>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    public static void Step(
        OptimizerOptions options,
        double learningRate,
        Span<double> weights,
        ReadOnlySpan<double> gradient,
        Span<double> first = default,
        Span<double> second = default,
        long step = 1,
        double l1 = 0,
        double l2 = 0)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(step, 1);
        int moments = MomentCount(options.Kind);
        Require(gradient.Length, weights.Length, nameof(gradient));
        Require(first.Length, moments > 0 ? weights.Length : 0, nameof(first));
        Require(second.Length, moments > 1 ? weights.Length : 0, nameof(second));
        UpdateRule.Apply(options, new UpdateStep(learningRate, 1, l1, l2, step), weights, gradient, first, second);
    }

    private static void Require(int length, int expected, string name)
    {
        if (length != expected)
        {
            throw new ArgumentException($"{length} values where {expected} are expected.", name);
        }
    }
}
