using Nabla.Network.Activations;
using Nabla.Theory.Plots;
using Nabla.Theory.Recipes;

namespace Nabla.Theory.Supplements;

/// <summary>Two supplements on cross-entropy: its swapped form and its construction.</summary>
internal static class CrossEntropyFormChecks
{
    public static IReadOnlyList<Check> Checks { get; } =
    [
        new()
        {
            Id = "T140",
            Title = "\"Both terms act in the swapped form\"",
            Status = ClaimStatus.Wrong,
            Sources = ["Homework, 3.1"],
            Claim = "For a label of 0 or 1 both sides of the + would influence the swapped expression.",
            Correction =
                "In both forms one term vanishes for y = 0 or 1. In the swapped form the remaining term is " +
                "infinite.",
            Formula = @"y=0:\; (1-a)\ln(1-y) = 0, \quad a\ln y = -\infty; \qquad y=1:\; a\ln y = 0, \quad (1-a)\ln(1-y) = -\infty",
            Derivation = """
                In the right form the factor $y$ or $1-y$ is 0 and removes its term. In the swapped form
                $-[a\ln y+(1-a)\ln(1-y)]$ it is the *logarithm* that is 0, since $\ln 1 = 0$: for $y = 0$ the second
                term vanishes, for $y = 1$ the first. So for a hard label one term vanishes in both forms.

                The fault of the swapped form is not that both terms contribute. It is the value of the remaining term:
                $-\infty$, for every $a$ (T08).
                """,
            Run = SwappedTerms,
        },
        new()
        {
            Id = "T141",
            Title = "Cross-entropy by construction",
            Status = ClaimStatus.Correct,
            Sources = ["Book exercises II, 5"],
            Claim = "∂C/∂a is chosen as something divided by σ′, so that σ′ cancels.",
            Formula = @"\frac{\partial C}{\partial a} = \frac{a-y}{\sigma'} = \frac{a-y}{a(1-a)} \;\Longrightarrow\; C = \int \left(-\frac ya+\frac{1-y}{1-a}\right)da = -\left[y\ln a+(1-y)\ln(1-a)\right]",
            Derivation = """
                We can find the cost from the property that we want. It should have $\partial C/\partial z = a-y$, an
                error that is largest when the answer is most wrong. By the chain rule
                $\partial C/\partial z = (\partial C/\partial a)\,\sigma'(z)$ with $\sigma' = a(1-a)$. So
                $\partial C/\partial a$ must be $\frac{a-y}{a(1-a)}$, or in partial fractions
                $-\frac ya+\frac{1-y}{1-a}$. The antiderivative is the cross-entropy, and up to a constant it is the
                only cost with this error.

                The check integrates the library's own $\partial C/\partial a$ by Simpson's rule and compares the
                integral with the difference of two values of the library's cost.
                """,
            Run = Construction,
            Plot = Errors,
        },
    ];

    private static void SwappedTerms(Findings findings)
    {
        findings.Given("a", 0.3);
        findings.Refuted("for y = 0 both terms contribute", "(1−a)·ln(1−y) is exactly 0", (1 - 0.3) * Math.Log(1 - 0.0) == 0);
        findings.Refuted("for y = 1 both terms contribute", "a·ln y is exactly 0", 0.3 * Math.Log(1.0) == 0);
        findings.Exactly("remaining term for y = 0, a·ln y", 0.3 * Math.Log(0.0), double.NegativeInfinity);
        findings.Exactly("remaining term for y = 1, (1−a)·ln(1−y)", (1 - 0.3) * Math.Log(1 - 1.0), double.NegativeInfinity);
        findings.Exactly("the library's cost with y and a exchanged, y = 0", OneOutput.Value(y: 0.3, a: 0), double.PositiveInfinity);
        findings.Exactly("the library's cost with y and a exchanged, y = 1", OneOutput.Value(y: 0.3, a: 1), double.PositiveInfinity);
        findings.Equal("right form, y = 0: one term, finite", OneOutput.Value(0, 0.3), 0.3566749439387324);
        findings.Equal("right form, y = 1: one term, finite", OneOutput.Value(1, 0.3), 1.203972804325936);
    }

    private static void Construction(Findings findings)
    {
        double difference = OneOutput.Value(0.3, 0.5) - OneOutput.Value(0.3, 0.3);
        findings.Given("y", 0.3);
        findings.Equal("C(0.5) − C(0.3)", difference, 0.08228287850505185);
        findings.Equal("integral of ∂C/∂a from 0.3 to 0.5 by Simpson's rule", Integral(0.3, 0.5, 200), 0.08228287850505185, 1e-10);
        double atHalf = OneOutput.Fused(0.3, 0).Cost, atTarget = OneOutput.Fused(0.3, Math.Log(0.3 / 0.7)).Cost;
        findings.Equal("the same difference from z", atHalf - atTarget, 0.08228287850505185);
        double largest = OneOutput.Grid.Max(a => Math.Abs((OneOutput.Slope(0.3, a) * ActivationMath.Derivative(Activation.Sigmoid, Math.Log(a / (1 - a)))) - (a - 0.3)));
        findings.AtMost("largest |∂C/∂a·σ′ − (a − y)| for a = 0.01 to 0.99", largest, 1e-14);
    }

    /// <summary>The integral of the library's ∂C/∂a by Simpson's rule.</summary>
    private static double Integral(double from, double to, int intervals)
    {
        double step = (to - from) / intervals, sum = 0;
        for (int i = 0; i <= intervals; i++)
        {
            int weight = i == 0 || i == intervals ? 1 : i % 2 == 1 ? 4 : 2;
            sum += weight * OneOutput.Slope(0.3, from + (i * step));
        }

        return sum * step / 3;
    }

    private static Plot Errors()
    {
        double[] a = OneOutput.Grid;
        return new Plot
        {
            Title = "The output error δ as a function of the answer (y = 0)",
            X = "a",
            Y = "δ = ∂C/∂z",
            Curves =
            [
                new Curve("cross-entropy: a − y", a, [.. a.Select(value => Delta(Cost.CrossEntropy, value))]),
                new Curve("quadratic: (a − y)·σ′", a, [.. a.Select(value => Delta(Cost.Quadratic, value))]),
            ],
        };

        static double Delta(Cost cost, double a) =>
            Networks.FromWeightedInputs([Math.Log(a / (1 - a))], Activation.Sigmoid, cost).Trace([1], [0]).Deltas(0)[0];
    }
}
