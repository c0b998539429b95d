using Nabla.Diagnosis;
using Nabla.Theory.Plots;
using Nabla.Theory.Recipes;

namespace Nabla.Theory.Regularisation;

/// <summary>A whole run from large initial weights with L2.</summary>
internal static class LargeWeightRunChecks
{
    private const int Epochs = 30;
    private const int Samples = 500;
    private const double Rate = 0.5;
    private const double Lambda = 1;

    public static IReadOnlyList<Check> Checks { get; } =
    [
        new()
        {
            Id = "T107",
            Title = "Do the book's runs satisfy (1)–(3)?",
            Status = ClaimStatus.Question,
            Sources = ["Book exercises II, 14 question", "Book exercises I, §8"],
            Claim =
                "The question is whether runs from large initial weights first decay by exp(−ηλ/m) per epoch and " +
                "then tail off. No figures are given.",
            Formula = @"|w| \approx e^{-\eta\lambda t/m}\,|w_0| \text{ at first}, \qquad (1-\eta\lambda/n)^{\lceil n/m\rceil t}\,w_0 \text{ exactly, for an input that is always } 0",
            Derivation = """
                With $\eta = 0.1$, $\lambda = 5$, $m = 10$ an epoch of pure decay keeps 95.1% of a weight, and thirty
                epochs keep 22.3%. From 1 down to $1/\sqrt{784}$ pure decay would need 66.6 epochs, and down to
                $1/\sqrt{23820}$ it would need 100.8. The book's runs are shorter.

                The experiment is a small run of this kind: 784-30-10 on 500 synthetic digits, weights and biases
                $N(0,1)$, $m = 10$, $\eta = 0.5$ and $\lambda = 1$. So $\eta\lambda/m$, and with it the decay per epoch,
                is that of the book. We observe three quantities: the median of $|w|$ in the hidden layer, the mean of
                $\sigma'$ over the hidden units, and the weights of pixels that are black in every sample. The latter
                obey the law exactly through all thirty epochs. At first the median falls by the decay factor, as if
                there were no data. As the weights shrink, $\sigma'$ grows, the data gradient grows with it, and the
                decay slows down. After thirty epochs this has only begun. So the answer to the question is yes for the
                decay, and "not yet" for its end.
                """,
            Run = BookRun,
            Plot = PlotBookRun,
        },
    ];

    /// <summary>Measurements at the start of a run and after each epoch.</summary>
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
        double factor = 1, epochFactor = DecayRateChecks.Decayed(Rate, Lambda / Samples, Samples / 10);
        Look(start);
        TrainingOptions options = DigitRuns.Options(Rate, Epochs) with { L2 = Lambda, Precision = Precision.Double, InitialParameters = start };
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
        findings.EqualRelative("factor per epoch", factor, 0.951229186691802, 1e-11);
        findings.EqualRelative("factor per 30 epochs", Math.Pow(factor, 30), 0.223128486667348, 1e-10);
        findings.Equal("epochs of pure decay from 1 to 1/√784", Math.Log(1 / Math.Sqrt(784)) / Math.Log(factor), 66.64, 1e-4);
        findings.Equal("epochs of pure decay from 1 to 1/√23820", Math.Log(1 / Math.Sqrt(23_820)) / Math.Log(factor), 100.78, 1e-4);

        History history = RunFromLargeWeights();
        double first = history.Median[1] / history.Median[0], last = history.Median[^1] / history.Median[^2];
        findings.Given("run on digits, 784-30-10", $"large initial weights, n = {Samples}, m = 10, η = 0.5, λ = 1, {Epochs} epochs; ηλ/m as above");
        findings.Reported("number of pixels that are always black", history.BlackPixels);
        findings.Holds("some pixels are always black", history.BlackPixels > 0);
        findings.AtMost("largest relative error of (1−ηλ/n)^(n/m·t) for the weights of these pixels, over all epochs", history.LargestBlackError.Max(), 1e-9);
        findings.Reported("median |w| at the start, after 10, 20, 30 epochs", history.Median[0], history.Median[10], history.Median[20], history.Median[30]);
        findings.Reported("mean hidden σ′ at the start, after 10, 20, 30 epochs", history.Slope[0], history.Slope[10], history.Slope[20], history.Slope[30]);
        findings.Equal("factor of the median |w| in the first epoch", first, factor, 0.01);
        findings.AtLeast("factor of the median |w| in the last epoch: the decay has slowed down", last, factor + 0.005);
        findings.AtLeast("median |w| after 30 epochs divided by that at the start: above the 0.2231 of pure decay", history.Median[^1] / history.Median[0], 0.23);
        findings.AtLeast("mean hidden σ′ after 30 epochs divided by that at the start: σ′ recovers", history.Slope[^1] / history.Slope[0], 1.5);
    }

    private static Plot PlotBookRun()
    {
        History history = RunFromLargeWeights();
        return new Plot
        {
            Title = "Large initial weights with decay, ηλ/m = 0.05",
            X = "epoch",
            Y = "relative to the start",
            LogarithmicY = true,
            Curves =
            [
                Curve.OverSteps("median |w| of the hidden layer", [.. history.Median.Select(value => value / history.Median[0])]),
                Curve.OverSteps("mean σ′ of the hidden units", [.. history.Slope.Select(value => value / history.Slope[0])]),
                Curve.OverSteps("exp(−ηλt/m)", [.. Enumerable.Range(0, Epochs + 1).Select(t => Math.Exp(-0.05 * t))]) with { Style = CurveStyle.Dashed },
            ],
        };
    }
}
