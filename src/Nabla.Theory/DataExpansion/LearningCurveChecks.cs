using Nabla.Data;
using Nabla.Data.Synthetic;
using Nabla.Diagnosis;
using Nabla.Network;
using Nabla.Theory.Plots;
using Nabla.Training;
using Nabla.Training.Measures;

namespace Nabla.Theory.DataExpansion;

/// <summary>How accuracy grows with the number of training samples.</summary>
internal static class LearningCurveChecks
{
    private const int Updates = 800;
    private static readonly double[] Sizes = [50, 100, 200, 400, 800, 1600];

    public static IReadOnlyList<Check> Checks { get; } =
    [
        new()
        {
            Id = "T129",
            Title = "Asymptotic efficiency",
            Status = ClaimStatus.Question,
            Sources = ["000_c927b73e9f8ed7a6.txt §6"],
            Claim = "How does the accuracy behave when the training data grow without limit? (The document only gives a link.)",
            Formula = @"\mathrm{acc}(n) \approx A - B\,n^{-C}",
            Derivation = """
                Double the data, and a fixed share of what is left to gain is gained: that is what the power law $A - Bn^{-C}$ says, since
                $(2n)^{-C} = 2^{-C}n^{-C}$. Learning curves follow it remarkably often. $A$ is the accuracy of endless data, for this network and this
                training; $C$ tells how dear the next gain is. With $C = \frac12$ half the gap costs four times the data.

                The fit is honest work for three numbers: for a given $C$ the best $A$ and $B$ are a linear regression on $n^{-C}$, so only $C$ has to be
                searched. From exact points the fit gives back the numbers that made them. On measured points it must be read with care: a curve
                through six points between 50 and 1,600 samples says what 3,200 would bring, not what a million would.
                """,
            Run = GrowthWithData,
            Plot = () =>
            {
                double[] accuracies = AccuraciesBySize();
                LearningCurve curve = LearningCurve.Fit(Sizes, accuracies);
                double[] fine = [.. Enumerable.Range(0, 61).Select(i => 50 * Math.Pow(2, i / 10.0))];
                return new Plot
                {
                    Title = "T129: accuracy over the number of training samples",
                    X = "training samples",
                    Y = "accuracy on other samples",
                    LogarithmicX = true,
                    Curves = [new Curve("A − B·n^−C, fitted", fine, [.. fine.Select(curve.At)]), new Curve("measured on digits", Sizes, accuracies, CurveStyle.Points)],
                };
            },
        },
    ];

    private static void GrowthWithData(Findings findings)
    {
        double[] sizes = [100, 200, 400, 800, 1600, 3200, 6400];
        LearningCurve exact = LearningCurve.Fit(sizes, [.. sizes.Select(n => 0.98 - (0.8 / Math.Sqrt(n)))]);
        findings.Given("exact points", "0.98 − 0.8/√n for n = 100, 200, … 6400");
        findings.Equal("A, B, C of their fit", [exact.Limit, exact.Gap, exact.Exponent], [0.98, 0.8, 0.5], 1e-6);

        double[] accuracies = AccuraciesBySize();
        LearningCurve curve = LearningCurve.Fit(Sizes, accuracies);
        findings.Given("experiment", $"784-30-10, {Updates} mini-batches of 10 whatever the number of samples, 1,000 others to test");
        findings.Reported("training samples", Sizes);
        findings.Reported("accuracy", accuracies);
        findings.Reported("A, B, C of the fit", curve.Limit, curve.Gap, curve.Exponent);
        findings.Reported("what the fit says of 3,200 samples", curve.At(3200));
        findings.AtMost("root of the mean squared distance from the fit", curve.RootMeanSquaredError, 0.02);
        findings.AtLeast("accuracy gained from 50 to 1,600 samples", accuracies[^1] - accuracies[0], 0.1);
        findings.Holds("no doubling of the data loses more than three points", Enumerable.Range(1, Sizes.Length - 1).All(i => accuracies[i] > accuracies[i - 1] - 0.03));
    }

    private static double[] AccuraciesBySize()
    {
        Dataset digits = Digits.Generate(2600, seed: 5), test = digits.Slice(1600, 1000);
        NetworkOptions network = TurnedDigits.Network(10);
        return [.. Sizes.Select(size =>
        {
            var data = new DataSplit(digits.Take((int)size), null, null);
            Parameters parameters = Trainer.Train(network, data, TurnedDigits.Options(Updates * 10 / (int)size)).Parameters;
            return Evaluator.Evaluate(network, parameters, test, threads: 1).Accuracy!.Value;
        })];
    }
}
