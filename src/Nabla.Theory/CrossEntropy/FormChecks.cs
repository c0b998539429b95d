using Nabla.Theory.Plots;
using Nabla.Theory.Recipes;

namespace Nabla.Theory.CrossEntropy;

/// <summary>The form of the expression, and where it can be evaluated.</summary>
internal static class FormChecks
{
    public static IReadOnlyList<Check> Checks { get; } =
    [
        new()
        {
            Id = "T07",
            Title = "How to remember the form",
            Status = ClaimStatus.Imprecise,
            Sources = ["Book exercises I, §2.1"],
            Claim = "The expression is symmetric, and only a can be the argument of ln, since a never reaches 0 or 1.",
            Correction =
                "It is symmetric under (y, a) → (1−y, 1−a), not under the exchange of y and a. In floating point a " +
                "does reach 0 and 1 (T03).",
            Formula = @"C(y,a) = -\left[y\ln a + (1-y)\ln(1-a)\right], \qquad C(1-y,\,1-a) = C(y,a)",
            Derivation = """
                Replace $y$ by $1-y$ and $a$ by $1-a$: the two terms change places and the sum stays the same. This is
                the symmetry: it makes no difference if we swap the names *yes* and *no* in both the target and the
                answer.

                Exchanging $y$ and $a$ is different. $C(y,a)$ is the cost of the answer $a$ when the truth is $y$, and
                the two play different roles, like a bet and its outcome. Usually $y$ is 0 or 1, and the logarithm of 0
                does not exist, so $a$ must be the argument of the logarithm. This is a good way to remember the form,
                but $a$ is not certain to stay inside the interval either.
                """,
            Run = Symmetry,
        },
        new()
        {
            Id = "T08",
            Title = "The swapped form −[a ln y+(1−a) ln(1−y)]",
            Status = ClaimStatus.Correct,
            Sources = ["Homework, 3.1", "Book exercises II, 2a"],
            Claim =
                "With y and a exchanged, the first term (y = 0) or the second (y = 1) contains ln 0, so the form is " +
                "undefined for every a in (0, 1).",
            Formula = @"y=0:\; -\left[a\ln 0 + (1-a)\ln 1\right] = \infty, \qquad y=1:\; -\left[a\ln 1 + (1-a)\ln 0\right] = \infty \qquad (0<a<1)",
            Derivation = """
                Targets are usually 0 or 1. In the swapped form they are the arguments of the logarithms, so one of
                $\ln y$, $\ln(1-y)$ is $\ln 0$. Its factor, $a$ or $1-a$, is not 0. So the swapped cost is infinite for
                good and bad answers alike and tells us nothing.

                In the right form the targets are the factors. One of them is 0 and removes its term ($0\ln 0$ counts as
                0, its limit); what remains is $-\ln a$ or $-\ln(1-a)$. The check evaluates the swapped form by calling
                the library's cost with the arguments exchanged.
                """,
            Run = Swapped,
        },
        new()
        {
            Id = "T09",
            Title = "\"The right form does not suffer from this\"",
            Status = ClaimStatus.Imprecise,
            Sources = ["Homework, 3.1", "Book exercises II, 2a and its correction"],
            Claim = "The right form is safe, since a is (almost) never exactly 0 or 1.",
            Correction =
                "In floating point a saturated unit does reach 0 and 1. The form is safe only if it is computed " +
                "from z.",
            Formula = @"C = \ln(1+e^{z}) - y\,z = \operatorname{softplus}(z) - y\,z, \qquad \delta = \sigma(z) - y",
            Derivation = """
                We have $-\ln\sigma(z) = \ln(1+e^{-z})$ and $-\ln(1-\sigma(z)) = \ln(1+e^{z})$, and these two differ by
                $z$. Hence $C = y\ln(1+e^{-z}) + (1-y)\ln(1+e^{z}) = \ln(1+e^{z}) - yz$, which no longer contains the
                activation. The softplus $\ln(1+e^z)$ is close to $z$ for large $z$ and close to $e^z$ for very negative
                $z$. The error $\delta = \sigma(z)-y$ needs no division.

                If it is computed from $a$, the cost is inaccurate long before it is infinite. In double precision
                $\sigma(36)$ is rounded to $1-2^{-52}$, so the plain cost is $52\ln 2 = 36.04$ instead of 36. At
                $z = 20$ eight digits are left, and at $z = 37$ the cost is infinite. In `float` this happens at 16.6,
                which a confident but wrong network reaches easily.
                """,
            Run = Saturated,
            Plot = Saturation,
        },
    ];

    private static void Symmetry(Findings findings)
    {
        findings.Equal("C(y=0.3, a=0.31)", OneOutput.Value(0.3, 0.31), 0.6110994714244659);
        findings.Equal("C(y=0.7, a=0.69)", OneOutput.Value(0.7, 0.69), 0.6110994714244659);
        findings.Equal("C(y=0.3, a=0.31) from z", OneOutput.Fused(0.3, Math.Log(0.31 / 0.69)).Cost, 0.6110994714244659);
        findings.Equal("C(y=0.7, a=0.69) from z", OneOutput.Fused(0.7, Math.Log(0.69 / 0.31)).Cost, 0.6110994714244659);
        double largest = 0;
        foreach (double y in OneOutput.Grid)
        {
            largest = Math.Max(largest, OneOutput.Grid.Max(a => Math.Abs(OneOutput.Value(y, a) - OneOutput.Value(1 - y, 1 - a))));
        }

        findings.AtMost("largest |C(y, a) − C(1−y, 1−a)| over 99×99 pairs", largest, 1e-14);
        findings.Refuted("C(y=0.3, a=0.31) as C(y=0.31, a=0.3), by symmetry in y and a", OneOutput.Value(0.31, 0.3), 0.619337280658765, OneOutput.Value(0.3, 0.31));
        findings.Refuted("a never reaches 1", "σ(37) is exactly 1 in double", OneOutput.Sigmoid(37) == 1);
    }

    private static void Swapped(Findings findings)
    {
        findings.Exactly("swapped form, y = 0, a = 0.3", OneOutput.Value(y: 0.3, a: 0), double.PositiveInfinity);
        findings.Exactly("swapped form, y = 1, a = 0.3", OneOutput.Value(y: 0.3, a: 1), double.PositiveInfinity);
        findings.Holds("the swapped form is infinite for a = 0.01 to 0.99 and y = 0, 1", OneOutput.Grid.All(a => double.IsPositiveInfinity(OneOutput.Value(a, 0)) && double.IsPositiveInfinity(OneOutput.Value(a, 1))));
        findings.Holds("the right form is finite for the same a and y", OneOutput.Grid.All(a => double.IsFinite(OneOutput.Value(0, a)) && double.IsFinite(OneOutput.Value(1, a))));
        findings.Equal("right form, y = 0, a = 0.3", OneOutput.Value(0, 0.3), 0.3566749439387324);
        findings.Equal("right form, y = 1, a = 0.3", OneOutput.Value(1, 0.3), 1.203972804325936);
        double z = Math.Log(0.3 / 0.7);
        findings.Equal("right form from z, y = 0 and y = 1", [OneOutput.Fused(0, z).Cost, OneOutput.Fused(1, z).Cost], [0.3566749439387324, 1.203972804325936]);
    }

    private static void Saturated(Findings findings)
    {
        foreach ((double z, double y, double cost, double delta) in ((double, double, double, double)[])
            [(40, 0, 40.00000000000000, 1), (20, 0, 20.00000000206115, 0.9999999979388463), (1000, 0, 1000, 1), (-1000, 1, 1000, -1), (-1000, 0, 0, 0)])
        {
            string where = $"z = {Findings.Text(z)}, y = {Findings.Text(y)}";
            findings.Equal($"cost from z, {where}", OneOutput.Fused(y, z).Cost, cost, 1e-15);
            findings.Equal($"δ, {where}", OneOutput.Delta(y, z), delta, 1e-15);
        }

        findings.Equal("cost from a = σ(20), eight digits right", OneOutput.Value(0, OneOutput.Sigmoid(20)), 19.99999996616982);
        findings.Equal("cost from a, y = 1, a = 0.3: one term only", OneOutput.Value(1, 0.3), 1.203972804325936);
        findings.Refuted("−ln(1−σ(z)) at z = 36, y = 0", OneOutput.Value(0, OneOutput.Sigmoid(36)), 36.04365338911715, OneOutput.Fused(0, 36).Cost);
        findings.Refuted("−ln(1−σ(z)) at z = 37, y = 0", OneOutput.Value(0, OneOutput.Sigmoid(37)), double.PositiveInfinity, OneOutput.Fused(0, 37).Cost);
    }

    private static Plot Saturation()
    {
        double[] z = [.. Enumerable.Range(0, 401).Select(i => 32 + (i / 50.0))];
        return new Plot
        {
            Title = "Cross-entropy of a saturated wrong output (y = 0)",
            X = "z",
            Y = "cost",
            Curves =
            [
                new Curve("from z: softplus(z)", z, [.. z.Select(value => OneOutput.Fused(0, value).Cost)], CurveStyle.Dashed),
                new Curve("from a: −ln(1 − σ(z)), infinite from 36.7 on", z, [.. z.Select(value => OneOutput.Value(0, OneOutput.Sigmoid(value)))]),
            ],
        };
    }
}
