using Nabla.Network.Activations;
using Nabla.Network.Costs;
using Nabla.Network.Study;
using Nabla.Theory.Recipes;

namespace Nabla.Theory.OutputLayer;

/// <summary>Cross-entropy with sigmoid outputs: the output error and the gradients of weights and biases.</summary>
internal static class CrossEntropyGradientChecks
{
    public static IReadOnlyList<Check> Checks { get; } =
    [
        new()
        {
            Id = "T21",
            Title = "Cross-entropy output error",
            Status = ClaimStatus.Imprecise,
            Sources = ["Book exercises I, §3.2", "Book exercises II, 3 (66)", "Homework, (35)"],
            Claim =
                "δ_j = a_j − y_j; printed with (1/n)Σ_x, and with −(1/n)Σ before a sum of two terms without " +
                "brackets.",
            Correction =
                "δ belongs to one sample: δ_j = a_j − y_j. The average appears only in ∂C/∂w and ∂C/∂b, and the " +
                "minus sign applies to both terms.",
            Formula = @"\delta_j = \frac{\partial C_x}{\partial z_j} = -\left[\frac{y_j}{a_j}-\frac{1-y_j}{1-a_j}\right]\sigma'(z_j) = a_j-y_j",
            Derivation = """
                For one sample, $\partial C_x/\partial a_j = \frac{a_j-y_j}{a_j(1-a_j)}$ (T10), and
                $\sigma'(z_j) = a_j(1-a_j)$ is exactly the denominator.

                **Why there is no average.** A weight is one number shared by all samples, so the derivative
                $\partial C/\partial w$ of the mean cost is a mean. But $z_j$ is not one number: each sample has its
                own. "The derivative of the mean cost with respect to $z_j$" has no meaning, and a mean of errors used
                as $\delta$ would be averaged a second time in $\partial C/\partial w$.

                **Why the bracket is needed.** The minus sign of the cost stands before both logarithms. Without the
                bracket it applies only to the first term, and every sample with $y = 0$ gets the error $-a$ instead of
                $a$.
                """,
            Run = OutputError,
        },
        new()
        {
            Id = "T22",
            Title = "Cross-entropy, output weights",
            Status = ClaimStatus.Correct,
            Sources = ["Book exercises I, §3.3", "Book exercises II, 3 (67), 5 (61)", "Homework, 3.3 (34)"],
            Claim = "∂C/∂w_jk = (1/n)Σ_x a_k(a_j − y_j).",
            Formula = @"\frac{\partial C}{\partial w_{jk}} = \frac1n\sum_x a_k\,(a_j-y_j)",
            Derivation = """
                By T21 the error is $a_j-y_j$. We multiply it by $\partial z_j/\partial w_{jk} = a_k$ and average over
                the samples. Compared with the quadratic cost (T18), the factor $\sigma'(z_j)$ is gone: the larger the
                error, the faster the unit learns.

                The gradient is a mean, not a sum. It does not change if every sample occurs twice, so the learning rate
                does not depend on the number of samples.
                """,
            Run = Weights,
        },
        new()
        {
            Id = "T23",
            Title = "Cross-entropy, output biases",
            Status = ClaimStatus.Correct,
            Sources = ["Book exercises I, §3.3 note", "Book exercises II, 3", "Homework, 3.3 (35)"],
            Claim = "∂C/∂b_j = (1/n)Σ_x(a_j − y_j).",
            Formula = @"\frac{\partial C}{\partial b_j} = \frac1n\sum_x (a_j-y_j)",
            Derivation = """
                A bias is a weight whose input is always 1, so we set $a_k = 1$ in T22. At a minimum this derivative is
                0, so the mean output of a trained sigmoid unit equals the mean target: the unit is calibrated on
                average over its training data.
                """,
            Run = Biases,
        },
    ];

    private static void OutputError(Findings findings)
    {
        Trace trace = Two.Network(Cost.CrossEntropy).Trace(Two.Inputs, Two.Targets);
        double first = trace.Deltas(0, 0)[0], second = trace.Deltas(0, 1)[0];
        findings.Given("unit", "w = (0.3, −0.2), b = 0.1; samples (1, 2) → 1 and (−1, 0.5) → 0");
        findings.Equal("δ of both samples", [first, second], [-0.5, 0.425557483188341]);
        findings.Equal("C", trace.Cost, 0.623751212514236);
        findings.Equal("C in the plain form", (CostMath.Value(Cost.CrossEntropy, trace.Outputs(0), [1]) + CostMath.Value(Cost.CrossEntropy, trace.Outputs(1), [0])) / 2, 0.623751212514236);
        findings.AtMost("largest relative deviation of the fused δ from ∂C/∂a·σ′ for |z| ≤ 15, y = 0, 0.3, 1", FusedAgainstPlain(), 1e-9);
        findings.Refuted("δ of sample 1 as (1/n)Σ(a − y)", (trace.Outputs(0)[0] - 1 + trace.Outputs(1)[0]) / 2, -0.0372212584058295, first);
        findings.Refuted("δ of sample 2 with the minus sign on the first term only", Unbracketed(trace.Outputs(1)[0], 0, ActivationMath.Derivative(Activation.Sigmoid, trace.WeightedInputs(0, 1)[0])), -0.425557483188341, second);

        static double Unbracketed(double a, double y, double slope) => (-(y / a) - ((1 - y) / (1 - a))) * slope;
    }

    private static double FusedAgainstPlain()
    {
        double largest = 0;
        double[] slope = new double[1];
        foreach (double y in (double[])[0, 0.3, 1])
        {
            for (int i = -150; i <= 150; i++)
            {
                double z = i / 10.0;
                Trace trace = Networks.FromWeightedInputs([z], Activation.Sigmoid, Cost.CrossEntropy).Trace([1], [y]);
                CostMath.Derivative(Cost.CrossEntropy, trace.Outputs(), [y], slope);
                double fused = trace.Deltas(0)[0], plain = slope[0] * ActivationMath.Derivative(Activation.Sigmoid, z);
                largest = Math.Max(largest, Math.Abs(plain - fused) / Math.Abs(fused));
            }
        }

        return largest;
    }

    private static void Weights(Findings findings)
    {
        GivenNetwork unit = Two.Network(Cost.CrossEntropy);
        Trace trace = unit.Trace(Two.Inputs, Two.Targets), twice = unit.Trace([.. Two.Inputs, .. Two.Inputs], [.. Two.Targets, .. Two.Targets]);
        findings.Given("unit", "w = (0.3, −0.2), b = 0.1; samples (1, 2) → 1 and (−1, 0.5) → 0");
        findings.Equal("∂C/∂w", trace.WeightGradient(0), new[,] { { -0.462778741594171, -0.393610629202915 } });
        findings.Equal("∂C/∂w with every sample twice", twice.WeightGradient(0), trace.WeightGradient(0), 1e-15);
        findings.Equal("C with every sample twice", twice.Cost, trace.Cost, 1e-15);
        findings.Equal("w after a step of the trainer with η = 1", Descent.Path(unit, Two.Inputs, Two.Targets, Descent.Options(1, 2))[1].AsSpan(0, 2), [0.3 + 0.462778741594171, -0.2 + 0.393610629202915]);
        findings.AtMost("largest relative deviation from central differences", GradientCheck.Run(unit.Options, unit.Parameters, Two.Inputs, Two.Targets).LargestRelativeError, 1e-8);
    }

    private static void Biases(Findings findings)
    {
        GivenNetwork unit = Two.Network(Cost.CrossEntropy);
        findings.Given("unit", "w = (0.3, −0.2), b = 0.1; samples (1, 2) → 1 and (−1, 0.5) → 0");
        findings.Equal("∂C/∂b", unit.Trace(Two.Inputs, Two.Targets).BiasGradient(0), [-0.0372212584058295]);
        findings.Equal("b after a step of the trainer with η = 1", Descent.Path(unit, Two.Inputs, Two.Targets, Descent.Options(1, 2))[1][2], 0.1 + 0.0372212584058295);
        // With soft targets a minimum exists (T10), and there the mean output is the mean target.
        double[] soft = [0.8, 0.3];
        GivenNetwork trained = unit with { Parameters = Descent.Train(unit, Two.Inputs, soft, Descent.Options(0.5, 2, 400)).Parameters };
        Trace after = trained.Trace(Two.Inputs, soft);
        findings.Equal("mean output after training on the targets 0.8 and 0.3", (after.Outputs(0)[0] + after.Outputs(1)[0]) / 2, 0.55, 1e-10);
    }
}
