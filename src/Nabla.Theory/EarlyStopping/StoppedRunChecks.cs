using Nabla.Theory.Plots;
using Nabla.Theory.Recipes;
using Rules = Nabla.Training.Stopping.EarlyStopping;

namespace Nabla.Theory.EarlyStopping;

/// <summary>The rules in runs of the trainer, and the weights that are kept after the stop.</summary>
internal static class StoppedRunChecks
{
    private const int Patience = 10;

    public static IReadOnlyList<Check> SlopeChecks { get; } =
    [
        new()
        {
            Id = "T115",
            Title = "Watching the slope of the accuracy curve",
            Status = ClaimStatus.Question,
            Sources = ["Book exercises II, 18"],
            Claim =
                "Stop when the derivative of the accuracy becomes small. The difficulty is that the accuracy is " +
                "discrete.",
            Formula = @"a_{t+1} - a_t \in \tfrac{1}{n_{val}}\,\mathbb Z",
            Derivation = """
                An accuracy is a quotient of counts. With 100 validation samples it changes in steps of one hundredth,
                and two equal successive values are common long before learning is over. A rule that waits for a
                vanishing difference takes the first such pair for the end.

                The cost on the same samples is a real number that changes with every weight. Two epochs hardly ever
                have the same cost, and its slope shows progress even before any sample changes its class. Therefore the
                library can watch the cost instead of the accuracy.
                """,
            Run = Slope,
        },
    ];

    public static IReadOnlyList<Check> Checks { get; } =
    [
        new()
        {
            Id = "T117",
            Title = "Two rules on three runs",
            Status = ClaimStatus.Question,
            Sources = ["Book exercises II, 18"],
            Claim =
                "The document asks for an experiment and gives no figures: compare the two rules on the same three " +
                "runs.",
            Formula = @"\text{best: } n \text{ epochs without a new best}, \qquad \text{average: } \sum\text{last } n \le \sum n \text{ before}",
            Derivation = """
                The order of the samples, the initial weights and every step are the same for both rules. So up to the
                earlier stop the two runs agree to the last bit, and the later one only continues. The rules can differ
                in the number of epochs and in whether they meet a better epoch in this time. Both keep the weights of
                the best epoch they saw, not those of the last.

                These are three small runs on synthetic digits, with a tenth of the samples for validation. The results
                are reported and not judged: on other data the other rule may be better.
                """,
            Run = ThreeRuns,
            Plot = PlotThreeRuns,
        },
        new()
        {
            Id = "T118",
            Title = "What to keep after stopping",
            Status = ClaimStatus.Question,
            Sources = ["Book exercises II, 17", "Book exercises II, 18"],
            Claim = "The document leaves open which weights are the result after the run has stopped.",
            Formula = @"w_{\text{kept}} = w_{t^*}, \qquad t^* = \min\{t : a_t = \max_s a_s\}",
            Derivation = """
                When no-improvement-in-n stops a run, the last n epochs were by definition no better than the one before
                them. To keep the last weights would ignore the reason for stopping. The library keeps the weights of
                the best epoch, and of the first one if several are tied: later ones have trained longer for the same
                validation accuracy, so they are fitted more closely to the training samples.
                """,
            Run = Kept,
        },
    ];

    private static void Slope(Findings findings)
    {
        const int Validation = 100, Epochs = 20;
        DataSplit data = DigitRuns.Data(400, Validation, seed: 5);
        NetworkOptions architecture = DigitRuns.Architecture(15);
        IReadOnlyList<EpochCompleted> epochs = Trainer.Train(architecture, data, DigitRuns.Options(0.25, Epochs)).Epochs;
        double[] accuracies = [.. epochs.Select(epoch => epoch.Validation!.Accuracy!.Value)], costs = [.. epochs.Select(epoch => epoch.Validation!.Cost)];
        findings.Given("digits, 784-15-10", $"400 samples, {Validation} for validation, {Epochs} epochs");
        findings.Reported("accuracy of each epoch", accuracies);
        findings.Reported("cost of each epoch", costs);
        findings.Equal("accuracy × 100 of each epoch is an integer", [.. accuracies.Select(a => Math.Round(a * Validation))], [.. epochs.Select(epoch => (double)epoch.Validation!.Correct!.Value)]);
        int flat = FirstEqualNeighbours(accuracies), best = Rules.BestEpoch(accuracies);
        findings.Holds("two successive accuracies are equal", flat > 0);
        findings.Reported("a rule on differences of the accuracy stops after epoch", flat);
        findings.Reported("best epoch, its accuracy and the accuracy at the stop", best, accuracies[best - 1], accuracies[Math.Max(flat, 1) - 1]);
        findings.Holds("the stop comes before the best epoch", flat < best);
        findings.Equal("epoch at which successive costs are equal (0: never)", FirstEqualNeighbours(costs), 0);
        findings.AtMost("cost of the best epoch divided by the cost at the stop", costs[best - 1] / costs[Math.Max(flat, 1) - 1], 0.99);

        double[] negated = [.. costs.Select(cost => -cost)];
        TrainingResult byAccuracy = Stopped(EarlyStoppingMetric.Accuracy), byCost = Stopped(EarlyStoppingMetric.Cost);
        findings.Equal("trainer with patience 1: stop by accuracy and by cost after epoch", [byAccuracy.EpochsDone, byCost.EpochsDone], [FirstStop(accuracies), FirstStop(negated)]);
        findings.Holds("with the cost the same rule stops later", byCost.EpochsDone > byAccuracy.EpochsDone);

        TrainingResult Stopped(EarlyStoppingMetric metric) => Trainer.Train(
            architecture, data, DigitRuns.Options(0.25, Epochs) with { EarlyStopping = new EarlyStoppingOptions { Patience = 1, Metric = metric } });

        static double FirstStop(double[] metrics) => PublishedConditions.Library(metrics, 1, EarlyStoppingRule.Best) ?? Epochs;
    }

    /// <summary>
    /// The second of the first two successive epochs with the same value, 1-based; 0 if there are none.
    /// </summary>
    private static int FirstEqualNeighbours(double[] values)
    {
        for (int i = 1; i < values.Length; i++)
        {
            if (values[i] == values[i - 1])
            {
                return i + 1;
            }
        }

        return 0;
    }

    private static TrainingResult Run(DataSplit data, ulong seed, EarlyStoppingRule rule, Action<EpochCompleted>? look = null) => Trainer.Train(
        DigitRuns.Architecture(10),
        data,
        DigitRuns.Options(0.5, 80, seed) with { EarlyStopping = new EarlyStoppingOptions { Patience = Patience, Rule = rule } },
        new EachEpoch(look ?? (_ => { })));

    private static double[] Counts(TrainingResult result) => [.. result.Epochs.Select(epoch => (double)epoch.Validation!.Correct!.Value)];

    private static void ThreeRuns(Findings findings)
    {
        findings.Given("digits, 784-10-10", "360 samples, 40 for validation, η = 0.5, m = 10");
        for (ulong seed = 1; seed <= 3; seed++)
        {
            DataSplit data = DigitRuns.Data(360, 40, seed);
            TrainingResult best = Run(data, seed, EarlyStoppingRule.Best), average = Run(data, seed, EarlyStoppingRule.Average);
            double[] shorter = Counts(best), longer = Counts(average);
            (shorter, longer) = shorter.Length <= longer.Length ? (shorter, longer) : (longer, shorter);
            findings.Reported($"run {seed}, no-improvement-in-10: epochs, best epoch, accuracy", best.EpochsDone, best.BestEpoch, Counts(best).Max() / 40);
            findings.Reported($"run {seed}, average-10: epochs, best epoch, accuracy", average.EpochsDone, average.BestEpoch, Counts(average).Max() / 40);
            findings.Holds($"run {seed}: the shorter run is the beginning of the longer", longer.AsSpan(0, shorter.Length).SequenceEqual(shorter));
            findings.Holds($"run {seed}: each rule stopped its run", best.StoppedBy == StopReason.EarlyStop && average.StoppedBy == StopReason.EarlyStop);
            double bestStop = PublishedConditions.Library(longer, Patience, EarlyStoppingRule.Best) ?? 0;
            findings.Equal($"run {seed}: the trainer stops after epoch", [best.EpochsDone, average.EpochsDone], [bestStop, PublishedConditions.Library(Counts(average), Patience, EarlyStoppingRule.Average) ?? 0]);
            findings.Equal($"run {seed}: right answers of the kept weights", [RightAnswers(best, data), RightAnswers(average, data)], [Counts(best).Max(), Counts(average).Max()]);
        }
    }

    private static double RightAnswers(TrainingResult result, DataSplit data) =>
        Evaluator.Evaluate(result.Architecture, result.Parameters, data.Validation!, threads: 1).Correct!.Value;

    private static Plot PlotThreeRuns()
    {
        var curves = new List<Curve>();
        var bestStops = new List<(double Epoch, double Accuracy)>();
        var averageStops = new List<(double Epoch, double Accuracy)>();
        for (ulong seed = 1; seed <= 3; seed++)
        {
            DataSplit data = DigitRuns.Data(360, 40, seed);
            TrainingResult best = Run(data, seed, EarlyStoppingRule.Best), average = Run(data, seed, EarlyStoppingRule.Average);
            double[] longer = [.. Counts(best.EpochsDone > average.EpochsDone ? best : average).Select(count => count / 40)];
            curves.Add(Curve.OverSteps($"run {seed}", longer, first: 1));
            bestStops.Add((best.EpochsDone, longer[best.EpochsDone - 1]));
            averageStops.Add((average.EpochsDone, longer[average.EpochsDone - 1]));
        }

        curves.Add(Stops("stop by no-improvement-in-10", bestStops));
        curves.Add(Stops("stop by average-10", averageStops));
        return new Plot { Title = "Two rules on the same three runs", X = "epoch", Y = "accuracy on 40 validation samples", Curves = curves };

        static Curve Stops(string name, List<(double Epoch, double Accuracy)> stops)
        {
            (double Epoch, double Accuracy)[] ordered = [.. stops.OrderBy(stop => stop.Epoch)];
            return new Curve(name, [.. ordered.Select(stop => stop.Epoch)], [.. ordered.Select(stop => stop.Accuracy)], CurveStyle.Points);
        }
    }

    private static void Kept(Findings findings)
    {
        findings.Given("accuracies", BestRuleChecks.Climb);
        int stop = PublishedConditions.Library(BestRuleChecks.Climb, 4, EarlyStoppingRule.Best) ?? 0;
        findings.Equal("n = 4: stop after epoch; best epoch", [stop, Rules.BestEpoch(BestRuleChecks.Climb.AsSpan(0, stop))], [13, 9]);

        DataSplit data = DigitRuns.Data(360, 40, seed: 3);
        var weights = new List<Parameters>();
        TrainingResult result = Run(data, 3, EarlyStoppingRule.Best, epoch => weights.Add(epoch.State.Parameters.Clone()));
        double[] counts = Counts(result);
        int first = Array.IndexOf(counts, counts.Max()) + 1;
        findings.Given("a run on digits, n = 10", "360 samples, 40 for validation");
        findings.Reported("right answers of each epoch", counts);
        findings.Equal("kept epoch, the first with the most right answers", result.KeptEpoch, first);
        findings.Holds("the kept weights are those of this epoch, bit for bit", Same(result.Parameters, weights[first - 1]));
        findings.Holds("the kept weights are not those of the last epoch", !Same(result.Parameters, weights[^1]));
        findings.Holds("a later epoch is tied with the first best", Array.LastIndexOf(counts, counts.Max()) + 1 > first);
    }

    private static bool Same(Parameters a, Parameters b)
    {
        for (int layer = 0; layer < a.LayerCount; layer++)
        {
            for (int unit = 0; unit < a.UnitsOf(layer); unit++)
            {
                for (int input = 0; input < a.InputsOf(layer); input++)
                {
                    if (a.GetWeight(layer, unit, input) != b.GetWeight(layer, unit, input))
                    {
                        return false;
                    }
                }

                if (a.GetBias(layer, unit) != b.GetBias(layer, unit))
                {
                    return false;
                }
            }
        }

        return true;
    }
}
