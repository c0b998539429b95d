using Nabla.Network.Activations;
using Nabla.Network.Costs;
using Nabla.Network.Study;
using Nabla.Theory.Recipes;

namespace Nabla.Theory.OutputLayer;

/// <summary>
/// Quadratic cost with sigmoid outputs: the gradient, its sign, and why the sum over outputs disappears.
/// </summary>
internal static class QuadraticGradientChecks
{
    public static IReadOnlyList<Check> Checks { get; } =
    [
        new()
        {
            Id = "T18",
            Title = "Quadratic cost, output weights",
            Status = ClaimStatus.Correct,
            Sources = ["Book exercises II, 3 (65)", "Book exercises I, §3.1"],
            Claim = "∂C/∂w_jk = (1/n)Σ_x a_k(a_j − y_j)σ′(z_j).",
            Formula = @"C = \frac1n\sum_x \tfrac12\lVert a-y\rVert^2, \qquad \frac{\partial C}{\partial w_{jk}} = \frac1n\sum_x a_k\,(a_j-y_j)\,\sigma'(z_j)",
            Derivation = """
                We follow the chain rule from the cost of one sample back to the weight:
                $\partial C_x/\partial a_j = a_j-y_j$, then $da_j/dz_j = \sigma'(z_j)$. Since
                $z_j = \sum_k w_{jk}a_k+b_j$, we have $\partial z_j/\partial w_{jk} = a_k$. The product of the three is
                the contribution of the sample. The cost is a mean over samples, so its derivative is the mean of these
                products. The ½ in the cost cancels the 2 from the square.

                In words, the change of a weight is proportional to *the input of the weight*, to *the error of the
                answer* and to *the slope of the unit*. The third factor causes the slowdown (T24).
                """,
            Run = Weights,
        },
        new()
        {
            Id = "T19",
            Title = "Sign in its derivation",
            Status = ClaimStatus.Wrong,
            Sources = ["Book exercises I, §3.1, last two lines"],
            Claim = "The derivation ends with (1/n)Σ(y_j − a_j)σ′(z_j)a_k, the opposite of the formula to be shown.",
            Correction =
                "The derivative of (y−a)²/2 with respect to a is a − y. The document forgets the inner derivative, " +
                "−1.",
            Formula = @"\frac{d}{da}\,\frac{(y-a)^2}{2} = (y-a)\cdot(-1) = a-y",
            Derivation = """
                The square is the same for both orders of the difference, but the chain rule brings in the inner
                derivative: $\frac{d}{da}(y-a) = -1$. Without it the gradient has the wrong sign, and descent becomes
                ascent. A single step shows the difference, as the costs below demonstrate.
                """,
            Run = Sign,
        },
        new()
        {
            Id = "T20",
            Title = "Why the sum over outputs collapses",
            Status = ClaimStatus.Correct,
            Sources = ["Book exercises I, §3.1 note"],
            Claim = "The terms of the other outputs vanish, because w_jk occurs only in z_j.",
            Formula = @"\frac{\partial a_i}{\partial w_{jk}} = \frac{\partial a_i}{\partial z_j}\,a_k = \begin{cases} \sigma'(z_j)\,a_k & i = j\\ 0 & i \ne j \end{cases} \quad\text{(sigmoid)}, \qquad = a_i(\delta_{ij}-a_j)\,a_k \quad\text{(softmax)}",
            Derivation = """
                The cost is a sum over outputs. The weight $w_{jk}$ influences it only through $z_j$, and with sigmoid
                outputs $z_j$ influences only $a_j$. All other terms of the sum are constant in $w_{jk}$.

                The second part of this argument is a property of the activation, not of the weights. Softmax divides by
                a sum over the whole layer. There $z_j$ influences every output, no term vanishes, and the whole sum is
                needed (T46). The experiment changes one weight in a network of each kind. With sigmoid outputs the
                other output stays the same to the last bit; with softmax it changes.
                """,
            Run = OtherOutputs,
        },
    ];

    private static void Weights(Findings findings)
    {
        GivenNetwork unit = Two.Network(Cost.Quadratic);
        Trace trace = unit.Trace(Two.Inputs, Two.Targets);
        findings.Given("unit", "w = (0.3, −0.2), b = 0.1; samples (1, 2) → 1 and (−1, 0.5) → 0");
        findings.Equal("a of both samples", [trace.Outputs(0)[0], trace.Outputs(1)[0]], [0.5, 0.425557483188341]);
        findings.Equal("∂C/∂w", trace.WeightGradient(0), new[,] { { -0.114515531933792, -0.0989922340331038 } });
        findings.Equal("∂C/∂b", trace.BiasGradient(0), [-0.0104844680662076]);
        findings.Equal("C", trace.Cost, 0.107774792874399);
        findings.Equal("C in the plain form", (CostMath.Value(Cost.Quadratic, trace.Outputs(0), [1]) + CostMath.Value(Cost.Quadratic, trace.Outputs(1), [0])) / 2, 0.107774792874399);
        double[] plain = new double[2];
        for (int sample = 0; sample < 2; sample++)
        {
            double[] error = new double[1];
            CostMath.Derivative(Cost.Quadratic, trace.Outputs(sample), [Two.Targets[sample]], error);
            double delta = error[0] * ActivationMath.Derivative(Activation.Sigmoid, trace.WeightedInputs(0, sample)[0]);
            plain[0] += delta * Two.Inputs[2 * sample] / 2;
            plain[1] += delta * Two.Inputs[(2 * sample) + 1] / 2;
        }

        findings.Equal("∂C/∂w in the plain form", plain, [-0.114515531933792, -0.0989922340331038]);
        findings.Equal("w, b after a step of the trainer with η = 1", Descent.Path(unit, Two.Inputs, Two.Targets, Descent.Options(1, 2))[1], [0.3 + 0.114515531933792, -0.2 + 0.0989922340331038, 0.1 + 0.0104844680662076]);
        findings.AtMost("largest relative deviation from central differences", GradientCheck.Run(unit.Options, unit.Parameters, Two.Inputs, Two.Targets).LargestRelativeError, 1e-8);
    }

    private static void Sign(Findings findings)
    {
        const double LearningRate = 0.5;
        GivenNetwork unit = Two.Network(Cost.Quadratic), mazur = Mazur.Network(Cost.Quadratic);
        Trace two = unit.Trace(Two.Inputs, Two.Targets), example = mazur.Trace(Mazur.Input, Mazur.Target);
        double[] printed = Printed(two, Two.Inputs, Two.Targets, 2);
        double printedExample = Printed(example, example.Activations(0), [Mazur.Target[0]], 2)[0];
        findings.Equal("∂C/∂w of the two-sample unit", two.WeightGradient(0), new[,] { { -0.114515531933792, -0.0989922340331038 } });
        findings.Equal("∂C/∂w5 of the 2-2-2 example", example.WeightGradient(1)[0, 0], 0.0821670405642308);
        findings.Refuted("∂C/∂w1 with the printed sign", printed[0], 0.114515531933792, two.WeightGradient(0)[0, 0]);
        findings.Refuted("∂C/∂w5 of the 2-2-2 example with the printed sign", printedExample, -0.0821670405642308, example.WeightGradient(1)[0, 0]);
        double right = Descent.Train(unit, Two.Inputs, Two.Targets, Descent.Options(LearningRate, 2)) is { Parameters: var after }
            ? (unit with { Parameters = after }).Trace(Two.Inputs, Two.Targets).Cost
            : double.NaN;
        double[] w = [0.3, -0.2];
        UpdateRule.Sgd.Update(LearningRate, w, printed);
        double wrong = unit.With(p => SetWeights(p, w)).Trace(Two.Inputs, Two.Targets).Cost;
        findings.Reported("C before the step, after a step of the trainer, after a step with the printed sign (η = 0.5)", two.Cost, right, wrong);
        findings.Holds("a step of the trainer lowers the cost", right < two.Cost);
        findings.Refuted("a descent step along the printed gradient lowers the cost", $"it raises the cost from {Findings.Text(two.Cost)} to {Findings.Text(wrong)}", wrong > two.Cost);
    }

    /// <summary>The printed (1/n)Σ(y − a)σ′(z)a_k for the first output of the last layer.</summary>
    private static double[] Printed(Trace trace, double[] below, double[] targets, int inputs)
    {
        int output = trace.Multiplications.Forward.Count - 1;
        double[] result = new double[inputs];
        for (int sample = 0; sample < trace.Samples; sample++)
        {
            double slope = ActivationMath.Derivative(Activation.Sigmoid, trace.WeightedInputs(output, sample)[0]);
            for (int k = 0; k < inputs; k++)
            {
                result[k] += (targets[sample] - trace.Outputs(sample)[0]) * slope * below[(sample * inputs) + k] / trace.Samples;
            }
        }

        return result;
    }

    private static void SetWeights(Parameters parameters, double[] w)
    {
        parameters.SetWeight(0, 0, 0, w[0]);
        parameters.SetWeight(0, 0, 1, w[1]);
    }

    private static void OtherOutputs(Findings findings)
    {
        GivenNetwork sigmoid = Mazur.Network(Cost.Quadratic), softmax = Mazur.Network(Cost.LogLikelihood, output: Activation.Softmax);
        findings.Given("experiment", "the 2-2-2 example; w5, from h1 to o1, increases from 0.4 to 0.5");
        findings.Exactly("sigmoid: o2", Outputs(sigmoid, 0.5)[1], Outputs(sigmoid, 0.4)[1]);
        findings.Holds("sigmoid: o1 changes", Outputs(sigmoid, 0.5)[0] != Outputs(sigmoid, 0.4)[0]);
        findings.Reported("softmax: o2 before and after", Outputs(softmax, 0.4)[1], Outputs(softmax, 0.5)[1]);
        findings.AtLeast("softmax: change of o2", Math.Abs(Outputs(softmax, 0.5)[1] - Outputs(softmax, 0.4)[1]), 0.01);
        Trace trace = softmax.Trace(Mazur.Input, [0, 1]);
        double expected = ActivationMath.SoftmaxJacobian(trace.WeightedInputs(1), 1)[1, 0] * trace.Activations(0)[0];
        double[,] slope = NumericJacobian.Of(w => Outputs(softmax, w[0]), [0.4]);
        findings.Equal("softmax: ∂o2/∂w5 by central differences, compared with −a₂a₁h₁", slope[1, 0], expected, 1e-9);
        findings.AtMost("softmax: ∂o2/∂w5, not 0", slope[1, 0], -0.1);
        findings.Exactly("sigmoid: ∂o2/∂w5 by central differences", NumericJacobian.Of(w => Outputs(sigmoid, w[0]), [0.4])[1, 0], 0);

        static double[] Outputs(GivenNetwork network, double w5) => network.With(p => p.SetWeight(1, 0, 0, w5)).Trace(Mazur.Input, [0, 1]).Outputs();
    }
}
