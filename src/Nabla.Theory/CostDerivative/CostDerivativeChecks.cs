using Nabla.Network.Activations;
using Nabla.Network.Costs;
using Nabla.Network.Study;
using Nabla.Theory.Recipes;

namespace Nabla.Theory.CostDerivative;

/// <summary>∂C/∂a of cross-entropy compared with the fused δ = a − y.</summary>
internal static class CostDerivativeChecks
{
    public static IReadOnlyList<Check> Checks { get; } =
    [
        new()
        {
            Id = "T109",
            Title = "Cross-entropy cost_derivative",
            Status = ClaimStatus.Correct,
            Sources = ["Book exercises II, 16"],
            Claim = "For cross-entropy the function cost_derivative returns (1−y)/(1−a) − y/a instead of a − y.",
            Formula = @"\frac{\partial C}{\partial a} = \frac{1-y}{1-a} - \frac{y}{a} = \frac{a-y}{a(1-a)}",
            Derivation = """
                We differentiate $C = -[y\ln a + (1-y)\ln(1-a)]$ term by term: the first term gives $-y/a$, the second
                $+(1-y)/(1-a)$ (the inner derivative of $1-a$ is $-1$). Over the common denominator the numerator is
                $a(1-y) - y(1-a) = a - y$.

                A program that computes $\delta = \partial C/\partial a\cdot\sigma'(z)$ with this derivative is right on
                paper: $\sigma' = a(1-a)$ cancels the denominator.
                """,
            Run = Derivative,
        },
        new()
        {
            Id = "T110",
            Title = "What goes wrong with it",
            Status = ClaimStatus.Correct,
            Sources = ["Book exercises II, 16 correction"],
            Claim = "Near a = 0 or 1 the derivative overflows. δ = a − y avoids this and is cheaper.",
            Formula = @"\delta = \underbrace{\frac{1-y}{1-a}}_{\to\,\infty}\cdot\underbrace{a(1-a)}_{\to\,0} \quad\text{against}\quad \delta = a - y",
            Derivation = """
                In double precision $\sigma(z)$ is exactly 1 from $z \approx 36.74$ on. Then $1-a$ is exactly 0, the
                derivative for $y = 0$ is $1/0 = \infty$, and $\sigma' = a(1-a)$ is exactly 0. Their product is not a
                number, and a single such value turns every weight that it reaches into NaN. This happens just when
                learning is needed most: the unit is saturated and wrong.

                The fused form subtracts two numbers between 0 and 1 and cannot fail. It also saves two divisions and a
                multiplication.
                """,
            Run = Overflow,
        },
        new()
        {
            Id = "T111",
            Title = "\"The problem is that backprop needs a−y\"",
            Status = ClaimStatus.Imprecise,
            Sources = ["Book exercises II, 16"],
            Claim = "The derivative form is a problem because the equations of backpropagation need a − y.",
            Correction = "Both forms give the same δ. The only problem is the division by a(1−a) in finite precision.",
            Formula = @"\frac{\partial C}{\partial a}\,\sigma'(z) = \frac{a-y}{a(1-a)}\cdot a(1-a) = a-y",
            Derivation = """
                Backpropagation needs $\delta = \partial C/\partial z$, however it is computed. The derivative form
                divides by $a(1-a)$ and multiplies by it again. As long as $a(1-a)$ is accurate, this costs only some
                rounding: up to $|z| = 15$ the forms agree to nine digits or more. They differ only when $1-a$ has lost
                all its digits.
                """,
            Run = BothForms,
        },
    ];

    private static double Sigmoid(double z) => ActivationMath.Value(Activation.Sigmoid, z);

    private static double Unfused(double a, double y)
    {
        double[] derivative = new double[1];
        CostMath.Derivative(Cost.CrossEntropy, [a], [y], derivative);
        return derivative[0];
    }

    /// <summary>δ of one sigmoid output with cross-entropy, from the training code.</summary>
    private static double Fused(double z, double y) => Networks.FromWeightedInputs([z], Activation.Sigmoid, Cost.CrossEntropy).Trace([0], [y]).Deltas(0)[0];

    private static void Derivative(Findings findings)
    {
        const double Y = 0.3, A = 0.31, Expected = 0.0467508181393174;
        findings.Given("y, a", Y, A);
        findings.Equal("∂C/∂a", Unfused(A, Y), Expected);
        double z = Math.Log(A / (1 - A));
        findings.Equal("(a−y)/(a(1−a)) as δ/σ′(z) of the library", Fused(z, Y) / ActivationMath.Derivative(Activation.Sigmoid, z), Expected);
        findings.Equal("central difference of the cost", NumericJacobian.Of(a => [CostMath.Value(Cost.CrossEntropy, a, [Y])], [A])[0, 0], Expected, 1e-9);
    }

    private static void Overflow(Findings findings)
    {
        foreach (double z in (double[])[37, 800])
        {
            double a = Sigmoid(z), slope = a * (1 - a);
            findings.Given("z, y", z, 0);
            findings.Exactly($"∂C/∂a at z = {z}", Unfused(a, 0), double.PositiveInfinity);
            findings.Exactly("a(1−a)", slope, 0);
            findings.Holds("the product of the two is not a number", double.IsNaN(Unfused(a, 0) * slope));
            findings.Exactly("fused δ", Fused(z, 0), 1);
        }

        findings.Given("z, y", -800, 1);
        findings.Exactly("∂C/∂a at z = −800", Unfused(Sigmoid(-800), 1), double.NegativeInfinity);
        findings.Exactly("fused δ", Fused(-800, 1), -1);
        TrainFromSaturation(findings);
    }

    /// <summary>
    /// Trains two outputs that are saturated at the wrong end. The input is 0, so only the biases change.
    /// </summary>
    private static void TrainFromSaturation(Findings findings)
    {
        GivenNetwork network = Networks.FromWeightedInputs([800, -800], Activation.Sigmoid, Cost.CrossEntropy);
        var data = new DataSplit(Dataset.FromRows("saturated", new double[1], 1, [1], ["first", "second"]), null, null);
        TrainingResult result = Trainer.Train(network.Options, data, Descent.Options(100, 1, epochs: 20) with { InitialParameters = network.Parameters });
        findings.Given("training from z = (800, −800), y = (0, 1)", "η = 100, 20 steps");
        findings.Exactly("cost of the first step", result.Epochs[0].TrainCost, 1600);
        findings.Equal("cost of steps 2 to 4", [result.Epochs[1].TrainCost, result.Epochs[2].TrainCost, result.Epochs[3].TrainCost], [1400, 1200, 1000]);
        findings.Holds("every cost is a finite number", result.Epochs.All(epoch => double.IsFinite(epoch.TrainCost)));
        findings.AtMost("cost of the last step", result.Epochs[^1].TrainCost, 1e-6);
    }

    private static void BothForms(Findings findings)
    {
        double worst = 0;
        foreach (double y in (double[])[0, 0.3, 1])
        {
            for (int i = -150; i <= 150; i++)
            {
                double z = i / 10.0, fused = Fused(z, y), unfused = Unfused(Sigmoid(z), y) * ActivationMath.Derivative(Activation.Sigmoid, z);
                worst = Math.Max(worst, Math.Abs(unfused - fused) / Math.Abs(fused));
            }
        }

        findings.Given("z; y", "−15 to 15 in steps of 0.1; 0, 0.3, 1");
        findings.AtMost("largest relative difference of ∂C/∂a·σ′(z) and a−y", worst, 1e-9);
        double a = Sigmoid(40), beyond = Unfused(a, 0) * (a * (1 - a));
        findings.Refuted("backpropagation needs the form a−y", $"both forms agree to {Findings.Text(worst)}; the quotient fails only if a(1−a) is 0: at z = 40 it gives {Findings.Text(beyond)}, and a−y gives {Findings.Text(Fused(40, 0))}", worst <= 1e-9 && double.IsNaN(beyond));
    }
}
