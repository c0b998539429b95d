using Nabla.Data;
using Nabla.Diagnosis;
using Nabla.Network;
using Nabla.Network.Activations;
using Nabla.Network.Costs;
using Nabla.Network.Initializers;
using Nabla.Theory.Plots;
using Nabla.Theory.Recipes;
using Nabla.Training;
using Nabla.Training.Optimizers;
using Nabla.Training.Regularization;

namespace Nabla.Theory.Regularisation;

/// <summary>Whole runs under a penalty: L2 from large initial weights, and L1.</summary>
internal static class RegularisedRunChecks
{
    private const int Epochs = 30;
    private const int Samples = 500;

    public static IReadOnlyList<Check> Checks { get; } =
    [
        new()
        {
            Id = "T107",
            Title = "Do the book's runs satisfy (1)–(3)?",
            Status = ClaimStatus.Question,
            Sources = ["004_e3855a7dd8c664cd.txt 14 question", "000_c927b73e9f8ed7a6.txt §8"],
            Claim = "It is asked whether runs from large initial weights first decay by exp(−ηλ/m) an epoch and then tail off; no figures are given.",
            Formula = @"|w| \approx e^{-\eta\lambda t/m}\,|w_0| \text{ at first}, \qquad (1-\eta\lambda/n)^{\lceil n/m\rceil t}\,w_0 \text{ exactly, for an input that is always } 0",
            Derivation = """
                With $\eta = 0.1$, $\lambda = 5$, $m = 10$ an epoch of pure decay keeps 95.1% of a weight, thirty epochs keep 22.3%.
                From 1 down to $1/\sqrt{784}$ pure decay would need 66.6 epochs, down to $1/\sqrt{23820}$ 100.8: more than the book's runs have.

                The experiment is such a run, small: 784-30-10 on 500 drawn digits, weights and biases $N(0,1)$, with $\eta$, $\lambda$ and $m$ as above, so that the decay an epoch is the same.
                Three things are watched: the median of $|w|$ in the hidden layer, the mean of $\sigma'$ over the hidden units, and the weights of pixels that are black in every sample.
                The last obey the law exactly. The median falls by nearly the decay factor at first; then, as the weights shrink, $\sigma'$ comes back, the data answer, and the fall slows down.
                """,
            Run = BookRun,
            Plot = PlotBookRun,
        },
        new()
        {
            Id = "T108",
            Title = "L1",
            Status = ClaimStatus.Correct,
            Sources = ["004_e3855a7dd8c664cd.txt 15"],
            Claim = "L1 adds (λ/n)Σ|w| to the cost and −(ηλ/n)·sgn w to the update; it is to be compared on digits with 30 hidden units (the text says 30 layers).",
            Formula = @"w \leftarrow w - \frac{\eta\lambda}{n}\,\operatorname{sgn} w - \eta\,\frac{\partial C_0}{\partial w}, \qquad \operatorname{sgn} 0 = 0",
            Derivation = """
                The derivative of $|w|$ is the sign of $w$: every weight loses the same amount in a step, where L2 takes the same share. Large weights feel L1 less than L2, small ones more,
                and a weight that the data do not hold goes to zero in finitely many steps.

                Not quite to zero: the last step overshoots, and from then on the weight swings between two values less than $\eta\lambda/n$ away. Exactly at zero it stays,
                because the sign of zero is taken as zero (there the derivative does not exist, and 0 is a fair choice).
                """,
            Run = LawOfL1,
            Plot = PlotL1,
        },
    ];

    /// <summary>What was seen in a run after each epoch, the start included.</summary>
    private sealed record History(IReadOnlyList<double> Median, IReadOnlyList<double> Slope, IReadOnlyList<double> LargestBlackError, int BlackPixels);

    private static History RunFromLargeWeights()
    {
        DataSplit data = DigitRuns.Data(Samples, 0);
        NetworkOptions architecture = DigitRuns.Architecture(30);
        Dataset probed = data.Train.Take(100);
        Parameters start = ParameterInitializer.Draw(architecture, Initializer.Large, Precision.Double, 1);
        int[] black = BlackPixels(data.Train);
        var median = new List<double>();
        var slope = new List<double>();
        var errors = new List<double>();
        double factor = 1, epochFactor = DecayRateChecks.Decayed(0.1, 5.0 / Samples, Samples / 10);
        Look(start);
        TrainingOptions options = DigitRuns.Options(0.1, Epochs) with { L2 = 5, Precision = Precision.Double, InitialParameters = start };
        Trainer.Train(architecture, data, options, new EachEpoch(epoch =>
        {
            factor *= epochFactor;
            Look(epoch.State.Parameters);
        }));
        return new History(median, slope, errors, black.Length);

        void Look(Parameters parameters)
        {
            LayerProbe probe = LayerProbe.Of(architecture, parameters, probed)[0];
            median.Add(probe.MedianWeight);
            slope.Add(probe.MeanDerivative);
            errors.Add(black.Max(pixel => Enumerable.Range(0, 30).Max(unit => Math.Abs((parameters.GetWeight(0, unit, pixel) / start.GetWeight(0, unit, pixel) / factor) - 1))));
        }
    }

    private static int[] BlackPixels(Dataset data)
    {
        double[] largest = new double[data.InputCount], inputs = new double[data.InputCount];
        for (int sample = 0; sample < data.Count; sample++)
        {
            data.CopyInputs(sample, inputs);
            for (int i = 0; i < inputs.Length; i++)
            {
                largest[i] = Math.Max(largest[i], inputs[i]);
            }
        }

        return [.. Enumerable.Range(0, largest.Length).Where(i => largest[i] == 0)];
    }

    private static void BookRun(Findings findings)
    {
        findings.Given("n, m, η, λ", 50_000, 10, 0.1, 5);
        double factor = DecayRateChecks.Decayed(0.1, 5.0 / 50_000, 5000);
        findings.EqualRelative("factor of an epoch", factor, 0.951229186691802, 1e-11);
        findings.EqualRelative("factor of 30 epochs", DecayRateChecks.Decayed(0.1, 5.0 / 50_000, 150_000), 0.223128486667348, 1e-10);
        findings.Equal("epochs of pure decay from 1 to 1/√784", EpochsDownTo(1 / Math.Sqrt(784)), 66.64, 1e-4);
        findings.Equal("to 1/√23820", EpochsDownTo(1 / Math.Sqrt(23_820)), 100.78, 1e-4);

        History history = RunFromLargeWeights();
        double first = history.Median[1] / history.Median[0], last = history.Median[^1] / history.Median[^2];
        findings.Given("run on digits, 784-30-10", $"large initial weights, n = {Samples}, m = 10, η = 0.1, λ = 5, {Epochs} epochs");
        findings.Reported("pixels that are always black", history.BlackPixels);
        findings.Holds("there are such pixels", history.BlackPixels > 0);
        findings.AtMost("largest relative error of (1−ηλ/n)^(n/m·t) for their weights, over all epochs", history.LargestBlackError.Max(), 1e-9);
        findings.Reported("median |w| at the start, after 10, 20, 30 epochs", history.Median[0], history.Median[10], history.Median[20], history.Median[30]);
        findings.Reported("hidden E σ′ at the start, after 10, 20, 30 epochs", history.Slope[0], history.Slope[10], history.Slope[20], history.Slope[30]);
        findings.Equal("factor of the median in the first epoch", first, factor, 0.01);
        findings.AtLeast("factor in the last epoch: the fall has slowed down", last, factor + 0.001);
        findings.AtLeast("median |w| after 30 epochs over the start: above pure decay", history.Median[^1] / history.Median[0], 0.223128486667348);
        findings.AtLeast("E σ′ after 30 epochs over the start: σ′ is back", history.Slope[^1] / history.Slope[0], 2);
    }

    /// <summary>Epochs of 5,000 updates until a weight of 1 has decayed to this.</summary>
    private static double EpochsDownTo(double size)
    {
        var plain = new OptimizerOptions();
        double[] w = [1];
        int steps = 0;
        for (; w[0] > size; steps++)
        {
            Optimizer.Step(plain, 0.1, w, [0], l2: 5.0 / 50_000);
        }

        return steps / 5000.0;
    }

    private static Plot PlotBookRun()
    {
        History history = RunFromLargeWeights();
        return new Plot
        {
            Title = "Large initial weights under decay: η = 0.1, λ = 5, m = 10",
            X = "epoch",
            Y = "over the value at the start",
            LogarithmicY = true,
            Curves =
            [
                Curve.OverSteps("median |w| of the hidden layer", [.. history.Median.Select(value => value / history.Median[0])]),
                Curve.OverSteps("mean σ′ of the hidden units", [.. history.Slope.Select(value => value / history.Slope[0])]),
                Curve.OverSteps("exp(−ηλt/m)", [.. Enumerable.Range(0, Epochs + 1).Select(t => Math.Exp(-0.05 * t))]) with { Style = CurveStyle.Dashed },
            ],
        };
    }

    private static void LawOfL1(Findings findings)
    {
        GivenNetwork unit = Networks.Of(Cost.Quadratic, Networks.Layer(new[,] { { 0.3, -0.2 } }, [0.4], Activation.Linear));
        double[] inputs = [.. Enumerable.Range(0, 200).Select(i => i % 2 == 0 ? 0.5 : 1)], targets = [.. Enumerable.Repeat(0.25, 100)];
        findings.Given("w; ∂C₀/∂w", "(0.3, −0.2); (0.05, 0.1)");
        findings.Given("η, λ, n", 0.5, 2, 100);
        findings.Equal("penalty (λ/n)Σ|w|", Penalty.Value(unit.Parameters, 2, 0, 100), 0.01);
        TrainingOptions options = Descent.Options(0.5, 100) with { L1 = 2 };
        findings.Equal("w, b after a step of the trainer", Descent.Path(unit, inputs, targets, options)[1], [0.265, -0.24, 0.35]);
        double[] momentum = Descent.Path(unit, inputs, targets, options with { Optimizer = new OptimizerOptions { Kind = OptimizerKind.Momentum } })[1];
        findings.Equal("w, b after the first step with momentum", momentum, [0.265, -0.24, 0.35]);
        findings.AtMost("gradient with L1 against differences", GradientCheck.Run(unit.Options, unit.Parameters, inputs, targets, l1: 0.02).LargestRelativeError, 1e-7);

        double[][] path = Shrink([1, -0.025, 0], 6, l1: 0.02, l2: 0);
        findings.Given("no data, ηλ/n = 0.01, w", 1, -0.025, 0);
        findings.Equal("w after 4 steps", path[4], [0.96, -0.005, 0]);
        findings.Equal("the second weight after 3 to 6 steps", [path[3][1], path[4][1], path[5][1], path[6][1]], [0.005, -0.005, 0.005, -0.005]);
        findings.Exactly("the third after 6 steps", path[6][2], 0);

        CompareOnDigits(findings);
    }

    private static void CompareOnDigits(Findings findings)
    {
        DataSplit data = DigitRuns.Data(1000, 500);
        NetworkOptions architecture = DigitRuns.Architecture(30);
        findings.Given("digits, 784-30-10", "1,000 samples, 8 epochs, η = 0.25, m = 10");
        var medians = new List<double>();
        var accuracies = new List<double>();
        double[] lambdas = [0, 0.1, 1, 5];
        foreach (double lambda in lambdas)
        {
            TrainingResult result = Trainer.Train(architecture, data, DigitRuns.Options(0.25, 8) with { L1 = lambda });
            medians.Add(LayerProbe.Of(architecture, result.Parameters, data.Train.Take(10))[0].MedianWeight);
            accuracies.Add(result.Epochs.Max(epoch => epoch.Validation!.Accuracy!.Value));
        }

        findings.Reported("λ", lambdas);
        findings.Reported("best accuracy on 500 validation samples", [.. accuracies]);
        findings.Reported("best λ", lambdas[accuracies.IndexOf(accuracies.Max())]);
        findings.Reported("median |w| of the hidden layer", [.. medians]);
        findings.Holds("the larger λ, the smaller the median |w|", medians.Zip(medians.Skip(1)).All(pair => pair.Second < pair.First));
    }

    private static double[][] Shrink(double[] w, int steps, double l1, double l2)
    {
        var path = new List<double[]> { (double[])[.. w] };
        for (int step = 0; step < steps; step++)
        {
            Optimizer.Step(new OptimizerOptions(), 0.5, w, new double[w.Length], l1: l1, l2: l2);
            path.Add([.. w]);
        }

        return [.. path];
    }

    private static Plot PlotL1()
    {
        double[][] l1 = Shrink([1, 0.4], 150, 0.02, 0), l2 = Shrink([1, 0.4], 150, 0, 0.02);
        return new Plot
        {
            Title = "L1 takes an amount, L2 a share: ηλ/n = 0.01, no data",
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
