using Nabla.Network.Activations;
using Nabla.Network.Costs;
using Nabla.Network.Study;
using Nabla.Theory.Recipes;

namespace Nabla.Theory.Activations;

/// <summary>
/// Backpropagation with units that are not sigmoid: all units linear, or one unit with another activation.
/// </summary>
internal static class OtherUnitChecks
{
    public static IReadOnlyList<Check> Checks { get; } =
    [
        new()
        {
            Id = "T05",
            Title = "Backpropagation with linear units",
            Status = ClaimStatus.Correct,
            Sources = ["Homework, 2.3 (8)–(10)"],
            Claim =
                "With σ(z) = z the errors are δᴸ = ∇ₐC and δˡ = (Wˡ⁺¹)ᵀδˡ⁺¹. The other equations of backpropagation " +
                "do not change.",
            Formula = @"\delta^L = \nabla_a C, \qquad \delta^l = (W^{l+1})^{\mathsf T}\,\delta^{l+1}, \qquad \frac{\partial C}{\partial W^l} = \delta^l\,(a^{l-1})^{\mathsf T}",
            Derivation = """
                The general equations are $\delta^L = \nabla_a C \circ \sigma'(z^L)$ and
                $\delta^l = ((W^{l+1})^{\mathsf T}\delta^{l+1}) \circ \sigma'(z^l)$. For $\sigma(z) = z$ every $\sigma'$
                is 1, so the elementwise products disappear. The other equations do not contain $\sigma$.

                **The price.** Without a nonlinearity the layers collapse:
                $W_2(W_1x+b_1)+b_2 = (W_2W_1)x + (W_2b_1+b_2)$ is a single layer. However deep a stack of linear layers
                is, it represents only what one linear layer can represent.
                """,
            Run = LinearUnits,
        },
        new()
        {
            Id = "T06",
            Title = "One unit with another activation f",
            Status = ClaimStatus.Imprecise,
            Sources = ["Homework, 2.1"],
            Claim =
                "If one unit uses f instead of σ, only the backpropagated error of that unit changes: f′ takes the " +
                "place of σ′.",
            Correction =
                "The error of that unit uses f′, and its forward pass uses a = f(z). All equations keep their form, " +
                "but the values at the other units change, too.",
            Formula = @"a_j = f(z_j), \qquad \delta_j = f'(z_j) \sum_i w_{ij}\,\delta_i",
            Derivation = """
                The chain rule through unit $j$ is $\partial C/\partial z_j = (\partial C/\partial a_j)(da_j/dz_j)$ with
                $\partial C/\partial a_j = \sum_i w_{ij}\delta_i$. Only the last factor depends on the activation, so
                only one symbol changes in the *equations* of the backward pass.

                The numbers in these equations, however, come from the forward pass. With another $a_j$ the units above
                it get other weighted inputs and hence other errors $\delta_i$, and these flow back to every unit below.
                In the example $h_2$ is a tanh unit, and the error of its neighbour $h_1$ changes by ten percent,
                although $h_1$ itself is unchanged.
                """,
            Run = OneOtherUnit,
        },
    ];

    private static void LinearUnits(Findings findings)
    {
        GivenNetwork network = Mazur.Network(Cost.Quadratic, Activation.Linear, Activation.Linear);
        Trace trace = network.Trace(Mazur.Input, Mazur.Target);
        findings.Given("network", "the 2-2-2 example with linear units and quadratic cost");
        findings.Equal("outputs", trace.Outputs(), [0.927625, 1.004625], 1e-14);
        double[] slope = new double[2];
        CostMath.Derivative(Cost.Quadratic, trace.Outputs(), Mazur.Target, slope);
        findings.Equal("∇ₐC", slope, [0.917625, 0.014625], 1e-14);
        findings.Equal("δ of the output layer", trace.Deltas(1), [0.917625, 0.014625], 1e-14);
        findings.Equal("δ of the hidden layer", trace.Deltas(0), [0.3743625, 0.420975], 1e-14);
        findings.Equal("∂C/∂w1..w4", trace.WeightGradient(0), new[,] { { 0.018718125, 0.03743625 }, { 0.02104875, 0.0420975 } }, 1e-14);
        findings.AtMost("largest relative deviation from central differences", Deviation(network), 1e-8);

        // W₂W₁ and W₂b₁ + b₂ of the example, computed by hand.
        GivenNetwork collapsed = Networks.Of(Cost.Quadratic, Networks.Layer(new[,] { { 0.1725, 0.215 }, { 0.2125, 0.265 } }, [0.8975, 0.9675], Activation.Linear));
        foreach (double[] input in (double[][])[Mazur.Input, [3, -2], [-100, 40]])
        {
            findings.Equal(
                $"outputs of the single layer W₂W₁, W₂b₁+b₂ at x = {Findings.Text(input)}",
                collapsed.Trace(input, Mazur.Target).Outputs(),
                network.Trace(input, Mazur.Target).Outputs());
        }
    }

    private static void OneOtherUnit(Findings findings)
    {
        GivenNetwork network = Mazur.Network(Cost.CrossEntropy, hidden: new PerUnit([Activation.Sigmoid, Activation.Tanh]));
        Trace trace = network.Trace(Mazur.Input, Mazur.Target), before = Mazur.Network(Cost.CrossEntropy).Trace(Mazur.Input, Mazur.Target);
        double h2 = trace.Activations(0)[1], backpropagated = trace.Deltas(0)[1] / trace.Derivatives(0)[1];
        findings.Given("network", "the 2-2-2 example with cross-entropy and h2 = tanh");
        findings.Equal("h2", h2, 0.373513453287804);
        findings.Equal("tanh of the weighted input of h2", ActivationMath.Value(Activation.Tanh, trace.WeightedInputs(0)[1]), 0.373513453287804);
        findings.Equal("outputs", trace.Outputs(), [0.732116810074021, 0.750647272762054]);
        findings.Equal("∂C/∂z of h1", trace.Deltas(0)[0], 0.0408209278365219);
        findings.Equal("∂C/∂z of h2", trace.Deltas(0)[1], 0.166339642143208);
        findings.Equal("∂C/∂w3, ∂C/∂w4", [trace.WeightGradient(0)[1, 0], trace.WeightGradient(0)[1, 1]], [0.00831698210716042, 0.0166339642143208]);
        findings.Refuted("∂C/∂z of h1, supposed to be as with sigmoid units only", before.Deltas(0)[0], 0.0453670090730914, trace.Deltas(0)[0]);
        findings.Refuted("∂C/∂z of h2 with a(1−a) in place of f′", backpropagated * h2 * (1 - h2), 0.0452344270868591, trace.Deltas(0)[1]);
        findings.AtMost("largest relative deviation from central differences", Deviation(network), 1e-8);
    }

    private static double Deviation(GivenNetwork network) =>
        GradientCheck.Run(network.Options, network.Parameters, Mazur.Input, Mazur.Target).LargestRelativeError;
}
