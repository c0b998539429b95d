using Nabla.Theory.Recipes;
using Nabla.Training.Penalties;

namespace Nabla.Theory.Regularisation;

/// <summary>The size of the penalty, and the count in its formula.</summary>
internal static class PenaltySizeChecks
{
    public static IReadOnlyList<Check> Checks { get; } =
    [
        new()
        {
            Id = "T105",
            Title = "Size of the L2 term",
            Status = ClaimStatus.Wrong,
            Sources = ["Book exercises I, §8.3"],
            Claim = "The term of a mini-batch is (ηλ/2m)Σw², which is ηλ/(2m) at |w| = N^−½.",
            Correction =
                "The term of the cost is (λ/2n)Σw² with the n training samples, so it is λ/(2n) there. The term of " +
                "the update is −(ηλ/n)w.",
            Formula = @"\frac{\lambda}{2n}\sum_{i=1}^{N}\left(\frac{\kappa}{\sqrt N}\right)^2 = \frac{\kappa^2\lambda}{2n}",
            Derivation = """
                The published term mixes three things. The cost does not contain the learning rate. The count is $n$,
                the size of the training set, not $m$, that of a mini-batch. And the update contains the derivative
                $(\lambda/n)w$, not the sum of squares.

                That the result does not depend on the number $N$ of weights is not a law. It follows from the choice
                $|w| = 1/\sqrt N$, which makes $\sum w^2 = 1$. With $|w| = \kappa/\sqrt N$ the term is
                $\kappa^2\lambda/(2n)$.
                """,
            Run = SizeOfTerm,
        },
        new()
        {
            Id = "T106",
            Title = "\"Solve the L2 equation for w\"",
            Status = ClaimStatus.Wrong,
            Sources = ["Book exercises II, 14 (3)"],
            Claim = "Solving C = C₀ + (λ/2n)Σw² for w gives w ∝ 1/√n.",
            Correction =
                "|w| = √(2n(C−C₀)/λ) grows like √n, and this n is the size of the training set, not the number of " +
                "weights.",
            Formula = @"|w| = \sqrt{\frac{2n\,(C-C_0)}{\lambda}}",
            Derivation = """
                For a single weight the solution is $w^2 = 2n(C-C_0)/\lambda$. Here $n$ is in the numerator: the more
                samples there are, the weaker is the effect of a given $\lambda$, and the larger a weight may be for the
                same penalty.

                The expected $1/\sqrt n$ confuses two counts with the same letter. The spread $1/\sqrt{n_{in}}$ of
                scaled initial weights refers to the inputs of a unit and has another reason (the spread of $z$). The
                $n$ of this equation is the number of training samples.
                """,
            Run = SolvedForWeight,
        },
    ];

    private static void SizeOfTerm(Findings findings)
    {
        const int N = (784 * 30) + (30 * 10);
        double w = 1 / Math.Sqrt(N);
        NetworkOptions options = DigitRuns.Architecture(30);
        findings.Given("784-30-10, number N of weights", N);
        findings.Given("λ, n", 5, 50_000);
        findings.Equal("|w| = 1/√N", w, 0.00647931540578353);
        double penalty = Penalty.Value(Filled(options, w), 0, 5, 50_000);
        findings.EqualRelative("penalty of the library", penalty, 5e-5, 1e-12);
        findings.EqualRelative("penalty at |w| = 3/√N", Penalty.Value(Filled(options, 3 * w), 0, 5, 50_000), 9 * 5e-5, 1e-12);
        findings.Refuted("ηλ/(2m) for η = 0.5, m = 10", 0.5 * 5 / (2 * 10), 0.125, penalty);
        double[] step = [w];
        UpdateRule.Sgd.Update(0.5, step, [0], l2: 5.0 / 50_000);
        findings.EqualRelative("relative change of a weight in a step, −ηλ/n", (step[0] - w) / w, -5e-5, 1e-9);
    }

    /// <summary>Parameters with every weight w. The biases are 7, since no penalty may depend on them.</summary>
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
        findings.EqualRelative("penalty of this weight, λ/(2n)·w²", Penalty.Value(Single(14.142135623731), 0, 5, 50_000), 0.01, 1e-12);
        findings.Equal("square of the ratio of the two |w|", many / few * (many / few), 50, 1e-9);
        findings.Refuted("w ∝ 1/√n, from n = 1000 to 50,000", 2 * Math.Sqrt(1000.0 / 50_000), 0.282842712474619, many);

        // Finds the weight with the penalty 0.01 by bisection on the library's own penalty.
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
