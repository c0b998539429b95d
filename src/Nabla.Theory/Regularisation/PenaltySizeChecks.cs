using Nabla.Network;
using Nabla.Network.Activations;
using Nabla.Network.Costs;
using Nabla.Theory.Recipes;
using Nabla.Training.Penalties;
using Nabla.Training.UpdateRules;

namespace Nabla.Theory.Regularisation;

/// <summary>How large the penalty is, and which count stands in it.</summary>
internal static class PenaltySizeChecks
{
    public static IReadOnlyList<Check> Checks { get; } =
    [
        new()
        {
            Id = "T105",
            Title = "Size of the L2 term",
            Status = ClaimStatus.Wrong,
            Sources = ["000_c927b73e9f8ed7a6.txt §8.3"],
            Claim = "The term of a mini-batch is (ηλ/2m)Σw², which is ηλ/(2m) at |w| = N^−½.",
            Correction = "The term of the cost is (λ/2n)Σw² with the n training samples, so λ/(2n) there; the term of the update is −(ηλ/n)w.",
            Formula = @"\frac{\lambda}{2n}\sum_{i=1}^{N}\left(\frac{\kappa}{\sqrt N}\right)^2 = \frac{\kappa^2\lambda}{2n}",
            Derivation = """
                Three things are mixed in the published term. The cost has no learning rate in it. Its count is $n$, the size of the training set, and not $m$, that of a mini-batch.
                And the update contains the derivative $(\lambda/n)w$, not the sum of squares.

                That the result does not depend on the number $N$ of weights is no law: it comes from choosing $|w| = 1/\sqrt N$, which makes $\sum w^2 = 1$.
                With $|w| = \kappa/\sqrt N$ it is $\kappa^2\lambda/(2n)$.
                """,
            Run = SizeOfTerm,
        },
        new()
        {
            Id = "T106",
            Title = "\"Solve the L2 equation for w\"",
            Status = ClaimStatus.Wrong,
            Sources = ["004_e3855a7dd8c664cd.txt 14 (3)"],
            Claim = "Solving C = C₀ + (λ/2n)Σw² for w gives w ∝ 1/√n.",
            Correction = "|w| = √(2n(C−C₀)/λ) grows like √n, and that n is the size of the training set, not the number of weights.",
            Formula = @"|w| = \sqrt{\frac{2n\,(C-C_0)}{\lambda}}",
            Derivation = """
                Solve for one weight: $w^2 = 2n(C-C_0)/\lambda$. The $n$ stands in the numerator: the more samples there are, the less a given $\lambda$ presses,
                and the larger a weight may be for the same penalty.

                The hoped-for $1/\sqrt n$ confuses two counts that carry the same letter. The spread $1/\sqrt{n_{in}}$ of scaled initial weights belongs to the inputs of a unit
                and has another reason (the spread of $z$); the $n$ of this equation counts training samples.
                """,
            Run = SolvedForWeight,
        },
    ];

    private static void SizeOfTerm(Findings findings)
    {
        const int N = (784 * 30) + (30 * 10);
        double w = 1 / Math.Sqrt(N);
        NetworkOptions options = DigitRuns.Architecture(30);
        findings.Given("784-30-10, weights N", N);
        findings.Given("λ, n", 5, 50_000);
        findings.Equal("|w| = 1/√N", w, 0.00647931540578353);
        double penalty = Penalty.Value(Filled(options, w), 0, 5, 50_000);
        findings.EqualRelative("penalty of the library", penalty, 5e-5, 1e-12);
        findings.EqualRelative("penalty at |w| = 3/√N", Penalty.Value(Filled(options, 3 * w), 0, 5, 50_000), 9 * 5e-5, 1e-12);
        findings.Refuted("ηλ/(2m) for η = 0.5, m = 10", 0.5 * 5 / (2 * 10), 0.125, penalty);
        double[] step = [w];
        Optimizer.Step(new OptimizerOptions(), 0.5, step, [0], l2: 5.0 / 50_000);
        findings.EqualRelative("change of a weight by the update over w = −ηλ/n", (step[0] - w) / w, -5e-5, 1e-9);
    }

    /// <summary>Every weight w; biases of 7, which no penalty may see.</summary>
    private static Parameters Filled(NetworkOptions options, double w)
    {
        var parameters = new Parameters(options, Precision.Double);
        for (int layer = 0; layer < parameters.LayerCount; layer++)
        {
            for (int unit = 0; unit < parameters.UnitsOf(layer); unit++)
            {
                parameters.SetBias(layer, unit, 7);
                for (int input = 0; input < parameters.InputsOf(layer); input++)
                {
                    parameters.SetWeight(layer, unit, input, w);
                }
            }
        }

        return parameters;
    }

    private static void SolvedForWeight(Findings findings)
    {
        findings.Given("C − C₀, λ", 0.01, 5);
        double few = Solve(1000), many = Solve(50_000);
        findings.Equal("|w| at n = 1000", few, 2, 1e-9);
        findings.Equal("|w| at n = 50,000", many, 14.142135623731, 1e-9);
        findings.EqualRelative("penalty of that weight, λ/(2n)·w²", Penalty.Value(Single(14.142135623731), 0, 5, 50_000), 0.01, 1e-12);
        findings.Equal("growth with n, (|w|/|w|)²", many / few * (many / few), 50, 1e-9);
        findings.Refuted("w ∝ 1/√n, from n = 1000 to 50,000", 2 * Math.Sqrt(1000.0 / 50_000), 0.282842712474619, many);

        // The weight whose penalty is 0.01, by halving an interval on the library's own penalty.
        static double Solve(int n)
        {
            double low = 0, high = 100;
            for (int halving = 0; halving < 60; halving++)
            {
                double middle = (low + high) / 2;
                (low, high) = Penalty.Value(Single(middle), 0, 5, n) < 0.01 ? (middle, high) : (low, middle);
            }

            return low;
        }

        static Parameters Single(double w) => Networks.Of(Cost.Quadratic, Networks.Layer(new[,] { { w } }, [0], Activation.Linear)).Parameters;
    }
}
