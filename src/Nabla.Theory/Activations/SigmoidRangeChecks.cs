using Nabla.Network.Activations;
using Nabla.Network.Costs;
using Nabla.Network.Prediction;
using Nabla.Theory.Recipes;

namespace Nabla.Theory.Activations;

/// <summary>The ends of the sigmoid's range, where floating point differs from the real numbers.</summary>
internal static class SigmoidRangeChecks
{
    public static IReadOnlyList<Check> Checks { get; } =
    [
        new()
        {
            Id = "T03",
            Title = "Range of the sigmoid",
            Status = ClaimStatus.Imprecise,
            Sources = ["Book exercises II, 2a and its correction", "Book exercises I, §2.1", "Homework, 3.1"],
            Claim = "0 < σ(z) < 1 for every z, so ln a and ln(1−a) are always defined (one answer calls a a logit).",
            Correction =
                "This is true only of real numbers. In floating point, a reaches 1 at z = 53·ln 2 in double and at " +
                "z = 24·ln 2 in float, and it reaches 0 far to the left. The logit is z, not a.",
            Formula = @"\operatorname{fl}\!\left(\frac{1}{1+e^{-z}}\right) = 1 \iff e^{-z} \le 2^{-p} \iff z \ge p\ln 2, \qquad \ln\frac{\sigma(z)}{1-\sigma(z)} = z",
            Derivation = """
                $e^{-z}$ is positive, so $1+e^{-z} > 1$ and $\sigma(z) < 1$. For real numbers the claim is right.

                A `double` has $p = 53$ binary digits. The next number after 1 is $1+2^{-52}$, and a sum at or below the
                midpoint $1+2^{-53}$ is rounded to 1. As soon as $e^{-z} \le 2^{-53}$, that is, from
                $z = 53\ln 2 \approx 36.7$ on, the denominator is exactly 1, and so is $a$. In `float`, $p = 24$, and
                $z = 24\ln 2 \approx 16.6$ is enough. Weighted inputs of this size are common in training. There
                $\ln(1-a) = \ln 0$, and the plain cross-entropy is infinite.

                The remedy is to compute the cost from $z$, which does not saturate (T09). The word *logit* means $z$:
                solving $a = 1/(1+e^{-z})$ for $z$ gives $z = \ln\frac{a}{1-a}$, the logarithm of the odds.
                """,
            Run = Range,
        },
    ];

    private static void Range(Findings findings)
    {
        double atOne = FirstOne(z => Sigmoid(z), 30, 45), single = FirstOne(SigmoidInSingle, 10, 20);
        findings.Equal("least z with σ(z) = 1 in double, 53·ln 2", atOne, 36.7368005696771);
        findings.Equal("least z with σ(z) = 1 in float, 24·ln 2, to two units in the last place", single, 16.6355323334387, 4e-6 / 16);
        findings.Exactly("σ(37) in double", Sigmoid(37), 1);
        findings.Exactly("σ(1000)", Sigmoid(1000), 1);
        findings.Exactly("σ(−1000)", Sigmoid(-1000), 0);
        double sum = Enumerable.Range(-4000, 8001).Max(i => Math.Abs(Sigmoid(i / 100.0) + Sigmoid(-i / 100.0) - 1));
        findings.AtMost("largest |σ(z) + σ(−z) − 1| on −40 to 40, one ulp", sum, Math.BitIncrement(1.0) - 1);
        findings.Equal("ln(a/(1−a)) for a = σ(0.7)", Math.Log(Sigmoid(0.7) / Sigmoid(-0.7)), 0.7);
        findings.Refuted("σ(z) < 1 for every z", "σ(37) is 1 in double, σ(17) in float", Sigmoid(37) == 1 && SigmoidInSingle(17) == 1);
        findings.Refuted("−ln(1−a) is defined at z = 37", CostMath.Value(Cost.CrossEntropy, [Sigmoid(37)], [0]), double.PositiveInfinity, Networks.FromWeightedInputs([37], Activation.Sigmoid, Cost.CrossEntropy).Trace([1], [0]).Cost);
        findings.Refuted("the activation as the logit at z = 0.7", Sigmoid(0.7), 0.668187772168166, 0.7);
    }

    /// <summary>The least z at which the function is 1, found by bisection down to adjacent numbers.</summary>
    private static double FirstOne(Func<double, double> function, double below, double above)
    {
        for (int halving = 0; halving < 100; halving++)
        {
            double middle = (below + above) / 2;
            (below, above) = function(middle) == 1 ? (below, middle) : (middle, above);
        }

        return above;
    }

    /// <summary>σ(z) in single precision, by the forward pass of a network with one unit.</summary>
    private static double SigmoidInSingle(double z)
    {
        GivenNetwork unit = Networks.Of(Cost.CrossEntropy, Networks.Layer(new[,] { { 1.0 } }, [0], Activation.Sigmoid));
        Span<float> output = [0];
        new ForwardPass(unit.Options, unit.Parameters.ToPrecision(Precision.Single)).Run([(float)z], output);
        return output[0];
    }

    private static double Sigmoid(double z) => ActivationMath.Value(Activation.Sigmoid, z);
}
