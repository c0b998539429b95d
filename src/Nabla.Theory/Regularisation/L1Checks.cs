using Nabla.Network.Study;
using Nabla.Theory.Plots;
using Nabla.Theory.Recipes;
using Nabla.Training.Penalties;

namespace Nabla.Theory.Regularisation;

/// <summary>The L1 penalty.</summary>
internal static class L1Checks
{
    public static IReadOnlyList<Check> Checks { get; } =
    [
        new()
        {
            Id = "T108",
            Title = "L1",
            Status = ClaimStatus.Correct,
            Sources = ["Book exercises II, 15"],
            Claim =
                "L1 adds (λ/n)Σ|w| to the cost and −(ηλ/n)·sgn w to the update. It is to be compared on digits with " +
                "30 hidden units (the text says 30 layers).",
            Formula = @"w \leftarrow w - \frac{\eta\lambda}{n}\,\operatorname{sgn} w - \eta\,\frac{\partial C_0}{\partial w}, \qquad \operatorname{sgn} 0 = 0",
            Derivation = """
                The derivative of $|w|$ is the sign of $w$. In a step L1 reduces every weight by the same amount,
                whereas L2 reduces it by the same fraction. So L1 has a smaller effect than L2 on large weights and a
                larger one on small weights, and a weight without a data gradient reaches the neighbourhood of zero in
                finitely many steps.

                It does not reach zero exactly: the last step overshoots, and then the weight alternates between two
                values less than $\eta\lambda/n$ from zero. A weight that is exactly zero remains zero, because the sign
                of zero is taken as zero (the derivative does not exist there, and 0 is a natural choice).
                """,
            Run = LawOfL1,
            Plot = PlotL1,
        },
    ];

    private static void LawOfL1(Findings findings)
    {
        GivenNetwork unit = Networks.Of(Cost.Quadratic, Networks.Layer(new[,] { { 0.3, -0.2 } }, [0.4], Activation.Linear));
        double[] inputs = [.. Enumerable.Range(0, 200).Select(i => i % 2 == 0 ? 0.5 : 1)], targets = [.. Enumerable.Repeat(0.25, 100)];
        findings.Given("w; ∂C₀/∂w", "(0.3, −0.2); (0.05, 0.1)");
        findings.Given("η, λ, n", 0.5, 2, 100);
        findings.Equal("penalty (λ/n)Σ|w|", Penalty.Value(unit.Parameters, 2, 0, 100), 0.01);
        TrainingOptions options = Descent.Options(0.5, 100) with { L1 = 2 };
        findings.Equal("w, b after a step of the trainer", Descent.Path(unit, inputs, targets, options)[1], [0.265, -0.24, 0.35]);
        double[] momentum = Descent.Path(unit, inputs, targets, options with { Optimizer = new Training.UpdateRules.Momentum() })[1];
        findings.Equal("w, b after the first step with momentum", momentum, [0.265, -0.24, 0.35]);
        findings.AtMost("largest relative deviation of the gradient with L1 from central differences", GradientCheck.Run(unit.Options, unit.Parameters, inputs, targets, l1: 0.02).LargestRelativeError, 1e-7);

        double[][] path = Shrink([1, -0.025, 0], 6, l1: 0.02, l2: 0);
        findings.Given("no data, ηλ/n = 0.01, w", 1, -0.025, 0);
        findings.Equal("w after 4 steps", path[4], [0.96, -0.005, 0]);
        findings.Equal("second weight after 3 to 6 steps", [path[3][1], path[4][1], path[5][1], path[6][1]], [0.005, -0.005, 0.005, -0.005]);
        findings.Equal("third weight after 0 to 6 steps", [.. path.Select(step => step[2])], new double[7], 0);

        CompareOnDigits(findings);
    }

    private static void CompareOnDigits(Findings findings)
    {
        DataSplit data = DigitRuns.Data(1000, 200);
        NetworkOptions architecture = DigitRuns.Architecture(30);
        findings.Given("digits, 784-30-10", "1,000 samples, 5 epochs, η = 0.25, m = 10");
        var small = new List<double>();
        var accuracies = new List<double>();
        double[] lambdas = [0, 0.1, 1, 5];
        foreach (double lambda in lambdas)
        {
            TrainingResult result = Trainer.Train(architecture, data, DigitRuns.Options(0.25, 5) with { L1 = lambda });
            small.Add(ShareBelow(result.Parameters, 0.01));
            accuracies.Add(result.Epochs.Max(epoch => epoch.Validation!.Accuracy!.Value));
        }

        findings.Reported("λ", lambdas);
        findings.Reported("best accuracy on 200 validation samples", [.. accuracies]);
        findings.Reported("best λ", lambdas[accuracies.IndexOf(accuracies.Max())]);
        findings.Reported("share of hidden weights with |w| < 0.01", [.. small]);
        findings.Holds("the share of nearly zero weights increases with λ", small.Zip(small.Skip(1)).All(pair => pair.Second > pair.First));
    }

    private static double ShareBelow(Parameters parameters, double bound)
    {
        int count = 0, units = parameters.UnitsOf(0), inputs = parameters.InputsOf(0);
        for (int unit = 0; unit < units; unit++)
        {
            for (int input = 0; input < inputs; input++)
            {
                count += Math.Abs(parameters.GetWeight(0, unit, input)) < bound ? 1 : 0;
            }
        }

        return (double)count / (units * inputs);
    }

    private static double[][] Shrink(double[] w, int steps, double l1, double l2)
    {
        var path = new List<double[]> { (double[])[.. w] };
        for (int step = 0; step < steps; step++)
        {
            UpdateRule.Sgd.Update(0.5, w, new double[w.Length], l1: l1, l2: l2);
            path.Add([.. w]);
        }

        return [.. path];
    }

    private static Plot PlotL1()
    {
        double[][] l1 = Shrink([1, 0.4], 150, 0.02, 0), l2 = Shrink([1, 0.4], 150, 0, 0.02);
        return new Plot
        {
            Title = "L1 subtracts an amount, L2 a fraction: ηλ/n = 0.01, no data",
            X = "step",
            Y = "w",
            Curves =
            [
                Curve.OverSteps("L1 from 1", [.. l1.Select(w => w[0])]),
                Curve.OverSteps("L1 from 0.4", [.. l1.Select(w => w[1])]),
                Curve.OverSteps("L2 from 1", [.. l2.Select(w => w[0])]) with { Style = CurveStyle.Dashed },
                Curve.OverSteps("L2 from 0.4", [.. l2.Select(w => w[1])]) with { Style = CurveStyle.Dashed },
            ],
        };
    }
}
