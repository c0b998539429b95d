using Nabla.Network.Activations;
using Nabla.Network.Costs;
using Nabla.Network.Prediction;
using Nabla.Network.Study;
using Nabla.Theory.Recipes;

namespace Nabla.Theory.MatrixCalculus;

/// <summary>The forward model and the Jacobian of each of its steps.</summary>
internal static class JacobianChecks
{
    /// <summary>The error of central differences for a linear function: its rounding error divided by 2h.</summary>
    private const double DifferenceTolerance = 1e-9;

    public static IReadOnlyList<Check> Checks { get; } =
    [
        new()
        {
            Id = "T64",
            Title = "Forward model",
            Status = ClaimStatus.Correct,
            Sources = ["Jacobian sheet, 1.1"],
            Claim = "A network with one hidden layer, without biases and with linear outputs, computes z = W1·x, h = σ(z), ŷ = W2·h.",
            Formula = @"z = W_1 x, \qquad h = \sigma(z), \qquad \hat y = W_2 h",
            Derivation = """
                There is nothing to prove here: this is the model that the rest of the chapter differentiates. It has
                $n$ inputs, $m$ hidden units and $q$ outputs, so $W_1$ is $m\times n$ and $W_2$ is $q\times m$. The
                model has three small steps, and every derivative below is a product of the derivatives of these steps.
                """,
            Run = ForwardModel,
        },
        new()
        {
            Id = "T65",
            Title = "E=‖ŷ−y‖² without ½",
            Status = ClaimStatus.Correct,
            Sources = ["Jacobian sheet, 1.1"],
            Claim = "For E = ‖ŷ−y‖² the derivative with respect to the outputs is ∂E/∂ŷ = 2(ŷ−y).",
            Formula = @"E = \lVert\hat y-y\rVert^2, \qquad \frac{\partial E}{\partial\hat y} = 2(\hat y-y)^{\mathsf T} = 2\,\frac{\partial}{\partial\hat y}\,\tfrac12\lVert\hat y-y\rVert^2",
            Derivation = """
                We have $E=\sum_i(\hat y_i-y_i)^2$. Only the $i$-th summand contains $\hat y_i$, and its derivative is
                $2(\hat y_i-y_i)$.

                The library's quadratic cost is $C=\tfrac12\lVert\hat y-y\rVert^2$, where the factor ½ cancels the 2. So
                $E=2C$, and every derivative of $E$ in this chapter is twice the one that the library computes.
                """,
            Run = SquaredError,
        },
        new()
        {
            Id = "T66",
            Title = "∂h/∂z",
            Status = ClaimStatus.Imprecise,
            Sources = ["Jacobian sheet, 1.1"],
            Claim = "∂h/∂z is diagonal with the entries σ(z_i)(1−σ(z_i)), with rows from h_1 to h_n.",
            Correction = "The matrix is m×m, where m is the number of hidden units: its rows run from h_1 to h_m.",
            Formula = @"\frac{\partial h}{\partial z} = \operatorname{diag}\bigl(h_1(1-h_1),\dots,h_m(1-h_m)\bigr) \in \mathbb R^{m\times m}",
            Derivation = """
                $h_i=\sigma(z_i)$ contains no other $z_k$, so $\partial h_i/\partial z_k=0$ for $k\neq i$ and
                $\sigma'(z_i)=h_i(1-h_i)$ for $k=i$. There is one $h_i$ for each of the $m$ hidden units, whereas $n$ is
                the number of inputs. The difference matters if $m$ and $n$ differ: in the product of Jacobians the
                shapes must fit, $q\times m$ times $m\times m$ times $m\times mn$.
                """,
            Run = HiddenOverWeightedInput,
        },
        new()
        {
            Id = "T67",
            Title = "∂z/∂W1",
            Status = ClaimStatus.Imprecise,
            Sources = ["Jacobian sheet, 1.1"],
            Claim = "∂z/∂W1 is a diagonal m×(m·n) matrix with xᵀ on the diagonal, rows up to z_n, columns W_1k … W_nk.",
            Correction =
                "It is block-diagonal, I_m⊗xᵀ: m rows and m·n columns, with W1 read row by row and unit indices up " +
                "to m.",
            Formula = @"\frac{\partial z}{\partial W_1} = I_m\otimes x^{\mathsf T} = \begin{pmatrix} x^{\mathsf T} & & \\ & \ddots & \\ & & x^{\mathsf T}\end{pmatrix} \in \mathbb R^{m\times mn}",
            Derivation = """
                $z_i=\sum_k W_{ik}x_k$ contains row $i$ of $W_1$ and no other, with $\partial z_i/\partial W_{ik}=x_k$.
                The rows of $W_1$, written side by side, make $mn$ columns. Row $i$ of the Jacobian has $x^{\mathsf T}$
                in the $n$ columns of its own weights and zeros in the others.

                This is not a diagonal matrix, since row 1 has $n$ adjacent entries. And the last unit has the index $m$
                and the weights $W_{m1}\dots W_{mn}$, not $z_n$ and $W_{12}$ as printed.
                """,
            Run = WeightedInputOverWeights,
        },
        new()
        {
            Id = "T68",
            Title = "∂ŷ/∂W2",
            Status = ClaimStatus.Correct,
            Sources = ["Jacobian sheet, 1.1"],
            Claim = "∂ŷ/∂W2 is a q×(q·m) matrix with hᵀ in its diagonal blocks.",
            Formula = @"\frac{\partial\hat y}{\partial W_2} = I_q\otimes h^{\mathsf T} \in \mathbb R^{q\times qm}",
            Derivation = """
                The output layer is another dense layer, with $h$ in place of $x$ and without an activation function:
                $\hat y_i=\sum_j (W_2)_{ij}h_j$ contains only row $i$ of $W_2$, each weight multiplied by its $h_j$.
                """,
            Run = OutputOverWeights,
        },
        new()
        {
            Id = "T69",
            Title = "∂z/∂x=W1, ∂ŷ/∂h=W2",
            Status = ClaimStatus.Imprecise,
            Sources = ["Jacobian sheet, 1.1"],
            Claim = "∂z/∂x = W1 and ∂ŷ/∂h = W2, where the last row of the first is that of z_n.",
            Correction = "∂z/∂x is m×n: its rows run from z_1 to z_m.",
            Formula = @"\frac{\partial z}{\partial x} = W_1 \in \mathbb R^{m\times n}, \qquad \frac{\partial\hat y}{\partial h} = W_2 \in \mathbb R^{q\times m}",
            Derivation = """
                A linear map is its own derivative: $\partial z_i/\partial x_k=(W_1)_{ik}$. This is why the error is
                passed back through the transpose: the row vector $\partial E/\partial\hat y$ times $W_2$, written as a
                column, is $W_2^{\mathsf T}\delta$.
                """,
            Run = LayerOverItsInput,
        },
    ];

    private static void ForwardModel(Findings findings)
    {
        Trace trace = SheetJacobians.Pass;
        findings.Given("x", Sheet.Input);
        findings.Equal("z", trace.WeightedInputs(0), [0.25, -0.25, -0.85]);
        findings.Equal("h", trace.Activations(0), [0.562176500885798, 0.437823499114202, 0.299432857526027]);
        findings.Equal("σ(z), unit by unit", [.. trace.WeightedInputs(0).Select(z => ActivationMath.Value(Activation.Sigmoid, z))], trace.Activations(0));
        findings.Equal("ŷ", trace.Outputs(), [0.312754323102122, 0.121176906992069]);
        double[] prediction = new double[2];
        new ForwardPass(Sheet.Network.Options, Sheet.Network.Parameters).Run(Sheet.Input, prediction);
        findings.Equal("ŷ from the forward pass of the predictor", prediction, [0.312754323102122, 0.121176906992069]);
    }

    private static void SquaredError(Findings findings)
    {
        Trace trace = SheetJacobians.Pass;
        double[] slope = new double[2];
        CostMath.Derivative(Cost.Quadratic, trace.Outputs(), Sheet.Target, slope);
        double[,] difference = NumericJacobian.Of(y => [2 * CostMath.Value(Cost.Quadratic, y, Sheet.Target)], trace.Outputs());
        findings.Given("y", Sheet.Target);
        findings.Equal("½‖ŷ−y‖², the library's cost", trace.Cost, 0.243495231601494);
        findings.Equal("½‖ŷ−y‖² from the outputs", CostMath.Value(Cost.Quadratic, trace.Outputs(), Sheet.Target), 0.243495231601494);
        findings.Equal("E", 2 * trace.Cost, 0.486990463202988);
        findings.Equal("∂E/∂ŷ = 2δ", [.. trace.Deltas(1).Select(d => 2 * d)], [-1.37449135379576, 0.242353813984137]);
        findings.Equal("2·∂C/∂a", [.. slope.Select(d => 2 * d)], [-1.37449135379576, 0.242353813984137]);
        findings.Equal("∂E/∂ŷ by central differences", [.. difference.Cast<double>()], [-1.37449135379576, 0.242353813984137], DifferenceTolerance);
    }

    private static void HiddenOverWeightedInput(Findings findings)
    {
        Trace trace = SheetJacobians.Pass;
        double[,] jacobian = SheetJacobians.HiddenOverWeightedInput();
        double[] slopes = [.. trace.Activations(0).Select(h => h * (1 - h))];
        findings.Equal("the layer's f′, equal to h(1−h)", trace.Derivatives(0), slopes);
        findings.Equal("∂h/∂z by central differences, 3×3", jacobian, SheetJacobians.Diagonal(slopes), DifferenceTolerance);
        findings.Exactly("largest off-diagonal entry", SheetJacobians.LargestOutside(jacobian, SheetJacobians.Diagonal(slopes)), 0);
        findings.Refuted("rows h_1 … h_n, one for each input", Sheet.Input.Length, 2, jacobian.GetLength(0));
    }

    private static void WeightedInputOverWeights(Findings findings)
    {
        double[,] jacobian = SheetJacobians.WeightedInputOverWeights(), blocks = SheetJacobians.Blocks(3, Sheet.Input);
        findings.Equal("∂z/∂W1 by central differences, 3×6", jacobian, blocks, DifferenceTolerance);
        findings.Exactly("largest entry outside the blocks", SheetJacobians.LargestOutside(jacobian, blocks), 0);
        findings.Refuted("∂z_1/∂W_12 is 0, as in a diagonal matrix", 0, 0, jacobian[0, 1]);
        findings.Refuted("rows z_1 … z_n, one for each input", Sheet.Input.Length, 2, jacobian.GetLength(0));
    }

    private static void OutputOverWeights(Findings findings)
    {
        double[,] jacobian = SheetJacobians.OutputOverWeights();
        double[,] blocks = SheetJacobians.Blocks(2, [0.562176500885798, 0.437823499114202, 0.299432857526027]);
        findings.Equal("∂ŷ/∂W2 by central differences, 2×6", jacobian, blocks, DifferenceTolerance);
        findings.Exactly("largest entry outside the blocks", SheetJacobians.LargestOutside(jacobian, blocks), 0);
    }

    private static void LayerOverItsInput(Findings findings)
    {
        double[,] first = SheetJacobians.WeightedInputOverInput();
        findings.Equal("∂z/∂x by central differences, 3×2", first, new[,] { { 0.1, -0.2 }, { 0.3, 0.4 }, { -0.5, 0.6 } }, DifferenceTolerance);
        findings.Equal("∂ŷ/∂h by central differences, 2×3", SheetJacobians.OutputOverHidden(), new[,] { { 0.7, -0.8, 0.9 }, { -0.1, 0.2, 0.3 } }, DifferenceTolerance);
        findings.Refuted("rows z_1 … z_n, one for each input", Sheet.Input.Length, 2, first.GetLength(0));
    }
}
