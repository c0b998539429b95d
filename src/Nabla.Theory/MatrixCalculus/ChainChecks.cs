using Nabla.Network.Costs;
using Nabla.Network.Study;
using Nabla.Theory.Recipes;

namespace Nabla.Theory.MatrixCalculus;

/// <summary>The whole chain: the gradients of the weights and all intermediate derivatives.</summary>
internal static class ChainChecks
{
    private const double DifferenceTolerance = 1e-9;

    public static IReadOnlyList<Check> Checks { get; } =
    [
        new()
        {
            Id = "T70",
            Title = "Chain for the weights",
            Status = ClaimStatus.Correct,
            Sources = ["Jacobian sheet, 1.1"],
            Claim = "∂E/∂W2 = ∂E/∂ŷ · ∂ŷ/∂W2 and ∂E/∂W1 = ∂E/∂ŷ · ∂ŷ/∂h · ∂h/∂z · ∂z/∂W1.",
            Formula = @"\frac{\partial E}{\partial W_2} = \delta^2 h^{\mathsf T}, \qquad \frac{\partial E}{\partial W_1} = \delta^1 x^{\mathsf T}, \qquad \delta^2 = 2(\hat y-y), \quad \delta^1 = (W_2^{\mathsf T}\delta^2)\odot\sigma'(z)",
            Derivation = """
                The chain rule multiplies the Jacobians of the steps from the left. A row vector times
                $I\otimes h^{\mathsf T}$ has the entries $\delta_i h_j$; arranged like $W_2$, this is the outer product
                $\delta^2h^{\mathsf T}$. In the same way, a row vector times $W_2$ is
                $(W_2^{\mathsf T}\delta^2)^{\mathsf T}$, and a product with a diagonal matrix is an elementwise product.
                So the large, mostly empty Jacobians never need to be written down. What remains are the equations of
                backpropagation.

                The check multiplies Jacobians that are computed by central differences, and compares the products with
                the gradients that the library computes. Since $E=2C$, each is twice the library's gradient.
                """,
            Run = WeightChain,
        },
        new()
        {
            Id = "T71",
            Title = "The other derivatives",
            Status = ClaimStatus.Correct,
            Sources = ["Jacobian sheet, 1.1"],
            Claim = "∂E/∂h, ∂E/∂z and ∂E/∂x are the products of the factors of the chain up to that point.",
            Formula = @"\frac{\partial E}{\partial h} = \frac{\partial E}{\partial\hat y}W_2, \qquad \frac{\partial E}{\partial z} = \frac{\partial E}{\partial h}\,\frac{\partial h}{\partial z}, \qquad \frac{\partial E}{\partial x} = \frac{\partial E}{\partial z}W_1",
            Derivation = """
                Each initial part of the chain in T70 is itself a derivative. The first two are computed by
                backpropagation on its way down ($\partial E/\partial z$ is $\delta^1$). The last,
                $\partial E/\partial x$, tells how the cost changes with the input; training does not need it.
                """,
            Run = OtherDerivatives,
        },
    ];

    private static void WeightChain(Findings findings)
    {
        double[,] second = { { -0.772706739774682, -0.601784614021075, -0.411567873711881 }, { 0.13624561912193, 0.106108194862207, 0.0725686950536015 } };
        double[,] first = { { -0.121390785694195, 0.242781571388389 }, { 0.141288820809206, -0.282577641618412 }, { -0.122123031650175, 0.244246063300349 } };
        Trace trace = SheetJacobians.Pass;
        double[] slope = Twice(trace.Deltas(1));
        double[] toHidden = SheetJacobians.Chain(SheetJacobians.Chain(slope, SheetJacobians.OutputOverHidden()), SheetJacobians.HiddenOverWeightedInput());
        findings.Equal("∂E/∂W2", Twice(trace.WeightGradient(1).Cast<double>()), Flat(second));
        findings.Equal("∂E/∂W2 as a product of Jacobians", SheetJacobians.Chain(slope, SheetJacobians.OutputOverWeights()), Flat(second), DifferenceTolerance);
        findings.Equal("δ²hᵀ", Outer(slope, trace.Activations(0)), Flat(second));
        findings.Equal("∂E/∂W1", Twice(trace.WeightGradient(0).Cast<double>()), Flat(first));
        findings.Equal("∂E/∂W1 as a product of Jacobians", SheetJacobians.Chain(toHidden, SheetJacobians.WeightedInputOverWeights()), Flat(first), DifferenceTolerance);
        findings.Equal("δ¹xᵀ", Outer(Twice(trace.Deltas(0)), Sheet.Input), Flat(first));
        findings.AtMost("gradient check, largest relative error", GradientCheck.Run(Sheet.Network.Options, Sheet.Network.Parameters, Sheet.Input, Sheet.Target).LargestRelativeError, 1e-8);
    }

    private static void OtherDerivatives(Findings findings)
    {
        double[] overHidden = [-0.986379329055444, 1.14806384583343, -1.16433607422094];
        double[] overInput = [0.182618166996859, 0.0150397329448329];
        Trace trace = SheetJacobians.Pass;
        Trace output = SheetJacobians.OutputLayer.Trace(trace.Activations(0), Sheet.Target);
        double[,] hidden = NumericJacobian.Of(h => [2 * SheetJacobians.OutputLayer.Trace(h, Sheet.Target).Cost], trace.Activations(0));
        double[,] input = NumericJacobian.Of(x => [2 * CostMath.Value(Cost.Quadratic, Sheet.Network.Trace(x, Sheet.Target).Outputs(), Sheet.Target)], Sheet.Input);
        findings.Equal("∂E/∂h", Twice(output.InputGradient()), overHidden);
        findings.Equal("∂E/∂h by central differences", Flat(hidden), overHidden, DifferenceTolerance);
        findings.Equal("∂E/∂z = 2δ¹", Twice(trace.Deltas(0)), [-0.242781571388389, 0.282577641618412, -0.244246063300349]);
        findings.Equal("∂E/∂x", Twice(trace.InputGradient()), overInput);
        findings.Equal("∂E/∂x by central differences", Flat(input), overInput, DifferenceTolerance);
    }

    private static double[] Twice(IEnumerable<double> values) => [.. values.Select(value => 2 * value)];

    private static double[] Flat(double[,] matrix) => [.. matrix.Cast<double>()];

    private static double[] Outer(double[] column, double[] row) => [.. column.SelectMany(c => row.Select(r => c * r))];
}
