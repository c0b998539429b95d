using Nabla.Network.Costs;
using Nabla.Network.Study;
using Nabla.Theory.Recipes;

namespace Nabla.Theory.OutputLayer;

/// <summary>
/// Quadratic cost with linear outputs, the other pair without a slowdown, and three mistakes about it.
/// </summary>
internal static class LinearOutputChecks
{
    public static IReadOnlyList<Check> Checks { get; } =
    [
        new()
        {
            Id = "T26",
            Title = "Quadratic cost with linear outputs",
            Status = ClaimStatus.Correct,
            Sources = ["Book exercises II, 4 (68)–(70)"],
            Claim = "With linear outputs δ = a − y, ∂C/∂w_jk = (1/n)Σ a_k(a_j − y_j) and ∂C/∂b_j = (1/n)Σ(a_j − y_j).",
            Formula = @"a_j = z_j:\quad \delta_j = a_j-y_j, \quad \frac{\partial C}{\partial w_{jk}} = \frac1n\sum_x a_k\,(a_j-y_j), \quad \frac{\partial C}{\partial b_j} = \frac1n\sum_x (a_j-y_j)",
            Derivation = """
                This is T18 with $\sigma'(z) = 1$. The slowdown of the quadratic cost comes only from $\sigma'$, and a
                linear output has the constant slope 1, so there is no slowdown. This is the natural pair for
                regression: the outputs may be any number, and the error is simply the difference.
                """,
            Run = LinearOutputs,
        },
        new()
        {
            Id = "T27",
            Title = "The same with the sign reversed",
            Status = ClaimStatus.Wrong,
            Sources = ["Book exercises I, §3.4"],
            Claim = "With linear outputs δ = y − a, and the gradients are (1/n)Σ(y − a)a_k.",
            Correction = "δ = a − y.",
            Formula = @"\delta = \frac{\partial}{\partial z}\,\tfrac12(z-y)^2 = z-y = a-y",
            Derivation = """
                Again the inner derivative is missing (T19). Here one step can be computed by hand. With $\delta = a-y$
                a step of the output layer multiplies each error by $1-\eta(\lVert h\rVert^2+1)$; with the sign
                reversed, by $1+\eta(\lVert h\rVert^2+1)$. For $\eta = 0.1$ and $\lVert h\rVert^2 = 0.708$ these factors
                are $0.829$ and $1.171$, and the cost is multiplied by their squares.
                """,
            Run = ReversedSign,
        },
        new()
        {
            Id = "T28",
            Title = "Mislabelled bias derivative",
            Status = ClaimStatus.Wrong,
            Sources = ["Book exercises I, §3.4, last line"],
            Claim = "∂C/∂w_jk = (1/n)Σ_x(y_j − a_j).",
            Correction =
                "This is the derivative with respect to the bias, with the wrong sign: ∂C/∂b_j = (1/n)Σ_x(a_j − " +
                "y_j).",
            Formula = @"\frac{\partial C}{\partial b_j} = \frac1n\sum_x (a_j-y_j), \qquad \frac{\partial C}{\partial w_{jk}} = \frac1n\sum_x (a_j-y_j)\,a_k",
            Derivation = """
                A derivative with respect to $w_{jk}$ must contain the index $k$ on both sides: it cannot be the same
                for all inputs of the unit. The printed expression lacks the factor $a_k$, so apart from its sign it
                belongs to the bias. For the two samples below it equals none of the three derivatives.
                """,
            Run = Mislabelled,
        },
        new()
        {
            Id = "T29",
            Title = "Averaging inside δ; \"error equals the cross-entropy loss\"",
            Status = ClaimStatus.Imprecise,
            Sources = ["Book exercises II, 4"],
            Claim = "δ = −(1/n)Σ(y − a)·1 = a − y, and this error equals the cross-entropy loss.",
            Correction = "The δ of one sample contains no average. What agrees is the form of δ, a − y, not the loss.",
            Formula = @"\delta_{\text{linear, quadratic}} = a-y = \delta_{\text{sigmoid, cross-entropy}}, \qquad \tfrac12(a-y)^2 \ne -\left[y\ln a+(1-y)\ln(1-a)\right]",
            Derivation = """
                The middle of the printed chain is a mean over samples, and its end is the error of one sample. They are
                equal only for $n = 1$. The mean of the errors is $\partial C/\partial b$ (T26), which has a name of its
                own.

                Both pairs (linear outputs with quadratic cost, sigmoid outputs with cross-entropy) have the error
                $a-y$. Their costs differ: at $a = 0.4256$, $y = 0$ they are $0.0905$ and $0.5544$. It is no coincidence
                that the errors agree. In both cases the slope of the cost in $z$ is "prediction minus target": in
                statistics such an activation is called the canonical link. Softmax with log-likelihood is the third
                such pair.
                """,
            Run = Averaging,
        },
    ];

    private static void LinearOutputs(Findings findings)
    {
        GivenNetwork unit = Two.Network(Cost.Quadratic, Activation.Linear);
        Trace two = unit.Trace(Two.Inputs, Two.Targets);
        findings.Given("unit", "w = (0.3, −0.2), b = 0.1, linear; samples (1, 2) → 1 and (−1, 0.5) → 0");
        findings.Equal("a of both samples", [two.Outputs(0)[0], two.Outputs(1)[0]], [0, -0.3], 1e-14);
        findings.Equal("δ of both samples", [two.Deltas(0, 0)[0], two.Deltas(0, 1)[0]], [-1, -0.3], 1e-14);
        findings.Equal("∂C/∂w", two.WeightGradient(0), new[,] { { -0.35, -1.075 } }, 1e-14);
        findings.Equal("∂C/∂b", two.BiasGradient(0), [-0.65], 1e-14);
        findings.Equal("w, b after a step of the trainer with η = 0.1", Descent.Path(unit, Two.Inputs, Two.Targets, Descent.Options(0.1, 2))[1], [0.335, -0.0925, 0.165], 1e-14);
        Trace example = Mazur.Network(Cost.Quadratic, output: Activation.Linear).Trace(Mazur.Input, Mazur.Target);
        findings.Given("network", "the 2-2-2 example with linear outputs");
        findings.Equal("δ of the outputs", example.Deltas(1), [1.09590596705977, 0.234921404096466]);
        findings.Equal("∂C/∂w5..w8", example.WeightGradient(1), new[,] { { 0.650168124427769, 0.65412915177964 }, { 0.139371819554119, 0.14022091622403 } });
        findings.Equal("C", example.Cost, 0.628098977369932);
        findings.Equal("C in the plain form", CostMath.Value(Cost.Quadratic, example.Outputs(), Mazur.Target), 0.628098977369932);
    }

    private static void ReversedSign(Findings findings)
    {
        const double LearningRate = 0.1;
        GivenNetwork network = Mazur.Network(Cost.Quadratic, output: Activation.Linear);
        Trace before = network.Trace(Mazur.Input, Mazur.Target);
        Parameters trained = Descent.Train(network, Mazur.Input, Mazur.Target, Descent.Options(LearningRate, 1) with { Frozen = ["layers.0.weight", "layers.0.bias"] }).Parameters;
        double right = (network with { Parameters = trained }).Trace(Mazur.Input, Mazur.Target).Cost;
        double wrong = network.With(parameters => StepAsPrinted(parameters, before, LearningRate)).Trace(Mazur.Input, Mazur.Target).Cost;
        findings.Given("experiment", "the 2-2-2 example with linear outputs; one step of the output layer, η = 0.1");
        findings.Equal("δ of the outputs", before.Deltas(1), [1.09590596705977, 0.234921404096466]);
        findings.Equal("C before the step", before.Cost, 0.628098977369932);
        findings.Equal("C after a step of the trainer", right, 0.431838647596997);
        findings.Refuted("C after a step with y − a", wrong, 0.861016227877452, right);
    }

    /// <summary>A descent step of the output layer along the printed gradients, (y − a)·a_k and y − a.</summary>
    private static void StepAsPrinted(Parameters parameters, Trace before, double learningRate)
    {
        double[] h = before.Activations(0);
        for (int j = 0; j < 2; j++)
        {
            double error = Mazur.Target[j] - before.Outputs()[j];
            double[] w = [parameters.GetWeight(1, j, 0), parameters.GetWeight(1, j, 1), parameters.GetBias(1, j)];
            UpdateRule.Sgd.Update(learningRate, w, [error * h[0], error * h[1], error]);
            parameters.SetWeight(1, j, 0, w[0]);
            parameters.SetWeight(1, j, 1, w[1]);
            parameters.SetBias(1, j, w[2]);
        }
    }

    private static void Mislabelled(Findings findings)
    {
        Trace two = Two.Network(Cost.Quadratic, Activation.Linear).Trace(Two.Inputs, Two.Targets);
        double printed = (Two.Targets[0] - two.Outputs(0)[0] + Two.Targets[1] - two.Outputs(1)[0]) / 2;
        double[,] w = two.WeightGradient(0);
        findings.Given("unit", "w = (0.3, −0.2), b = 0.1, linear; samples (1, 2) → 1 and (−1, 0.5) → 0");
        findings.Equal("∂C/∂w", w, new[,] { { -0.35, -1.075 } }, 1e-14);
        findings.Equal("∂C/∂b", two.BiasGradient(0), [-0.65], 1e-14);
        findings.Refuted("the printed (1/n)Σ(y − a) as ∂C/∂w1", printed, 0.65, w[0, 0]);
        findings.Refuted("the printed (1/n)Σ(y − a) as ∂C/∂w2", printed, 0.65, w[0, 1]);
        findings.Refuted("the printed (1/n)Σ(y − a) as ∂C/∂b", printed, 0.65, two.BiasGradient(0)[0]);
    }

    private static void Averaging(Findings findings)
    {
        Trace two = Two.Network(Cost.Quadratic, Activation.Linear).Trace(Two.Inputs, Two.Targets);
        double first = two.Deltas(0, 0)[0], second = two.Deltas(0, 1)[0], mean = (two.Outputs(0)[0] - Two.Targets[0] + two.Outputs(1)[0] - Two.Targets[1]) / 2;
        findings.Equal("δ of both samples", [first, second], [-1, -0.3], 1e-14);
        findings.Equal("∂C/∂b, the mean of the errors", two.BiasGradient(0), [-0.65], 1e-14);
        findings.Refuted("δ of sample 1 as the mean over the samples", mean, -0.65, first);
        findings.Refuted("δ of sample 2 as the mean over the samples", mean, -0.65, second);

        Trace sigmoid = Two.Network(Cost.CrossEntropy).Trace([-1, 0.5], [0]);
        double a = sigmoid.Outputs()[0];
        Trace linear = Networks.FromWeightedInputs([a], Activation.Linear, Cost.Quadratic).Trace([1], [0]);
        findings.Given("the two pairs", $"a = {Findings.Text(a)}, y = 0");
        findings.Equal("δ of linear with quadratic and of sigmoid with cross-entropy", [linear.Deltas(0)[0], sigmoid.Deltas(0)[0]], [a, a]);
        findings.Equal("cost of sigmoid with cross-entropy, −ln(1−a)", sigmoid.Cost, CostMath.Value(Cost.CrossEntropy, [a], [0]));
        findings.Refuted("equal errors mean equal losses", $"the costs are {Findings.Text(linear.Cost)} and {Findings.Text(sigmoid.Cost)}", sigmoid.Cost > 2 * linear.Cost);
    }
}
