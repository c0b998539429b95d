using Nabla.Network.Activations;
using Nabla.Network.Study;
using Nabla.Theory.Plots;
using Nabla.Theory.Recipes;

namespace Nabla.Theory.Softmax;

/// <summary>The limit of softmax as its constant tends to infinity.</summary>
internal static class LimitChecks
{
    private static readonly double[] Tied = [1, 3, 3];

    public static IReadOnlyList<Check> Checks { get; } =
    [
        new()
        {
            Id = "T61",
            Title = "Limit c→∞",
            Status = ClaimStatus.Imprecise,
            Sources = ["Homework, §4 bonus", "Book exercises II, 11"],
            Claim =
                "Softmax approaches the argmax: the maximum gets 1 and all others 0. Another document says that the " +
                "limit is the largest activation.",
            Correction =
                "The limit is the one-hot indicator of the maximum if the maximum is unique; m tied maxima get 1/m " +
                "each. It is (1/c)·ln Σ e^{cz_k} that tends to max z, not the outputs.",
            Formula = @"\lim_{c\to\infty} a_j = \begin{cases}1/m & z_j=\max_k z_k\\ 0 & \text{otherwise}\end{cases},\qquad \lim_{c\to\infty}\frac1c\ln\sum_k e^{cz_k} = \max_k z_k",
            Derivation = """
                Divide numerator and denominator by $e^{cM}$ with $M=\max_kz_k$. The terms with $z_k=M$ become 1, and
                all others $e^{-c(M-z_k)}\to0$. So the denominator tends to the number $m$ of maxima, and the output of
                each of them to $1/m$.

                This explains the name. With a unique maximum, softmax is a soft *arg*max: it points to the largest
                input. A soft *maximum* is another function: $M \le \frac1c\ln\sum_ke^{cz_k} \le M+\frac{\ln K}{c}$,
                because the sum lies between $e^{cM}$ and $Ke^{cM}$.
                """,
            Run = Limit,
            Plot = () => OverConstant("Softmax of (1, 2, 3) as c grows: the maximum takes all", Soft.Z),
        },
        new()
        {
            Id = "T62",
            Title = "Divided form",
            Status = ClaimStatus.Correct,
            Sources = ["Book exercises II, 11 correction"],
            Claim = "a_j = 1/(1 + Σ_{k≠j} e^{c(z_k−z_j)}), which tends to 0 as c grows if any z_k > z_j.",
            Formula = @"a_j = \frac{1}{1+\sum_{k\ne j}e^{c(z_k-z_j)}} = \sigma\Bigl(c z_j-\ln\sum_{k\ne j}e^{cz_k}\Bigr)",
            Derivation = """
                Divide numerator and denominator by $e^{cz_j}$. If some $z_k>z_j$, its exponent $c(z_k-z_j)$ grows
                without bound, and the quotient tends to 0.

                The form also shows that a softmax unit is a sigmoid unit. Its argument is $cz_j$ minus $c$ times the
                soft maximum of the other units.
                """,
            Run = DividedForm,
        },
        new()
        {
            Id = "T63",
            Title = "A tie at the maximum gives 1",
            Status = ClaimStatus.Wrong,
            Sources = ["Book exercises II, 11 correction"],
            Claim = "If z_j is the maximum and equal to some z_k, the limit of its softmax output is 1.",
            Correction =
                "Every tie adds e^0 = 1 to the denominator. The limit is 1/m for m equal maxima, and it is 1 only " +
                "if the maximum is unique.",
            Formula = @"z_j=\max_k z_k \text{ shared by } m \text{ units}:\quad a_j \to \frac1{1+(m-1)} = \frac1m",
            Derivation = """
                In the divided form of T62 another unit with $z_k=z_j$ contributes $e^{c\cdot0}=1$ for every $c$, and
                this does not vanish. With $m-1$ such units the limit is $1/(1+(m-1))$.

                We can also see this without a computation: equal inputs give equal outputs, and two outputs of 1 cannot
                sum to 1.
                """,
            Run = Tie,
            Plot = () => OverConstant("Softmax of (1, 3, 3) as c grows: tied maxima share", Tied),
        },
    ];

    private static void Limit(Findings findings)
    {
        double[] sharp = SoftmaxLayer.TrainedOutputs(Soft.Z, 50), limit = SoftmaxLayer.TrainedOutputs(Soft.Z, 1000);
        findings.Given("z", Soft.Z);
        findings.Equal("a_2, c = 50", sharp[1], 1.92874984796392e-22);
        findings.Exactly("a_3, c = 50, in double", sharp[2], 1);
        findings.Equal("a, c = 1000", limit, [0, 0, 1], 0);
        findings.Equal("soft maximum (1/c) ln Σe^{cz}, c = 1", SoftMaximum(1), 3.40760596444438);
        findings.Equal("soft maximum, c = 10", SoftMaximum(10), 3.00000454009603);
        findings.Equal("soft maximum, c = 1000, equal to max z", SoftMaximum(1000), 3);
        findings.Refuted("the limit of a_3 is the largest activation at c = 1", Soft.A[2], 0.665240955774822, limit[2]);
        findings.Refuted("the limit of a_3 is the largest weighted input", Soft.Z.Max(), 3, limit[2]);
        findings.Refuted("the maximum gets 1 even if it is tied, z = (1, 3, 3)", 1, 1, SoftmaxLayer.TrainedOutputs(Tied, 1000)[1]);

        static double SoftMaximum(double c) => SoftmaxLayer.LogSumExp(Soft.Z, c) / c;
    }

    private static void DividedForm(Findings findings)
    {
        findings.Given("z", Soft.Z);
        findings.Given("c, j", 2, 2);
        findings.Equal("a_2 of the layer", SoftmaxLayer.TrainedOutputs(Soft.Z, 2)[1], 0.117310427826198);
        findings.Equal("1/(1 + e^{c(z_1−z_2)} + e^{c(z_3−z_2)})", 1 / (1 + Math.Exp(2 * (1 - 2)) + Math.Exp(2 * (3 - 2))), 0.117310427826198);
        findings.Equal("sigmoid of c·z_2 − ln Σ e^{cz_k} over the others", ActivationMath.Value(Activation.Sigmoid, (2 * 2) - SoftmaxLayer.LogSumExp([1, 3], 2)), 0.117310427826198);
        double[] falling = [.. new double[] { 1, 2, 5, 10, 20 }.Select(c => SoftmaxLayer.TrainedOutputs(Soft.Z, c)[1])];
        findings.Reported("a_2 for c = 1, 2, 5, 10, 20", falling);
        findings.Holds("a_2 decreases as c increases, since z_3 > z_2", falling.Zip(falling.Skip(1)).All(pair => pair.First > pair.Second));
        Trace pass = SoftmaxLayer.Pass(Soft.Z, Soft.Target(1), 1000);
        findings.Equal("a at c = 1000: no overflow, no NaN", pass.Outputs(), [0, 0, 1], 0);
        findings.Equal("−ln a_1 at c = 1000, from z", pass.Cost, 2000);
    }

    private static void Tie(Findings findings)
    {
        findings.Given("z", Tied);
        findings.Equal("a, c = 1", SoftmaxLayer.TrainedOutputs(Tied), [0.0633789383330376, 0.468310530833481, 0.468310530833481]);
        findings.Equal("a_2, c = 10", SoftmaxLayer.TrainedOutputs(Tied, 10)[1], 0.499999999484712);
        double[] limit = SoftmaxLayer.TrainedOutputs(Tied, 100);
        findings.Equal("a_2 and a_3, c = 100", [limit[1], limit[2]], [0.5, 0.5], 1e-15);
        findings.Refuted("limit of a_2 as published", 1, 1, limit[1]);
        findings.Equal("three tied maxima, z = (3, 3, 3, 1), c = 100", SoftmaxLayer.TrainedOutputs([3, 3, 3, 1], 100).AsSpan(0, 3), [1 / 3.0, 1 / 3.0, 1 / 3.0]);
        findings.Equal("a unique maximum, z = (1, 2, 3), c = 100", SoftmaxLayer.TrainedOutputs(Soft.Z, 100)[2], 1);
    }

    private static Plot OverConstant(string title, double[] z)
    {
        double[] constants = [.. Enumerable.Range(0, 121).Select(i => Math.Pow(10, (i - 60) / 40.0))];
        return new Plot
        {
            Title = title,
            X = "constant c",
            Y = "activation",
            LogarithmicX = true,
            Curves =
            [
                .. Enumerable.Range(0, 3).Select(j => new Curve(
                    $"unit {j + 1}, z = {Findings.Text(z[j])}",
                    constants,
                    [.. constants.Select(c => SoftmaxLayer.TrainedOutputs(z, c)[j])],
                    j > 0 && z[j] == z[j - 1] ? CurveStyle.Dashed : CurveStyle.Line)),
            ],
        };
    }
}
