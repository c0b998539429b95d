using Nabla.Theory.Plots;
using Nabla.Theory.Recipes;

namespace Nabla.Theory.CrossEntropy;

/// <summary>How the expression is written, and where it can be evaluated.</summary>
internal static class FormChecks
{
    public static IReadOnlyList<Check> Checks { get; } =
    [
        new()
        {
            Id = "T07",
            Title = "How to remember the form",
            Status = ClaimStatus.Imprecise,
            Sources = ["000_c927b73e9f8ed7a6.txt §2.1"],
            Claim = "The expression is symmetric, and only a may stand under ln, since a never reaches 0 or 1.",
            Correction = "It is symmetric under (y, a) → (1−y, 1−a), not under the exchange of y and a; and in floating point a does reach 0 and 1 (T03).",
            Formula = @"C(y,a) = -\left[y\ln a + (1-y)\ln(1-a)\right], \qquad C(1-y,\,1-a) = C(y,a)",
            Derivation = """
                Put $1-y$ for $y$ and $1-a$ for $a$: the two terms change places and the sum stays. That is the symmetry: calling *yes* what was
                called *no*, in the target and in the answer alike, costs nothing.

                Exchanging $y$ and $a$ is another matter. $C(y,a)$ is the price of the answer $a$ when the truth is $y$; the roles differ as those
                of a bet and an outcome do. Since $y$ is usually 0 or 1, whose logarithms do not exist, $a$ is the one under the logarithm: a good
                way to remember the form, as long as one does not lean on $a$ itself staying inside the interval.
                """,
            Run = Symmetry,
        },
        new()
        {
            Id = "T08",
            Title = "The swapped form −[a ln y+(1−a) ln(1−y)]",
            Status = ClaimStatus.Correct,
            Sources = ["003_8b1efaaae4d91400.txt 3.1", "004_e3855a7dd8c664cd.txt 2a"],
            Claim = "With y and a exchanged, the first term (y = 0) or the second (y = 1) contains ln 0: the form is undefined for every a in (0, 1).",
            Formula = @"y=0:\; -\left[a\ln 0 + (1-a)\ln 1\right] = \infty, \qquad y=1:\; -\left[a\ln 1 + (1-a)\ln 0\right] = \infty \qquad (0<a<1)",
            Derivation = """
                Targets are 0 or 1 as a rule. In the swapped form they stand under the logarithm, and one of $\ln y$, $\ln(1-y)$ is $\ln 0$. Its
                factor, $a$ or $1-a$, is not 0 and cannot rescue it. So the swapped cost is infinite for a good answer and for a bad one alike and
                tells nothing.

                In the right form the targets are the factors. One of them is 0 and removes its term ($0\ln 0$ counts as 0, its limit); the other
                leaves $-\ln a$ or $-\ln(1-a)$. The library's own cost, called with the roles exchanged, is the swapped form.
                """,
            Run = Swapped,
        },
        new()
        {
            Id = "T09",
            Title = "\"The right form does not suffer from this\"",
            Status = ClaimStatus.Imprecise,
            Sources = ["003_8b1efaaae4d91400.txt 3.1", "004_e3855a7dd8c664cd.txt 2a and its correction"],
            Claim = "The right form is safe, since a is (almost) never exactly 0 or 1.",
            Correction = "A saturated unit reaches them in floating point: the form is safe only when it is computed from z.",
            Formula = @"C = \ln(1+e^{z}) - y\,z = \operatorname{softplus}(z) - y\,z, \qquad \delta = \sigma(z) - y",
            Derivation = """
                $-\ln\sigma(z) = \ln(1+e^{-z})$ and $-\ln(1-\sigma(z)) = \ln(1+e^{z})$, and these two differ by $z$. Hence $C = y\ln(1+e^{-z}) +
                (1-y)\ln(1+e^{z}) = \ln(1+e^{z}) - yz$: the activation is gone from the formula. The softplus $\ln(1+e^z)$ is close to $z$ on the
                right and to $e^z$ on the left, and $\delta = \sigma(z)-y$ needs no division.

                By way of $a$ the cost is wrong long before it is infinite. A double cannot tell $\sigma(36)$ from $1-2^{-52}$, so the plain cost is
                $52\ln 2 = 36.04$ instead of 36; at $z = 20$ eight digits are left; at $z = 37$ it is infinite. In `float` this happens at 16.6,
                well within reach of a network that is confident and wrong.
                """,
            Run = Saturated,
            Plot = Saturation,
        },
    ];

    private static void Symmetry(Findings findings)
    {
        findings.Equal("C(y=0.3, a=0.31)", OneOutput.Value(0.3, 0.31), 0.6110994714244659);
        findings.Equal("C(y=0.7, a=0.69)", OneOutput.Value(0.7, 0.69), 0.6110994714244659);
        findings.Equal("the same from z", OneOutput.Fused(0.3, Math.Log(0.31 / 0.69)).Cost, 0.6110994714244659);
        findings.Equal("the mirrored one from z", OneOutput.Fused(0.7, Math.Log(0.69 / 0.31)).Cost, 0.6110994714244659);
        double largest = 0;
        foreach (double y in OneOutput.Grid)
        {
            largest = Math.Max(largest, OneOutput.Grid.Max(a => Math.Abs(OneOutput.Value(y, a) - OneOutput.Value(1 - y, 1 - a))));
        }

        findings.AtMost("largest |C(y, a) − C(1−y, 1−a)| over 99×99 pairs", largest, 1e-14);
        findings.Refuted("symmetric in y and a: C(y=0.31, a=0.3) for C(y=0.3, a=0.31)", OneOutput.Value(0.31, 0.3), 0.619337280658765, OneOutput.Value(0.3, 0.31));
        findings.Refuted("a never reaches 1", "σ(37) is exactly 1 in double", OneOutput.Sigmoid(37) == 1);
    }

    private static void Swapped(Findings findings)
    {
        findings.Exactly("swapped form, y = 0, a = 0.3", OneOutput.Value(y: 0.3, a: 0), double.PositiveInfinity);
        findings.Exactly("swapped form, y = 1, a = 0.3", OneOutput.Value(y: 0.3, a: 1), double.PositiveInfinity);
        findings.Holds("the swapped form is infinite for a = 0.01 to 0.99 and y = 0, 1", OneOutput.Grid.All(a => double.IsPositiveInfinity(OneOutput.Value(a, 0)) && double.IsPositiveInfinity(OneOutput.Value(a, 1))));
        findings.Holds("the right form is finite there", OneOutput.Grid.All(a => double.IsFinite(OneOutput.Value(0, a)) && double.IsFinite(OneOutput.Value(1, a))));
        findings.Equal("right form, y = 0, a = 0.3", OneOutput.Value(0, 0.3), 0.3566749439387324);
        findings.Equal("right form, y = 1, a = 0.3", OneOutput.Value(1, 0.3), 1.203972804325936);
        double z = Math.Log(0.3 / 0.7);
        findings.Equal("the same two from z", [OneOutput.Fused(0, z).Cost, OneOutput.Fused(1, z).Cost], [0.3566749439387324, 1.203972804325936]);
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

        findings.Equal("from a = σ(20), eight digits left", OneOutput.Value(0, OneOutput.Sigmoid(20)), 19.99999996616982);
        findings.Equal("one term only for y = 1, a = 0.3", OneOutput.Value(1, 0.3), 1.203972804325936);
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
