using Nabla.Network.Activations;
using Nabla.Network.Costs;
using Nabla.Network.Study;
using Nabla.Theory.Recipes;

namespace Nabla.Theory.Softmax;

/// <summary>The output error: the derivative of −ln a_y times the Jacobian.</summary>
internal static class OutputErrorChecks
{
    public static IReadOnlyList<Check> Checks { get; } =
    [
        new()
        {
            Id = "T45",
            Title = "Gradient of −ln a_y in a",
            Status = ClaimStatus.Correct,
            Sources = ["Softmax sheet, (1)–(3)"],
            Claim = "∂ℓ/∂a = [0, …, −1/a_y, …, 0].",
            Formula = @"\ell = -\ln a_y,\qquad \frac{\partial \ell}{\partial a_k} = -\frac{1}{a_y}\,\mathbf 1\{k=y\}",
            Derivation = """
                The loss depends on one output only, that of the right class. All other partial derivatives in $a$ are
                0.

                The other units learn nonetheless: through softmax $a_y$ depends on all weighted inputs, and the next
                step (T46) gives each unit its share.
                """,
            Run = InActivations,
        },
        new()
        {
            Id = "T46",
            Title = "Chain through the Jacobian",
            Status = ClaimStatus.Correct,
            Sources = ["Softmax sheet, (4), (17)–(19)"],
            Claim = "∂ℓ/∂z = ∂ℓ/∂a·J = [S_y·S_1/a_y, …, S_y(S_y−1)/a_y, …].",
            Formula = @"\frac{\partial \ell}{\partial z} = \frac{\partial \ell}{\partial a}\,J = -\frac{1}{a_y}\,J_{y\cdot}",
            Derivation = """
                A row vector with one non-zero entry picks one row of the Jacobian: row $y$, times $-1/a_y$. Row $y$ is
                $S_y(\delta_{yj}-S_j)$, so the entries are $S_yS_j/a_y$ for $j\ne y$ and $S_y(S_y-1)/a_y$ at $j=y$.

                In training the library never forms the Jacobian: it computes the simplified $a-y$ from $z$. Both ways
                must agree, and this check compares them.
                """,
            Run = ThroughJacobian,
        },
        new()
        {
            Id = "T47",
            Title = "Simplification to S−e_y",
            Status = ClaimStatus.Imprecise,
            Sources = ["Softmax sheet, (20) and footnote"],
            Claim = "The row simplifies to [S_1, …, S_y−1, …, S_C], because a_i = S_i^{−1}.",
            Correction = "a_i = S_i (the −1 is a stray footnote mark). The result is right.",
            Formula = @"\frac{\partial \ell}{\partial z} = S - e_y",
            Derivation = """
                $a$ and $S$ are two names for the same vector, so $S_y/a_y=1$, and the row of T46 becomes $S_j$ for
                $j\ne y$ and $S_y-1$ at $j=y$.

                With $a_i=S_i^{-1}$ nothing would cancel: the row would keep a factor $S_y^2$. The result sums to 0, as
                it must, because adding the same number to all weighted inputs does not change the loss.
                """,
            Run = Simplification,
        },
        new()
        {
            Id = "T48",
            Title = "Log-likelihood gradients, first derivation",
            Status = ClaimStatus.Wrong,
            Sources = ["Book exercises I, §4.4"],
            Claim =
                "∂C/∂w_jk = −(∂C/∂a_j)(∂a_j/∂z_j)(∂z_j/∂w_jk), derived only for j = y and extended to all j by y_j " +
                "= 1.",
            Correction =
                "There is no leading minus, and there are two cases: δ_j = (∂C/∂a_y)(∂a_y/∂z_j) is a_y−1 for j = y " +
                "and a_j for j ≠ y, together a_j−y_j.",
            Formula = @"\delta_j = \frac{\partial C}{\partial a_y}\frac{\partial a_y}{\partial z_j} = a_j - y_j,\qquad \frac{\partial C}{\partial w_{jk}} = a_k\,\delta_j",
            Derivation = """
                The cost already contains its minus sign: $\partial C/\partial a_y=-1/a_y$. A second minus in front of
                the chain reverses the gradient, and a descent step would raise the cost.

                The chain must run through $a_y$, the one output on which the cost depends, not through $a_j$. For $j=y$
                it gives $(-1/a_y)\,a_y(1-a_y)=a_y-1$; for $j\ne y$, $(-1/a_y)(-a_ya_j)=a_j$. Only the two cases
                together give $a_j-y_j$. Extending the first case to all $j$ by "$y_j=1$" would mean that every class is
                the right one. (Also, the $k$ of a sum over outputs is not the $k$ of $w_{jk}$.)
                """,
            Run = FirstDerivation,
        },
        new()
        {
            Id = "T49",
            Title = "Which sum collapses",
            Status = ClaimStatus.Imprecise,
            Sources = ["Homework, 2.2 (1)"],
            Claim = "In ∂C/∂b_j = Σ_k (∂C/∂z_k)(∂z_k/∂b_j) no single term may be picked.",
            Correction =
                "In z it may: ∂z_k/∂b_j = 0 for k ≠ j. Only the step from a to z is non-local, and there the sum " +
                "over k has the single term k = y.",
            Formula = @"\frac{\partial C}{\partial b_j} = \sum_k \frac{\partial C}{\partial z_k}\,\delta_{jk} = \delta_j,\qquad \delta_j = \sum_k \frac{\partial C}{\partial a_k}\frac{\partial a_k}{\partial z_j} = \frac{\partial C}{\partial a_y}\frac{\partial a_y}{\partial z_j}",
            Derivation = """
                There are two sums. In any output layer, a bias $b_j$ occurs in $z_j$ and in no other weighted input. So
                the sum over $z$ collapses to $k=j$.

                With softmax the step from $z$ to $a$ is non-local: $b_j$ changes every output. The sum for this step
                contains $\partial C/\partial a_k$. It collapses as well, but for another reason: $-\ln a_y$ depends
                only on $a_y$.
                """,
            Run = CollapsingSum,
        },
    ];

    private static void InActivations(Findings findings)
    {
        Trace pass = SoftmaxLayer.Pass(Soft.Z, Soft.Target(3));
        findings.Given("z", Soft.Z);
        findings.Given("y", 3);
        findings.Equal("∂ℓ/∂a", CostInActivations(3), [0, 0, -1.50321472440806]);
        findings.Equal("ℓ of the training code", pass.Cost, 0.40760596444438);
        findings.Equal("ℓ by its definition", CostMath.Value(Cost.LogLikelihood, pass.Outputs(), Soft.Target(3)), 0.40760596444438);
        double[,] differences = NumericJacobian.Of(a => [CostMath.Value(Cost.LogLikelihood, a, Soft.Target(3))], pass.Outputs());
        findings.Equal("∂ℓ/∂a by central differences", SoftmaxLayer.Row(differences, 0), [0, 0, -1.50321472440806], 1e-7);
    }

    private static void ThroughJacobian(Findings findings)
    {
        findings.Given("z", Soft.Z);
        Compare(1, [-0.90996942682962, 0.244728471054798, 0.665240955774822]);
        Compare(3, [0.0900305731703805, 0.244728471054798, -0.334759044225178]);

        void Compare(int y, double[] expected)
        {
            double[] trained = SoftmaxLayer.Pass(Soft.Z, Soft.Target(y)).Deltas(0);
            findings.Equal($"∂ℓ/∂a·J, y = {y}", Chained(y), expected);
            findings.Equal($"δ of the training code, y = {y}", trained, expected);
            findings.Equal($"∂ℓ/∂a·J compared with δ, y = {y}", Chained(y), trained, 1e-14);
        }
    }

    private static void Simplification(Findings findings)
    {
        double[] figures = [0.0398426276514844, 0.10830349074309, -0.148146118394574];
        double[] s = SoftmaxLayer.Outputs(Soft.Z), right = SoftmaxLayer.Pass(Soft.Z, Soft.Target(3)).Deltas(0), row = SoftmaxLayer.Row(ActivationMath.SoftmaxJacobian(Soft.Z, 1), 2);
        findings.Given("z", Soft.Z);
        findings.Given("y", 3);
        for (int j = 0; j < s.Length; j++)
        {
            // With a = 1/S the factor −1/a_y becomes −S_y.
            findings.Refuted($"∂ℓ/∂z_{j + 1} with a_i = 1/S_i", -s[2] * row[j], figures[j], right[j]);
        }

        findings.Equal("S − e_y", [s[0], s[1], s[2] - 1], right);
        findings.Equal("δ of the training code", right, [0.0900305731703805, 0.244728471054798, -0.334759044225178]);
        findings.Equal("sum of δ", right.Sum(), 0, 1e-15);
    }

    private static void FirstDerivation(Findings findings)
    {
        double[,] j = ActivationMath.SoftmaxJacobian(Soft.Z, 1);
        double[] inActivations = CostInActivations(3), a = SoftmaxLayer.Outputs(Soft.Z), right = SoftmaxLayer.Pass(Soft.Z, Soft.Target(3)).Deltas(0);
        findings.Given("z", Soft.Z);
        findings.Given("y", 3);
        findings.Refuted("−(∂C/∂a_j)(∂a_j/∂z_j) at j = y", -inActivations[2] * j[2, 2], 0.334759044225178, right[2]);
        findings.Refuted("the case j = y extended to j = 1: (−1)(1−a_j)", -(1 - a[0]), -0.90996942682962, right[0]);
        findings.Equal("(∂C/∂a_y)(∂a_y/∂z_j)", [inActivations[2] * j[2, 0], inActivations[2] * j[2, 1], inActivations[2] * j[2, 2]], right, 1e-14);
        findings.Equal("δ of the training code, equal to a − y", right, [a[0], a[1], a[2] - 1]);

        double before = CostAfter(0), downhill = CostAfter(-0.1), uphill = CostAfter(0.1);
        findings.Holds("a step along −δ lowers the cost, and a step along δ (the published sign) raises it", downhill < before && before < uphill);

        double CostAfter(double step) => SoftmaxLayer.Pass([.. Soft.Z.Zip(right, (z, delta) => z + (step * delta))], Soft.Target(3)).Cost;
    }

    private static void CollapsingSum(Findings findings)
    {
        GivenNetwork network = Mazur.Network(Cost.LogLikelihood, output: Activation.Softmax);
        double[] target = [0, 1];
        Trace before = network.Trace(Mazur.Input, target);
        Trace after = network.With(parameters => parameters.SetBias(1, 0, parameters.GetBias(1, 0) + 0.1)).Trace(Mazur.Input, target);
        findings.Given("network", "the 2-2-2 example with a softmax output, y = 2");
        findings.Given("b_o1 is raised by", 0.1);
        findings.Exactly("change of z_2", after.WeightedInputs(1)[1] - before.WeightedInputs(1)[1], 0);
        findings.AtMost("change of a_2", after.Outputs()[1] - before.Outputs()[1], -1e-3);
        double[,] byBiases = NumericJacobian.Of(b => network.With(parameters => SetBiases(parameters, b)).Trace(Mazur.Input, target).WeightedInputs(1), [0.6, 0.6]);
        findings.Equal("∂z_k/∂b_j by central differences", byBiases, new double[,] { { 1, 0 }, { 0, 1 } }, 1e-9);
        findings.Refuted("no single term may be picked from the sum over z", "∂C/∂b_j = ∂C/∂z_j to the last bit", before.BiasGradient(1).SequenceEqual(before.Deltas(1)));
        double[] inActivations = new double[2];
        CostMath.Derivative(Cost.LogLikelihood, before.Outputs(), target, inActivations);
        findings.Exactly("∂C/∂a_k for k ≠ y", inActivations[0], 0);
        double[] row = SoftmaxLayer.Row(ActivationMath.SoftmaxJacobian(before.WeightedInputs(1), 1), 1);
        findings.Equal("the single term of the sum over a: (∂C/∂a_y)(∂a_y/∂z_j)", [inActivations[1] * row[0], inActivations[1] * row[1]], before.Deltas(1));
    }

    private static void SetBiases(Parameters parameters, double[] biases)
    {
        parameters.SetBias(1, 0, biases[0]);
        parameters.SetBias(1, 1, biases[1]);
    }

    /// <summary>∂ℓ/∂a for softmax at z = (1, 2, 3) and class y, 1-based.</summary>
    private static double[] CostInActivations(int y)
    {
        double[] derivative = new double[3];
        CostMath.Derivative(Cost.LogLikelihood, SoftmaxLayer.Outputs(Soft.Z), Soft.Target(y), derivative);
        return derivative;
    }

    /// <summary>The plain product ∂ℓ/∂a·J.</summary>
    private static double[] Chained(int y)
    {
        double[] inActivations = CostInActivations(y);
        double[,] j = ActivationMath.SoftmaxJacobian(Soft.Z, 1);
        return [.. Enumerable.Range(0, 3).Select(column => Enumerable.Range(0, 3).Sum(row => inActivations[row] * j[row, column]))];
    }
}
