using Nabla.Network.Activations;
using Nabla.Network.Study;
using Nabla.Theory.Plots;
using Nabla.Theory.Recipes;

namespace Nabla.Theory.OutputLayer;

/// <summary>
/// Saturated units: in the output layer, where the cost can help, and in hidden layers, where it cannot.
/// </summary>
internal static class SaturationChecks
{
    private const double LearningRate = 0.15;

    public static IReadOnlyList<Check> Checks { get; } =
    [
        new()
        {
            Id = "T24",
            Title = "σ′ slows a saturated wrong output; cross-entropy does not",
            Status = ClaimStatus.Correct,
            Sources = ["Book exercises II, 3", "Book exercises I, §3"],
            Claim =
                "Under the quadratic cost the factor σ′(z) stalls learning. Under cross-entropy the factor is gone.",
            Formula = @"\frac{\partial C}{\partial w} = (a-y)\,\sigma'(z)\,x \;\;\text{(quadratic)}, \qquad \frac{\partial C}{\partial w} = (a-y)\,x \;\;\text{(cross-entropy)}",
            Derivation = """
                Consider one unit with one input $x = 1$ that should learn to answer 0. With $w = b = 2$ it answers
                $0.98$, almost as wrong as possible. Under the quadratic cost the gradient has the factor
                $\sigma'(4) = 0.0177$, so the first step is 57 times shorter than under cross-entropy, although the
                error is largest at this point. For a hundred and fifty steps the output hardly changes; then the unit
                leaves the plateau. Under cross-entropy $\partial C/\partial a$ contains the reciprocal factor, and the
                output falls at once.

                From $w = 0.6$, $b = 0.9$, where the answer is $0.82$, the two costs differ much less. The difference is
                not one of learning rates. With $\eta$ thirty times smaller cross-entropy is slow, too, but *evenly*
                slow: the curve keeps its shape and has no plateau at the start.
                """,
            Run = SaturatedOutput,
            Plot = Trajectories,
        },
        new()
        {
            Id = "T25",
            Title = "Hidden layers may still slow down",
            Status = ClaimStatus.Correct,
            Sources = ["Book exercises I, §3.4 intuition, §8.1"],
            Claim = "Costs that cancel σ′ in the output layer leave it in the errors of the hidden layers.",
            Formula = @"\delta^l = \left((W^{l+1})^{\mathsf T}\delta^{l+1}\right)\circ\sigma'(z^l)",
            Derivation = """
                The cost influences only $\delta^L$. Every hidden layer multiplies the error by its own $\sigma'(z^l)$,
                and no choice of cost can remove this factor. A saturated hidden unit, with large $|z|$, passes on
                almost none of the error from above.

                The experiment adds a number to both hidden biases of the 2-2-2 example. The output error stays near 1
                in size, while the gradients of the hidden layer fall by a factor of $e$ for each 1 that is added.
                Remedies are initial weights that do not saturate hidden units (T95), and units whose slope does not
                vanish.
                """,
            Run = SaturatedHiddenLayer,
            Plot = HiddenErrors,
        },
    ];

    private static void SaturatedOutput(Findings findings)
    {
        findings.Given("unit", "x = 1, target 0, one sample per step; starts w = b = 2 and w = 0.6, b = 0.9");
        Trace quadratic = Unit(Cost.Quadratic, 2, 2).Trace([1], [0]), crossEntropy = Unit(Cost.CrossEntropy, 2, 2).Trace([1], [0]);
        findings.Equal("a at the start, w = b = 2", quadratic.Outputs()[0], 0.982013790037908);
        findings.Equal("∂C/∂w at the start, quadratic", quadratic.WeightGradient(0)[0, 0], 0.0173450210708401);
        findings.Equal("∂C/∂w at the start, cross-entropy", crossEntropy.WeightGradient(0)[0, 0], 0.982013790037908);
        findings.Equal("ratio of the two", quadratic.WeightGradient(0)[0, 0] / crossEntropy.WeightGradient(0)[0, 0], 0.0176627062132911);
        findings.Equal("σ′(4)", ActivationMath.Derivative(Activation.Sigmoid, 4), 0.0176627062132911);

        double[] slow = Outputs(Cost.Quadratic, 2, 2, LearningRate), fast = Outputs(Cost.CrossEntropy, 2, 2, LearningRate);
        findings.Equal("quadratic, η = 0.15: a after 50, 150, 300 steps", [slow[50], slow[150], slow[300]], [0.97593339694883, 0.93341747255733, 0.20284842426778]);
        findings.Equal("cross-entropy, η = 0.15: a after 1, 50, 300 steps", [fast[1], fast[50], fast[300]], [0.97599969799072, 0.098503926513817, 0.012008741510818]);
        findings.Exactly("quadratic: first step with a < 0.5", FirstBelowHalf(slow), 232);
        findings.Exactly("cross-entropy: first step with a < 0.5", FirstBelowHalf(fast), 17);

        double[] mildSlow = Outputs(Cost.Quadratic, 0.6, 0.9, LearningRate), mildFast = Outputs(Cost.CrossEntropy, 0.6, 0.9, LearningRate);
        findings.Equal("quadratic from w = 0.6, b = 0.9: a after 300 steps", mildSlow[300], 0.093955694863647);
        findings.Equal("cross-entropy from w = 0.6, b = 0.9: a after 300 steps", mildFast[300], 0.011638208968904);
        findings.Exactly("quadratic from w = 0.6, b = 0.9: first step with a < 0.5", FirstBelowHalf(mildSlow), 36);
        findings.Exactly("cross-entropy from w = 0.6, b = 0.9: first step with a < 0.5", FirstBelowHalf(mildFast), 8);
        findings.Equal("cross-entropy, η = 0.005, from w = b = 2: a after 300 steps", Outputs(Cost.CrossEntropy, 2, 2, 0.005)[300], 0.77958706420617);
    }

    private static void SaturatedHiddenLayer(Findings findings)
    {
        Trace trace = WithHiddenBias(0), saturated = WithHiddenBias(10);
        double[] slope = trace.Derivatives(0), h = trace.Activations(0), delta = trace.Deltas(1);
        findings.Given("network", "the 2-2-2 example with cross-entropy");
        findings.Equal("∂C/∂z of h1", trace.Deltas(0)[0], 0.0453670090730914);
        findings.Equal("σ′ of h1", slope[0], 0.241300708572325);
        findings.Equal("a(1−a) of h1", h[0] * (1 - h[0]), 0.241300708572325);
        findings.Equal("σ′ of h1 times the output errors weighted with w5 = 0.40 and w7 = 0.50", slope[0] * ((0.40 * delta[0]) + (0.50 * delta[1])), 0.0453670090730914);
        double shrinkage = Largest(trace.WeightGradient(0)) / Largest(saturated.WeightGradient(0));
        findings.Reported("σ′ of both hidden units with 10 added to their biases", saturated.Derivatives(0));
        findings.AtLeast("factor by which the hidden weight gradients shrink", shrinkage, 1000);
        findings.Reported("output errors before the change", trace.Deltas(1));
        findings.Reported("output errors with 10 added", saturated.Deltas(1));
        findings.AtLeast("largest output error with 10 added", saturated.Deltas(1).Max(Math.Abs), 0.5);
    }

    /// <summary>The output at the start and after each of 300 steps of the trainer.</summary>
    private static double[] Outputs(Cost cost, double w, double b, double learningRate) =>
        [.. Descent.Path(Unit(cost, w, b), [1], [0], Descent.Options(learningRate, 1, 300)).Select(row => ActivationMath.Value(Activation.Sigmoid, row[0] + row[1]))];

    private static int FirstBelowHalf(double[] outputs) => Array.FindIndex(outputs, a => a < 0.5);

    private static GivenNetwork Unit(Cost cost, double w, double b) => Networks.Of(cost, Networks.Layer(new[,] { { w } }, [b], Activation.Sigmoid));

    private static Trace WithHiddenBias(double added) => Mazur.Network(Cost.CrossEntropy).With(parameters =>
    {
        parameters.SetBias(0, 0, 0.35 + added);
        parameters.SetBias(0, 1, 0.35 + added);
    }).Trace(Mazur.Input, Mazur.Target);

    private static double Largest(double[,] matrix) => matrix.Cast<double>().Max(Math.Abs);

    private static Plot Trajectories() => new()
    {
        Title = "A saturated unit learns to answer 0 (η = 0.15)",
        X = "steps",
        Y = "output a",
        Curves =
        [
            Curve.OverSteps("quadratic, from w = b = 2", Outputs(Cost.Quadratic, 2, 2, LearningRate)),
            Curve.OverSteps("cross-entropy, from w = b = 2", Outputs(Cost.CrossEntropy, 2, 2, LearningRate)),
            Curve.OverSteps("quadratic, from w = 0.6, b = 0.9", Outputs(Cost.Quadratic, 0.6, 0.9, LearningRate)) with { Style = CurveStyle.Dashed },
            Curve.OverSteps("cross-entropy, from w = 0.6, b = 0.9", Outputs(Cost.CrossEntropy, 0.6, 0.9, LearningRate)) with { Style = CurveStyle.Dashed },
        ],
    };

    private static Plot HiddenErrors()
    {
        double[] added = [.. Enumerable.Range(0, 61).Select(i => i / 4.0)];
        Trace[] traces = [.. added.Select(WithHiddenBias)];
        return new Plot
        {
            Title = "The 2-2-2 example with its hidden units driven into saturation",
            X = "number added to both hidden biases",
            Y = "largest |δ| of the layer",
            LogarithmicY = true,
            Curves =
            [
                new Curve("output layer", added, [.. traces.Select(trace => trace.Deltas(1).Max(Math.Abs))]),
                new Curve("hidden layer", added, [.. traces.Select(trace => trace.Deltas(0).Max(Math.Abs))]),
            ],
        };
    }
}
