using Nabla.Data.Synthetic;
using Nabla.Diagnosis;
using Nabla.Theory.Plots;

namespace Nabla.Theory.DataExpansion;

/// <summary>The growth of the accuracy with the number of training samples.</summary>
internal static class LearningCurveChecks
{
    private const int Steps = 800;
    private static readonly double[] Sizes = [50, 100, 200, 400, 800, 1600];

    public static IReadOnlyList<Check> Checks { get; } =
    [
        new()
        {
            Id = "T129",
            Title = "Asymptotic efficiency",
            Status = ClaimStatus.Question,
            Sources = ["Book exercises I, §6"],
            Claim = "How does the accuracy behave when the training data grow without limit? (The document only gives a link.)",
            Formula = @"\mathrm{acc}(n) \approx A - B\,n^{-C}",
            Derivation = """
                By the power law $A - Bn^{-C}$ twice the data closes a fixed fraction of the remaining gap, since
                $(2n)^{-C} = 2^{-C}n^{-C}$. Learning curves often follow it remarkably well. $A$ is the accuracy for
                unlimited data with this network and this training, and $C$ determines the price of further gains. With
                $C = \frac12$, half the gap needs four times the data.

                The fit has three parameters. For a given $C$ the best $A$ and $B$ are a linear regression on $n^{-C}$,
                so only $C$ has to be searched. From exact points the fit recovers the numbers that made them. On
                measured points it must be read with care: a curve through six points between 50 and 1,600 samples
                predicts the accuracy for 3,200 samples, not for a million.
                """,
            Run = GrowthWithData,
            Plot = () =>
            {
                double[] accuracies = AccuraciesBySize();
                LearningCurve curve = LearningCurve.Fit(Sizes, accuracies);
                double[] fine = [.. Enumerable.Range(0, 61).Select(i => 50 * Math.Pow(2, i / 10.0))];
                return new Plot
                {
                    Title = "T129: accuracy as a function of the number of training samples",
                    X = "training samples",
                    Y = "accuracy on test samples",
                    LogarithmicX = true,
                    Curves = [new Curve("fit A − B·n^−C", fine, [.. fine.Select(curve.At)]), new Curve("measured on digits", Sizes, accuracies, CurveStyle.Points)],
                };
            },
        },
    ];

    private static void GrowthWithData(Findings findings)
    {
        double[] sizes = [100, 200, 400, 800, 1600, 3200, 6400];
        LearningCurve exact = LearningCurve.Fit(sizes, [.. sizes.Select(n => 0.98 - (0.8 / Math.Sqrt(n)))]);
        findings.Given("exact points", "0.98 − 0.8/√n for n = 100, 200, … 6400");
        findings.Equal("A, B, C of the fit to exact points", [exact.Limit, exact.Gap, exact.Exponent], [0.98, 0.8, 0.5], 1e-6);

        double[] accuracies = AccuraciesBySize();
        LearningCurve curve = LearningCurve.Fit(Sizes, accuracies);
        findings.Given("experiment", $"784-30-10, {Steps} mini-batches of 10 for every number of samples, 1,000 test samples");
        findings.Reported("training samples", Sizes);
        findings.Reported("accuracy", accuracies);
        findings.Reported("A, B, C of the fit", curve.Limit, curve.Gap, curve.Exponent);
        findings.Reported("accuracy predicted by the fit for 3,200 samples", curve.At(3200));
        findings.AtMost("root mean square deviation from the fit", curve.RootMeanSquaredError, 0.02);
        findings.AtLeast("accuracy gained from 50 to 1,600 samples", accuracies[^1] - accuracies[0], 0.1);
        findings.Holds("no doubling of the data loses more than three percentage points", Enumerable.Range(1, Sizes.Length - 1).All(i => accuracies[i] > accuracies[i - 1] - 0.03));
    }

    private static double[] AccuraciesBySize()
    {
        Dataset digits = Digits.Generate(2600, seed: 5), test = digits.Slice(1600, 1000);
        NetworkOptions network = TurnedDigits.Network(10);
        return [.. Sizes.Select(size =>
        {
            var data = new DataSplit(digits.Take((int)size), null, null);
            Parameters parameters = Trainer.Train(network, data, TurnedDigits.Options(Steps * 10 / (int)size)).Parameters;
            return Evaluator.Evaluate(network, parameters, test, threads: 1).Accuracy!.Value;
        })];
    }
}
