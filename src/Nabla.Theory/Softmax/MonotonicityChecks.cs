using Nabla.Network.Activations;
using Nabla.Network.Study;
using Nabla.Theory.Recipes;

namespace Nabla.Theory.Softmax;

/// <summary>A softmax output increases with its own weighted input and decreases with every other.</summary>
internal static class MonotonicityChecks
{
    public static IReadOnlyList<Check> Checks { get; } =
    [
        new()
        {
            Id = "T36",
            Title = "Own-input monotonicity",
            Status = ClaimStatus.Correct,
            Sources = ["Book exercises I, §4.2", "Softmax sheet, (8)–(12)", "Book exercises II, 7 statement"],
            Claim = "∂a_j/∂z_j = e^{z_j}·Σ_{k≠j} e^{z_k}/(Σ_k e^{z_k})² = a_j(1−a_j) > 0.",
            Formula = @"\frac{\partial a_j}{\partial z_j} = \frac{e^{z_j}\sum_{k\ne j}e^{z_k}}{\left(\sum_k e^{z_k}\right)^2} = a_j(1-a_j) > 0 \quad (K\ge 2)",
            Derivation = """
                Write $N=e^{z_j}$ and $S=\sum_k e^{z_k}$. Both have the derivative $N$ in $z_j$. The quotient rule gives
                $(N S - N N)/S^2 = N(S-N)/S^2$, where $S-N$ is the sum without the term $j$. With $N/S = a_j$ this is
                $a_j(1-a_j)$.

                This has the same form as the sigmoid's derivative, $\sigma'=\sigma(1-\sigma)$. With a single unit
                $S-N=0$, so the strict inequality needs $K\ge2$.
                """,
            Run = OwnInput,
        },
        new()
        {
            Id = "T37",
            Title = "Cross monotonicity",
            Status = ClaimStatus.Correct,
            Sources = ["Book exercises I, §4.2", "Softmax sheet, (13)–(15)", "Book exercises II, 7"],
            Claim = "∂a_j/∂z_k = −e^{z_j}e^{z_k}/(Σ e^{z})² = −a_j·a_k < 0 for k ≠ j.",
            Formula = @"\frac{\partial a_j}{\partial z_k} = -\frac{e^{z_j}e^{z_k}}{\left(\sum_i e^{z_i}\right)^2} = -a_j a_k < 0 \quad (k\ne j)",
            Derivation = """
                For $k\ne j$ the numerator $e^{z_j}$ does not contain $z_k$. Only the denominator changes, with the
                derivative $e^{z_k}$. So $\partial a_j/\partial z_k = -e^{z_j}e^{z_k}/S^2 = -a_ja_k$.

                Together with T36 this means: when $z_k$ increases, unit $k$ gains $a_k(1-a_k)$ and the others lose
                $\sum_{j\ne k}a_ja_k$, which is the same. The total remains 1.
                """,
            Run = OtherInputs,
        },
        new()
        {
            Id = "T38",
            Title = "One formula for both cases",
            Status = ClaimStatus.Wrong,
            Sources = ["Book exercises II, 7 and correction"],
            Claim =
                "∂a_j/∂z_k = −e^{z_j}e^{z_k}/(Σ e^{z})² for all k. The correction in the document restricts the " +
                "sums to k = j or to k ≠ j.",
            Correction =
                "That form holds only for k ≠ j. For k = j the numerator is e^{z_j}·Σ_{k≠j} e^{z_k}. In both cases " +
                "the denominator is the square of the whole sum.",
            Formula = @"\frac{\partial a_j}{\partial z_k} = a_j(\delta_{jk}-a_k)",
            Derivation = """
                The published line differentiates only the denominator. For $k=j$ the numerator $e^{z_j}$ changes as
                well and contributes the term $e^{z_j}/S=a_j$, which outweighs $-a_j^2$. The diagonal entry is
                $a_j-a_j^2>0$, not $-a_j^2<0$. By the published form, the output of a unit would fall when its own input
                rises.

                The correction that follows restricts the sums in the denominators. But the denominators keep the whole
                sum: only the sum in the numerator of the case $k=j$ omits its own term.
                """,
            Run = BothCases,
        },
        new()
        {
            Id = "T39",
            Title = "Relative-growth intuition",
            Status = ClaimStatus.Correct,
            Sources = ["Book exercises I, §4.2 intuition"],
            Claim = "Raising z_j raises the numerator of a_j by a larger percentage than the denominator.",
            Formula = @"\frac{\partial \ln e^{z_j}}{\partial z_j} = 1 \;>\; a_j = \frac{\partial}{\partial z_j}\ln\sum_k e^{z_k}",
            Derivation = """
                A relative change is the derivative of a logarithm. For the numerator it is 1; for the sum it is
                $e^{z_j}/\sum_k e^{z_k}=a_j<1$. So $\ln a_j$ increases at the rate $1-a_j$: fast when $a_j$ is small,
                and hardly at all when $a_j$ is close to 1.

                For a finite increase $h$ the numerator grows by the factor $e^h$. The sum grows by $1+a_j(e^h-1)$, the
                average of $e^h$ and 1 with the weights $a_j$ and $1-a_j$.
                """,
            Run = RelativeGrowth,
        },
    ];

    private static void OwnInput(Findings findings)
    {
        double[] expected = [0.0819250690649932, 0.184836446509979, 0.222695426534623];
        findings.Given("z", Soft.Z);
        findings.Equal("∂a_j/∂z_j", SoftmaxLayer.Diagonal(ActivationMath.SoftmaxJacobian(Soft.Z, 1)), expected);
        findings.Equal("∂a_j/∂z_j in the training code", SoftmaxLayer.Diagonal(SoftmaxLayer.TrainedJacobian(Soft.Z)), expected);
        findings.Equal("∂a_j/∂z_j by central differences", SoftmaxLayer.Diagonal(SoftmaxLayer.Differences(Soft.Z)), expected, 1e-9);
        findings.Equal("a_j(1−a_j)", [.. SoftmaxLayer.Outputs(Soft.Z).Select(a => a * (1 - a))], expected);
        findings.Exactly("∂a/∂z of a single unit", SoftmaxLayer.TrainedJacobian([2])[0, 0], 0);
    }

    private static void OtherInputs(Findings findings)
    {
        double[] expected = [-0.0220330445201743, -0.0598920245448189, -0.162803401989804];
        findings.Given("z", Soft.Z);
        findings.Equal("∂a_1/∂z_2, ∂a_1/∂z_3, ∂a_2/∂z_3", Above(ActivationMath.SoftmaxJacobian(Soft.Z, 1)), expected);
        findings.Equal("the same entries in the training code", Above(SoftmaxLayer.TrainedJacobian(Soft.Z)), expected);
        findings.Equal("the same entries by central differences", Above(SoftmaxLayer.Differences(Soft.Z)), expected, 1e-9);

        static double[] Above(double[,] jacobian) => [jacobian[0, 1], jacobian[0, 2], jacobian[1, 2]];
    }

    private static void BothCases(Findings findings)
    {
        double[] figures = [-0.00810550410538723, -0.0598920245448189, -0.442545529240199];
        double[] a = SoftmaxLayer.Outputs(Soft.Z), right = SoftmaxLayer.Diagonal(SoftmaxLayer.TrainedJacobian(Soft.Z));
        findings.Given("z", Soft.Z);
        for (int j = 0; j < a.Length; j++)
        {
            findings.Refuted($"−e^{{z_j}}e^{{z_k}}/Σ² at j = k = {j + 1}", -a[j] * a[j], figures[j], right[j]);
        }

        double[,] jacobian = ActivationMath.SoftmaxJacobian(Soft.Z, 1);
        double worst = 0;
        for (int j = 0; j < a.Length; j++)
        {
            for (int k = 0; k < a.Length; k++)
            {
                worst = Math.Max(worst, Math.Abs(jacobian[j, k] - (j == k ? right[j] : -a[j] * a[k])));
            }
        }

        findings.AtMost("largest deviation of the two cases from the library's Jacobian", worst, 1e-15);
        findings.AtLeast("smallest diagonal entry", right.Min(), double.Epsilon);
    }

    private static void RelativeGrowth(Findings findings)
    {
        double[] before = SoftmaxLayer.Outputs(Soft.Z), raised = [1, 2, 3.1], after = SoftmaxLayer.Outputs(raised);
        double sum = Math.Exp(SoftmaxLayer.LogSumExp(raised) - SoftmaxLayer.LogSumExp(Soft.Z));
        double numerator = after[2] / before[2] * sum;
        findings.Given("z", Soft.Z);
        findings.Given("z_3 is raised by", 0.1);
        findings.Equal("growth factor of the numerator", numerator, 1.105170918075648);
        findings.Equal("growth factor of the sum", sum, 1.06996400206036);
        findings.Equal("1 + a_3(e^0.1 − 1)", 1 + (before[2] * (Math.Exp(0.1) - 1)), 1.06996400206036);
        findings.Equal("∂ ln Σ/∂z_j by central differences, equal to a_j", SoftmaxLayer.Row(NumericJacobian.Of(z => [SoftmaxLayer.LogSumExp(z)], Soft.Z), 0), before, 1e-9);
        findings.Holds("the numerator grows by a larger factor than the sum, and a_3 increases", numerator > sum && after[2] > before[2]);
    }
}
