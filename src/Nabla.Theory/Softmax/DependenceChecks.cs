using Nabla.Diagnosis;
using Nabla.Network.Activations;
using Nabla.Theory.Recipes;

namespace Nabla.Theory.Softmax;

/// <summary>The full Jacobian: every output depends on every weighted input. Also the inversion of softmax.</summary>
internal static class DependenceChecks
{
    public static IReadOnlyList<Check> Checks { get; } =
    [
        new()
        {
            Id = "T40",
            Title = "The printed Jacobian",
            Status = ClaimStatus.Wrong,
            Sources = ["Softmax sheet, (5)–(7), (16)"],
            Claim = "The Jacobian has ∂S_1/∂z_1 at the end of its first row, ∂S_2/∂z_2 at the start of its second, and −S_C·S_1 as the second entry of its last row.",
            Correction = "J_ij = S_i(δ_ij − S_j): entry (1, C) is ∂S_1/∂z_C, entry (2, 1) is ∂S_2/∂z_1, entry (C, 2) is −S_C·S_2.",
            Formula = @"J = \operatorname{diag}(S) - S S^{\mathsf T},\qquad J_{ij} = S_i(\delta_{ij}-S_j)",
            Derivation = """
                T36 and T37 give all entries: $S_i(1-S_i)$ on the diagonal and $-S_iS_j$ elsewhere. In matrix form,
                $J=\operatorname{diag}(S)-SS^{\mathsf T}$.

                Three properties allow a quick test of a printed Jacobian. It is symmetric. Its rows and columns sum to
                0: the outputs always sum to 1 (columns), and adding the same number to all inputs changes nothing
                (rows). And it is positive semidefinite of rank $K-1$, since
                $v^{\mathsf T}Jv = \sum_i S_iv_i^2 - (\sum_i S_iv_i)^2$ is the variance of the numbers $v_i$ under the
                distribution $S$. The printed last row does not sum to 0, so it is wrong for all inputs.
                """,
            Run = FullJacobian,
        },
        new()
        {
            Id = "T41",
            Title = "Non-locality",
            Status = ClaimStatus.Imprecise,
            Sources = ["Book exercises II, 8"],
            Claim = "Each softmax output depends on all weighted inputs, because the denominator sums all activations.",
            Correction =
                "The denominator is the sum of the exponentials of all weighted inputs. The conclusion is right.",
            Formula = @"a_j = \frac{e^{z_j}}{\sum_k e^{z_k}}: \quad \text{every } z_k \text{ stands in every } a_j",
            Derivation = """
                The terms of the denominator are $e^{z_k}$, not the activations. The activations sum to 1, and a
                division by 1 would not link the outputs.

                All outputs share the same denominator, and it contains every $z_k$. So a change of a single weighted
                input changes all outputs. In a sigmoid layer the other units keep their activations to the last bit.
                """,
            Run = NonLocality,
        },
        new()
        {
            Id = "T42",
            Title = "∂a_j/∂z_k is never zero",
            Status = ClaimStatus.Correct,
            Sources = ["Book exercises II, 8 correction"],
            Claim = "∂a_j/∂z_k is never 0, so every output reacts to every weighted input.",
            Formula = @"\left|\frac{\partial a_j}{\partial z_k}\right| = a_j\,|\delta_{jk}-a_k| > 0 \quad (K\ge2)",
            Derivation = """
                Exponentials are positive. So with two or more units every $a_j$ lies strictly between 0 and 1, and
                neither $a_j(1-a_j)$ nor $-a_ja_k$ can vanish.

                This holds for real numbers. In floating point, $e^{-800}$ is below the smallest double, so $z=(0,800)$
                gives exactly $a_1=0$, and the derivative is 0 as well.
                """,
            Run = NeverZero,
        },
        new()
        {
            Id = "T43",
            Title = "Inverting softmax",
            Status = ClaimStatus.Correct,
            Sources = ["Book exercises I, §4.3", "Book exercises II, 9 statement"],
            Claim = "z_j = ln a_j + C with the same C = ln Σ_k e^{z_k} for all j.",
            Formula = @"\ln a_j = z_j - C,\qquad C = \ln\sum_k e^{z_k}",
            Derivation = """
                Take the logarithm of $a_j=e^{z_j}/\sum_ke^{z_k}$. The second term is the same for all $j$.

                So the outputs determine the weighted inputs up to one common number. More cannot be known: replacing
                every $z_j$ by $z_j+s$ multiplies numerator and denominator by $e^s$ and does not change $a$. This also
                makes the computation safe: if we first subtract the largest $z$, no exponential overflows.
                """,
            Run = Inversion,
        },
        new()
        {
            Id = "T44",
            Title = "What the constant is",
            Status = ClaimStatus.Wrong,
            Sources = ["Book exercises II, 9"],
            Claim = "ln a_j = z_j − z_k, and the constant C is z_k, all weighted sums added together.",
            Correction = "C = ln Σ_k e^{z_k}: the logarithm is taken of the sum of the exponentials.",
            Formula = @"C = \ln\sum_k e^{z_k} \;\ne\; \sum_k z_k",
            Derivation = """
                The published line moves the logarithm inside the sum: $\ln\sum_ke^{z_k}$ becomes
                $\sum_k\ln e^{z_k}=\sum_kz_k$. But the logarithm of a sum is not the sum of the logarithms.

                The true constant is close to the largest $z$: $\max z \le C \le \max z+\ln K$. For $z=(1,2,3)$ it is
                3.41, while the sum is 6. Inputs recovered with 6 would all be too large by 2.59.
                """,
            Run = Constant,
        },
    ];

    private static void FullJacobian(Findings findings)
    {
        double[,] expected =
        {
            { 0.0819250690649932, -0.0220330445201743, -0.0598920245448189 },
            { -0.0220330445201743, 0.184836446509979, -0.162803401989804 },
            { -0.0598920245448189, -0.162803401989804, 0.222695426534623 },
        };
        double[,] j = ActivationMath.SoftmaxJacobian(Soft.Z, 1);
        double[] a = SoftmaxLayer.Outputs(Soft.Z);
        findings.Given("z", Soft.Z);
        findings.Equal("J", j, expected);
        findings.Equal("J in the training code", SoftmaxLayer.TrainedJacobian(Soft.Z), expected);
        findings.Equal("J by central differences", SoftmaxLayer.Differences(Soft.Z), expected, 1e-9);
        findings.Equal("row sums", [.. Enumerable.Range(0, 3).Select(i => SoftmaxLayer.Row(j, i).Sum())], [0, 0, 0], 1e-15);
        findings.Equal("column sums", [.. Enumerable.Range(0, 3).Select(i => j[0, i] + j[1, i] + j[2, i])], [0, 0, 0], 1e-15);
        findings.Refuted("sum of the printed last row", (-a[2] * a[0]) + (-a[2] * a[0]) + (a[2] * (1 - a[2])), 0.102911377444985, SoftmaxLayer.Row(j, 2).Sum());
        findings.Refuted("printed (C, 2): −S_C·S_1", -a[2] * a[0], -0.0598920245448189, j[2, 1]);
        findings.Refuted("printed (1, C): ∂S_1/∂z_1", j[0, 0], 0.0819250690649932, j[0, 2]);
        findings.Refuted("printed (2, 1): ∂S_2/∂z_2", j[1, 1], 0.184836446509979, j[1, 0]);
        double[] eigenvalues = Eigenvalues(j);
        findings.Equal("eigenvalues", eigenvalues, [0, 0.118553300125137, 0.370903641984458]);

        // Under the log-likelihood cost δ = a − y, so J is the Hessian in the biases. With input 0 the weights do not
        // contribute.
        double curvature = Curvature.Largest(Soft.Network().Options, Soft.Network().Parameters, [0, 0, 0], Soft.Target(3));
        findings.Equal("largest curvature of the log-likelihood cost in the biases", curvature, 0.370903641984458, 1e-7);
    }

    private static void NonLocality(Findings findings)
    {
        double[] raised = [1.1, 2, 3];
        double[] soft = SoftmaxLayer.TrainedOutputs(Soft.Z), softRaised = SoftmaxLayer.TrainedOutputs(raised);
        double[] sigmoid = Sigmoid(Soft.Z), sigmoidRaised = Sigmoid(raised);
        findings.Given("z", Soft.Z);
        findings.Given("z_1 is raised by", 0.1);
        findings.Reported("softmax before", soft);
        findings.Reported("softmax after", softRaised);
        findings.Holds("all three softmax outputs change", Enumerable.Range(0, 3).All(j => soft[j] != softRaised[j]));
        findings.Holds("only the first sigmoid output changes; the others are the same to the last bit", sigmoid[0] != sigmoidRaised[0] && sigmoid[1] == sigmoidRaised[1] && sigmoid[2] == sigmoidRaised[2]);
        findings.Equal("the denominator, Σ e^{z_k}", Math.Exp(SoftmaxLayer.LogSumExp(Soft.Z)), 30.19287485057736);
        findings.Refuted("the denominator as the sum of the activations", soft.Sum(), 1, Math.Exp(SoftmaxLayer.LogSumExp(Soft.Z)));

        static double[] Sigmoid(double[] z) => Networks.FromWeightedInputs(z, Activation.Sigmoid, Cost.CrossEntropy).Trace([1], new double[z.Length]).Outputs();
    }

    private static void NeverZero(Findings findings)
    {
        foreach (double[] z in new double[][] { Soft.Z, [0, 0], [-5, 0, 1], [0, 30], [-20, 4, 0, 7] })
        {
            double smallest = Math.Min(
                SoftmaxLayer.TrainedJacobian(z).Cast<double>().Min(Math.Abs),
                ActivationMath.SoftmaxJacobian(z, 1).Cast<double>().Min(Math.Abs));
            findings.AtLeast($"smallest |∂a_j/∂z_k| at z = {Findings.Text(z)}", smallest, double.Epsilon);
        }

        findings.Exactly("a_1 at z = (0, 800), in double", SoftmaxLayer.TrainedOutputs([0, 800])[0], 0);
        findings.Exactly("∂a_1/∂z_2 at z = (0, 800), in double", ActivationMath.SoftmaxJacobian([0, 800], 1)[0, 1], 0);
    }

    private static void Inversion(Findings findings)
    {
        double c = SoftmaxLayer.LogSumExp(Soft.Z);
        double[] shifted = [1001, 1002, 1003];
        findings.Given("z", Soft.Z);
        findings.Equal("C = ln Σ e^{z_k}", c, 3.40760596444438);
        findings.Equal("C from the cost of class 3: −ln a_3 + z_3", SoftmaxLayer.Pass(Soft.Z, Soft.Target(3)).Cost + 3, 3.40760596444438);
        findings.Equal("ln a_j + C", [.. SoftmaxLayer.TrainedOutputs(Soft.Z).Select(a => Math.Log(a) + c)], Soft.Z, 1e-14);
        findings.Equal("softmax(1001, 1002, 1003)", SoftmaxLayer.TrainedOutputs(shifted), SoftmaxLayer.TrainedOutputs(Soft.Z), 1e-15);
        findings.Equal("ln Σ e^{z_k} of (1001, 1002, 1003)", SoftmaxLayer.LogSumExp(shifted), 1003.40760596444438);
    }

    private static void Constant(Findings findings)
    {
        double c = SoftmaxLayer.LogSumExp(Soft.Z);
        double[] a = SoftmaxLayer.TrainedOutputs(Soft.Z), figures = [3.59239403555562, 4.59239403555562, 5.59239403555562];
        findings.Given("z", Soft.Z);
        findings.Refuted("C as the sum of the weighted inputs", Soft.Z.Sum(), 6, c);
        for (int j = 0; j < a.Length; j++)
        {
            findings.Refuted($"z_{j + 1} recovered with it: ln a_{j + 1} + 6", Math.Log(a[j]) + Soft.Z.Sum(), figures[j], Soft.Z[j]);
        }

        findings.Equal("C = ln Σ e^{z_k}", c, 3.40760596444438);
        findings.Holds("max z ≤ C ≤ max z + ln K", c >= 3 && c <= 3 + Math.Log(3));
    }

    /// <summary>
    /// The eigenvalues of a symmetric singular 3×3 matrix: 0 and the roots of λ² − tr·λ + (sum of the principal
    /// minors).
    /// </summary>
    private static double[] Eigenvalues(double[,] m)
    {
        double trace = m[0, 0] + m[1, 1] + m[2, 2];
        double minor12 = (m[0, 0] * m[1, 1]) - (m[0, 1] * m[1, 0]), minor13 = (m[0, 0] * m[2, 2]) - (m[0, 2] * m[2, 0]), minor23 = (m[1, 1] * m[2, 2]) - (m[1, 2] * m[2, 1]);
        double determinant = (m[0, 0] * minor23) - (m[0, 1] * ((m[1, 0] * m[2, 2]) - (m[1, 2] * m[2, 0]))) + (m[0, 2] * ((m[1, 0] * m[2, 1]) - (m[1, 1] * m[2, 0])));
        double root = Math.Sqrt((trace * trace) - (4 * (minor12 + minor13 + minor23)));
        return [determinant / (minor12 + minor13 + minor23), (trace - root) / 2, (trace + root) / 2];
    }
}
