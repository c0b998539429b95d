using Nabla.Network.Activations;
using Nabla.Network.Study;
using Nabla.Theory.Recipes;

namespace Nabla.Theory.Softmax;

/// <summary>
/// Weight and bias gradients of softmax with log-likelihood: two more published derivations and the outer product.
/// </summary>
internal static class LogLikelihoodGradientChecks
{
    private static readonly double[,] WeightGradient =
    {
        { 0.0450152865851902, -0.0900305731703805, 0.180061146340761 },
        { 0.122364235527399, -0.244728471054798, 0.489456942109595 },
        { -0.167379522112589, 0.334759044225178, -0.669518088450356 },
    };

    private static readonly double[] OutputError = [0.0900305731703805, 0.244728471054798, -0.334759044225178];

    public static IReadOnlyList<Check> Checks { get; } =
    [
        new()
        {
            Id = "T50",
            Title = "Log-likelihood δ, second derivation",
            Status = ClaimStatus.Wrong,
            Sources = ["Homework, 2.2 (2)–(3)"],
            Claim = "δ_j = −(1/a_y)·a_j(1−a_j) = a_y−y_j.",
            Correction = "δ_j = −(1/a_y)·a_y(1{j=y}−a_j) = a_j−y_j.",
            Formula = @"\delta_j = -\frac{1}{a_y}\,a_y\,(\mathbf 1\{j=y\}-a_j) = a_j-y_j",
            Derivation = """
                We need the derivative of $a_y$ with respect to $z_j$:
                $\partial a_y/\partial z_j=a_y(\mathbf 1\{j=y\}-a_j)$. The document writes the derivative of $a_j$ with
                respect to its own input, $a_j(1-a_j)$, which is a different entry of the Jacobian unless $j=y$.

                Nor does the second line follow from the first. Both are right at $j=y$, where $a_y-y_j=a_j-y_j$.
                """,
            Run = SecondDerivation,
        },
        new()
        {
            Id = "T51",
            Title = "Weights in the second derivation",
            Status = ClaimStatus.Wrong,
            Sources = ["Homework, 2.2 (4)–(7)"],
            Claim = "z_j is written with w_ij, ((w^{l+1})ᵀδ^{l+1}) is set equal to a_k, and ∂C/∂w_jk = a_k(a_j−y_j).",
            Correction = "z_j = Σ_i w_ji·a_i, and it is ∂z_j/∂w_jk that equals a_k. The last formula is right.",
            Formula = @"z_j = \sum_i w_{ji}\,a_i + b_j,\qquad \frac{\partial z_j}{\partial w_{jk}} = a_k,\qquad \frac{\partial C}{\partial w_{jk}} = a_k(a_j-y_j)",
            Derivation = """
                The first index of a weight is the unit to which it leads, the second the unit from which it comes. With
                the indices swapped, $z_1$ would be computed from the weights that leave unit 1 instead of those that
                enter it.

                $(w^{l+1})^{\mathsf T}\delta^{l+1}$ is the error that is passed to the layer below. It does not occur in
                the gradient of the output weights, and it is not $a_k$. In the example all weights are 0, so it is 0,
                while the inputs are not. The derivative of $z_j$ with respect to its weight $w_{jk}$ is $a_k$, and with
                this the last line, $a_k\,\delta_j$, is right.
                """,
            Run = Weights,
        },
        new()
        {
            Id = "T52",
            Title = "Log-likelihood, third derivation",
            Status = ClaimStatus.Wrong,
            Sources = ["Book exercises II, 10"],
            Claim = "∂C/∂b_j = −(1/a_y)·σ′(z) = −(1/a_y)·a_y(y−a_y) = a_y−y for every j.",
            Correction =
                "σ′ is not the derivative of softmax, and the result must contain the index j: a_j−y_j, and " +
                "a_k(a_j−y_j) for the weights.",
            Formula = @"\frac{\partial C}{\partial b_j} = a_j-y_j",
            Derivation = """
                Softmax has no single $\sigma'$; its derivative is a Jacobian. The entry $(y,y)$, $a_y(1-a_y)$, looks
                like $\sigma'$, so the line is right for $j=y$.

                For all other units the published result is the same negative number, $a_y-1$. All biases would rise at
                the same rate, those of the wrong classes as fast as that of the right one. Since softmax depends only
                on differences, nothing would be learned at all.
                """,
            Run = ThirdDerivation,
        },
        new()
        {
            Id = "T53",
            Title = "Weight gradient as outer product",
            Status = ClaimStatus.Correct,
            Sources = ["Softmax sheet, (21)", "Book exercises II, 10, (82)", "Homework, 2.2 (7)"],
            Claim = "∂ℓ/∂W = (x·∂ℓ/∂z)ᵀ = δxᵀ, with the shape C×D of W.",
            Formula = @"\frac{\partial \ell}{\partial W} = \delta\,x^{\mathsf T} \in \mathbb R^{C\times D}",
            Derivation = """
                $w_{jk}$ influences the loss only through $z_j$, with the factor $x_k$:
                $\partial\ell/\partial w_{jk}=\delta_jx_k$. For all $j$ and $k$ at once this is the column $\delta$
                times the row $x^{\mathsf T}$.

                The document's $x\cdot\partial\ell/\partial z$, also a column times a row, is its transpose. An outer
                product has rank 1: one sample changes the weights of all units along the same input direction, each
                unit by its own $\delta_j$.
                """,
            Run = OuterProduct,
        },
        new()
        {
            Id = "T54",
            Title = "Bias gradient",
            Status = ClaimStatus.Correct,
            Sources = ["Softmax sheet, (22) and remark on orientation", "Book exercises II, 10, (81)", "Book exercises I, §4.4"],
            Claim = "∂z/∂b = I, so ∂ℓ/∂b = ∂ℓ/∂z. Row or column is only a matter of orientation.",
            Formula = @"\frac{\partial z}{\partial b} = I,\qquad \frac{\partial \ell}{\partial b} = \frac{\partial \ell}{\partial z} = \delta",
            Derivation = """
                A bias is a weight whose input is always 1. With $x_k=1$, $\delta_jx_k$ becomes $\delta_j$.
                """,
            Run = Biases,
        },
    ];

    private static void SecondDerivation(Findings findings)
    {
        double[] a = SoftmaxLayer.Outputs(Soft.Z), right = SoftmaxLayer.Pass(Soft.Z, Soft.Target(3)).Deltas(0);
        findings.Given("z", Soft.Z);
        findings.Given("y", 3);
        findings.Refuted("(2) −(1/a_y)·a_j(1−a_j) at j = 1", -1 / a[2] * a[0] * (1 - a[0]), -0.123150970116645, right[0]);
        findings.Refuted("(3) a_y − y_j at j = 1", a[2] - 0, 0.665240955774822, right[0]);
        findings.Equal("(2) and (3) at j = y", [-1 / a[2] * a[2] * (1 - a[2]), a[2] - 1], [right[2], right[2]]);
        findings.Equal("δ of the training code", right, OutputError);
        double[,] j = ActivationMath.SoftmaxJacobian(Soft.Z, 1);
        findings.Equal("−(1/a_y)·∂a_y/∂z_j", [-1 / a[2] * j[2, 0], -1 / a[2] * j[2, 1], -1 / a[2] * j[2, 2]], right);
    }

    private static void Weights(Findings findings)
    {
        GivenNetwork network = Soft.Network();
        Trace pass = network.Trace(Soft.Input, Soft.Target(3));
        findings.Given("x", Soft.Input);
        findings.Given("weights, biases, y", "0, (1, 2, 3), 3");
        GivenNetwork example = Mazur.Network(Cost.CrossEntropy);
        Trace mazur = example.Trace(Mazur.Input, Mazur.Target);
        double[] h = mazur.Activations(0);
        double swapped = (example.Parameters.GetWeight(1, 0, 0) * h[0]) + (example.Parameters.GetWeight(1, 1, 0) * h[1]) + example.Parameters.GetBias(1, 0);
        findings.Refuted("(4) z_1 = Σ_i w_i1·a_i + b_1 in the 2-2-2 example", swapped, 1.13575018597276, mazur.WeightedInputs(1)[0]);
        for (int k = 0; k < 3; k++)
        {
            findings.Refuted($"(6) the error passed back, (Wᵀδ)_{k + 1}, as a_{k + 1}", Soft.Input[k], Soft.Input[k], pass.InputGradient()[k]);
        }

        double[,] byWeights = NumericJacobian.Of(w => network.With(parameters => SetWeights(parameters, w)).Trace(Soft.Input, Soft.Target(3)).WeightedInputs(0), [0, 0, 0]);
        findings.Equal("∂z_1/∂w_1k by central differences, equal to a_k", SoftmaxLayer.Row(byWeights, 0), Soft.Input, 1e-9);
        findings.Equal("(7) ∂C/∂w_jk = a_k(a_j−y_j)", pass.WeightGradient(0), WeightGradient);

        static void SetWeights(Parameters parameters, double[] weights)
        {
            for (int k = 0; k < weights.Length; k++)
            {
                parameters.SetWeight(0, 0, k, weights[k]);
            }
        }
    }

    private static void ThirdDerivation(Findings findings)
    {
        Trace pass = Soft.Network().Trace(Soft.Input, Soft.Target(3));
        double[] a = pass.Outputs(), right = pass.BiasGradient(0);
        double published = -1 / a[2] * a[2] * (1 - a[2]);
        findings.Given("z", Soft.Z);
        findings.Given("y", 3);
        findings.Refuted("−(1/a_y)·a_y(y−a_y) at j = 1", published, -0.334759044225178, right[0]);
        findings.Refuted("−(1/a_y)·a_y(y−a_y) at j = 2", published, -0.334759044225178, right[1]);
        findings.Equal("−(1/a_y)·a_y(y−a_y) at j = y", published, right[2]);
        findings.Equal("∂C/∂b", right, OutputError);
        findings.Equal("∂C/∂W", pass.WeightGradient(0), WeightGradient);
        double[] shifted = SoftmaxLayer.TrainedOutputs([.. Soft.Z.Select(z => z - published)]);
        findings.Equal("outputs after a descent step with η = 1 along the published gradient: unchanged", shifted, a);
    }

    private static void OuterProduct(Findings findings)
    {
        Trace pass = Soft.Network().Trace(Soft.Input, Soft.Target(3));
        double[,] gradient = pass.WeightGradient(0), product = new double[3, 3];
        double[] delta = pass.Deltas(0);
        for (int j = 0; j < 3; j++)
        {
            for (int k = 0; k < 3; k++)
            {
                product[j, k] = delta[j] * Soft.Input[k];
            }
        }

        findings.Given("x", Soft.Input);
        findings.Given("δ", delta);
        findings.Equal("∂ℓ/∂W", gradient, WeightGradient);
        findings.Equal("δxᵀ", product, gradient);
        Trace wide = Networks.FromWeightedInputs([1, 2], Activation.Softmax, Cost.LogLikelihood, inputs: 5).Trace([1, 2, 3, 4, 5], [1, 0]);
        findings.Equal("shape of ∂ℓ/∂W for 2 units with 5 inputs", [wide.WeightGradient(0).GetLength(0), wide.WeightGradient(0).GetLength(1)], [2, 5]);
    }

    private static void Biases(Findings findings)
    {
        GivenNetwork network = Soft.Network();
        Trace pass = network.Trace(Soft.Input, Soft.Target(3));
        findings.Given("x", Soft.Input);
        findings.Given("y", 3);
        double[,] byBiases = NumericJacobian.Of(b => SoftmaxLayer.Pass(b, Soft.Target(3)).WeightedInputs(0), Soft.Z);
        findings.Equal("∂z/∂b by central differences", byBiases, new double[,] { { 1, 0, 0 }, { 0, 1, 0 }, { 0, 0, 1 } }, 1e-9);
        findings.Equal("∂ℓ/∂b", pass.BiasGradient(0), OutputError);
        findings.Equal("∂ℓ/∂z", pass.Deltas(0), pass.BiasGradient(0));
        findings.AtMost("largest relative deviation of all gradients from central differences", GradientCheck.Run(network.Options, network.Parameters, Soft.Input, Soft.Target(3)).LargestRelativeError, 1e-8);
    }
}
