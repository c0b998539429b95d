using Nabla.Data;
using Nabla.Data.Augmentation;
using Nabla.Network;
using Nabla.Network.Costs;
using Nabla.Theory.Plots;
using Nabla.Theory.Recipes;
using Nabla.Training.Measures;

namespace Nabla.Theory.DataExpansion;

/// <summary>Turned digits: which turns add information, and which take the label away.</summary>
internal static class RotationChecks
{
    private static readonly double[] LargestTurns = [0, 15, 45, 90, 180];
    private static readonly double[] Turns = [.. Enumerable.Range(0, 13).Select(i => 30.0 * i)];

    public static IReadOnlyList<Check> Checks { get; } =
    [
        new()
        {
            Id = "T126",
            Title = "Arbitrarily large rotations",
            Status = ClaimStatus.Question,
            Sources = ["000_c927b73e9f8ed7a6.txt §5", "004_e3855a7dd8c664cd.txt 12 correction"],
            Claim = "Expanding the training data by arbitrarily large rotations does harm: a 6 turned by 180° is a 9.",
            Formula = @"R_{180^\circ} = F_x F_y, \qquad R_{360^\circ} = I",
            Derivation = """
                Expansion works because it tells the network what does not matter: a digit turned by a few degrees is the same digit. Turned by 180°, by
                a flip left to right and a flip top to bottom, a 6 has become a 9 but keeps the label 6. Now two samples that look alike have different
                labels, and no network can satisfy both. The rest of the harm is quieter: the same weights must also recognise sevens lying on their
                side and fours standing on their head, which no test image shows.

                The experiment gives the same network the same number of updates, on digits turned at random by up to 0°, 15°, … 180°, and tests it
                on upright ones. A few degrees do no harm; from there on the accuracy falls, and ever more of the errors are a 6 taken for a 9 or a 9
                for a 6.
                """,
            Run = LargeRotations,
            Plot = () =>
            {
                (double[] accuracies, double[] confused) = AccuracyOverLargestTurn();
                return new Plot
                {
                    Title = "T126: accuracy on upright digits after training on turned ones",
                    X = "largest rotation in degrees",
                    Y = "share",
                    Curves = [new Curve("accuracy", LargestTurns, accuracies), new Curve("6 and 9 taken for each other (6↔9)", LargestTurns, confused)],
                };
            },
        },
        new()
        {
            Id = "T127",
            Title = "\"It maps onto itself and overfits\"",
            Status = ClaimStatus.Imprecise,
            Sources = ["004_e3855a7dd8c664cd.txt 12"],
            Claim = "A large rotation returns the same picture, so that the network overfits to it.",
            Correction = "Only the full turn returns the picture, and a repeated sample is merely no new information. The damage comes from rotations that change what the label should be.",
            Formula = @"\frac{1}{2n}\sum_{x}\big(\nabla C_x + \nabla C_x\big) = \frac1n\sum_x\nabla C_x",
            Derivation = """
                Turn a picture by 360° and every pixel is back in its place. Turn it by 90°, 180° or 270° and it is another picture, whatever the digit.
                So a large rotation does not, in general, give the same picture again.

                And if it did, nothing would happen: with every sample twice in the training set the mean gradient is the same to the last digits, as the
                formula says. Repetition changes neither where the minimum lies nor how it generalises; it only costs time.

                What hurts is a turn that makes the label wrong. A network that was trained on upright digits and is then shown sixes turned by 180°
                reads a good part of them as nines: for it, that is what they are.
                """,
            Run = OntoItself,
            Plot = () =>
            {
                (double[] accuracies, double[] nines) = ReadingOfTurnedDigits();
                return new Plot
                {
                    Title = "T127: turned digits, read by a network that was trained on upright ones",
                    X = "rotation in degrees",
                    Y = "share",
                    Curves = [new Curve("all digits read right", Turns, accuracies), new Curve("sixes read as nines (6→9)", Turns, nines)],
                };
            },
        },
    ];

    private static void LargeRotations(Findings findings)
    {
        Dataset images = TurnedDigits.Draw().Test.Take(50);
        double[] upright = TurnedDigits.Pixels(images), half = TurnedDigits.Pixels(DistortedImages.Rotate(images, 180));
        double[] flipped = [.. Enumerable.Range(0, upright.Length).Select(i => upright[(i / 784 * 784) + 783 - (i % 784)])];
        findings.Given("images", "50 digits");
        findings.AtMost("180° against both flips, largest difference of a pixel", Difference(half, flipped), 1e-6);
        findings.AtMost("360° against the image itself", Difference(TurnedDigits.Pixels(DistortedImages.Rotate(images, 360)), upright), 1e-6);
        findings.AtMost("twice 180° against the image itself", Difference(TurnedDigits.Pixels(DistortedImages.Rotate(DistortedImages.Rotate(images, 180), 180)), upright), 1e-6);

        (double[] accuracies, double[] confused) = AccuracyOverLargestTurn();
        findings.Given("experiment", $"784-30-10, {TurnedDigits.TrainCount} digits, {TurnedDigits.Epochs} epochs");
        findings.Reported("largest rotation", LargestTurns);
        findings.Reported("accuracy on upright digits", accuracies);
        findings.Reported("share of 6 and 9 taken for each other", confused);
        findings.AtLeast("accuracy lost from 15° to 180°", accuracies[1] - accuracies[^1], 0.1);
        findings.Holds("6 and 9 are taken for each other more often at 180° than at 15°", confused[^1] > confused[1]);
    }

    private static void OntoItself(Findings findings)
    {
        (Dataset train, Dataset test) = TurnedDigits.Draw();
        Dataset images = test.Take(50);
        double[] upright = TurnedDigits.Pixels(images);
        double[] moved = [.. new double[] { 90, 180, 270 }.Select(degrees => Mean(TurnedDigits.Pixels(DistortedImages.Rotate(images, degrees)), upright))];
        findings.AtMost("360° against the image itself, largest difference of a pixel", Difference(TurnedDigits.Pixels(DistortedImages.Rotate(images, 360)), upright), 1e-6);
        findings.Reported("mean difference of a pixel at 90°, 180°, 270°", moved);
        findings.Refuted("A large rotation returns the same picture", "at 90°, 180° and 270° the pixels differ by more than 0.05 in the mean", moved.All(difference => difference > 0.05));

        GivenNetwork unit = Two.Network(Cost.CrossEntropy);
        Trace once = unit.Trace(Two.Inputs, Two.Targets), twice = unit.Trace([.. Two.Inputs, .. Two.Inputs], [.. Two.Targets, .. Two.Targets]);
        findings.Equal("∂C/∂w with every sample twice", twice.WeightGradient(0), once.WeightGradient(0), 1e-15);
        findings.Equal("∂C/∂b with every sample twice", twice.BiasGradient(0), once.BiasGradient(0), 1e-15);

        (double[] accuracies, double[] nines) = ReadingOfTurnedDigits();
        findings.Given("experiment", $"784-30-10, trained on {train.Count} upright digits");
        findings.Reported("rotation", Turns);
        findings.Reported("digits read right", accuracies);
        findings.Reported("sixes read as nines", nines);
        findings.AtLeast("sixes read as nines at 180°", nines[6], 0.3);
        findings.AtMost("sixes read as nines at 0°", nines[0], 0.1);
        findings.Exactly("digits read right at 360°", accuracies[^1], accuracies[0]);
    }

    /// <summary>The accuracy on upright digits, and the share of 6 and 9 taken for each other, by the largest rotation in training.</summary>
    private static (double[] Accuracies, double[] Confused) AccuracyOverLargestTurn()
    {
        (Dataset train, Dataset test) = TurnedDigits.Draw();
        ClassificationReport[] reports = [.. LargestTurns.Select(largest => TurnedDigits.Report(TurnedDigits.TrainTurned(train, largest), test))];
        return ([.. reports.Select(report => report.Accuracy)], [.. reports.Select(report => (double)TurnedDigits.SixesAndNines(report) / (report.Support[6] + report.Support[9]))]);
    }

    /// <summary>What a network trained on upright digits makes of turned ones: the accuracy, and the share of sixes that it reads as nines.</summary>
    private static (double[] Accuracies, double[] Nines) ReadingOfTurnedDigits()
    {
        (Dataset train, Dataset test) = TurnedDigits.Draw();
        Parameters parameters = TurnedDigits.TrainTurned(train, 0);
        ClassificationReport[] reports = [.. Turns.Select(degrees => TurnedDigits.Report(parameters, DistortedImages.Rotate(test, degrees)))];
        return ([.. reports.Select(report => report.Accuracy)], [.. reports.Select(report => (double)report.Confusion[6, 9] / report.Support[6])]);
    }

    private static double Difference(double[] a, double[] b) => a.Zip(b, (x, y) => Math.Abs(x - y)).Max();

    private static double Mean(double[] a, double[] b) => a.Zip(b, (x, y) => Math.Abs(x - y)).Average();
}
