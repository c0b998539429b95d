using Nabla.Data.Augmentation;
using Nabla.Network.Study;
using Nabla.Theory.Plots;
using Nabla.Theory.Recipes;

namespace Nabla.Theory.DataExpansion;

/// <summary>Rotated digits: which rotations help, and which make the label wrong.</summary>
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
            Sources = ["Book exercises I, §5", "Book exercises II, 12 correction"],
            Claim = "Expanding the training data by arbitrarily large rotations does harm: a 6 rotated by 180° is a 9.",
            Formula = @"R_{180^\circ} = F_x F_y, \qquad R_{360^\circ} = I",
            Derivation = """
                Expansion works because it shows the network what does not matter: a digit rotated by a few degrees is
                the same digit. A rotation by 180° is a left-right flip and a top-bottom flip. It turns a 6 into a 9 but
                keeps the label 6. Then two samples that look alike have different labels, and no network can satisfy
                both. There is other harm, too: the same weights must also recognise sevens on their side and
                upside-down fours, which no test image shows.

                The experiment trains the same network with the same number of steps on digits rotated at random by up
                to 0°, 15°, … 180°, and tests it on upright digits. A few degrees do no harm. Beyond that the accuracy
                falls, and a growing share of the errors is a 6 taken for a 9 or a 9 for a 6.
                """,
            Run = LargeRotations,
            Plot = () =>
            {
                (double[] accuracies, double[] confused) = AccuracyOverLargestTurn();
                return new Plot
                {
                    Title = "T126: accuracy on upright digits after training on rotated digits",
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
            Sources = ["Book exercises II, 12"],
            Claim = "A large rotation returns the same picture, so the network overfits to it.",
            Correction =
                "Only the full turn returns the same picture, and a repeated sample merely adds no information. The " +
                "damage comes from rotations that make the label wrong.",
            Formula = @"\frac{1}{2n}\sum_{x}\big(\nabla C_x + \nabla C_x\big) = \frac1n\sum_x\nabla C_x",
            Derivation = """
                A rotation by 360° returns every pixel to its place. A rotation by 90°, 180° or 270° gives a different
                picture for every digit. So a large rotation does not, in general, return the same picture.

                Even if it did, nothing would change. If every sample occurs twice in the training set, the mean
                gradient is the same up to rounding, as the formula shows. Repetition changes neither the minimum nor
                the generalisation; it only costs time.

                The damage comes from rotations that make the label wrong. A network trained on upright digits reads
                many of the sixes rotated by 180° as nines, and as pictures they are nines.
                """,
            Run = OntoItself,
            Plot = () =>
            {
                (double[] accuracies, double[] nines) = ReadingOfTurnedDigits();
                return new Plot
                {
                    Title = "T127: rotated digits, read by a network trained on upright digits",
                    X = "rotation in degrees",
                    Y = "share",
                    Curves = [new Curve("all digits read correctly", Turns, accuracies), new Curve("sixes read as nines (6→9)", Turns, nines)],
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
        findings.AtMost("180° compared with both flips, largest difference of a pixel", Difference(half, flipped), 1e-6);
        findings.AtMost("360° compared with the image itself, largest difference of a pixel", Difference(TurnedDigits.Pixels(DistortedImages.Rotate(images, 360)), upright), 1e-6);
        findings.AtMost("twice 180° compared with the image itself, largest difference of a pixel", Difference(TurnedDigits.Pixels(DistortedImages.Rotate(DistortedImages.Rotate(images, 180), 180)), upright), 1e-6);

        (double[] accuracies, double[] confused) = AccuracyOverLargestTurn();
        findings.Given("experiment", $"784-30-10, {TurnedDigits.TrainCount} digits, {TurnedDigits.Epochs} epochs");
        findings.Reported("largest rotation in degrees", LargestTurns);
        findings.Reported("accuracy on upright digits", accuracies);
        findings.Reported("share of 6 and 9 taken for each other", confused);
        findings.AtLeast("loss of accuracy from 15° to 180°", accuracies[1] - accuracies[^1], 0.1);
        findings.Holds("6 and 9 are taken for each other more often at 180° than at 15°", confused[^1] > confused[1]);
    }

    private static void OntoItself(Findings findings)
    {
        (Dataset train, Dataset test) = TurnedDigits.Draw();
        Dataset images = test.Take(50);
        double[] upright = TurnedDigits.Pixels(images);
        double[] moved = [.. new double[] { 90, 180, 270 }.Select(degrees => Mean(TurnedDigits.Pixels(DistortedImages.Rotate(images, degrees)), upright))];
        findings.AtMost("360° compared with the image itself, largest difference of a pixel", Difference(TurnedDigits.Pixels(DistortedImages.Rotate(images, 360)), upright), 1e-6);
        findings.Reported("mean difference of a pixel at 90°, 180°, 270°", moved);
        findings.Refuted("a large rotation returns the same picture", "at 90°, 180° and 270° the mean difference of a pixel is above 0.05", moved.All(difference => difference > 0.05));

        GivenNetwork unit = Two.Network(Cost.CrossEntropy);
        Trace once = unit.Trace(Two.Inputs, Two.Targets), twice = unit.Trace([.. Two.Inputs, .. Two.Inputs], [.. Two.Targets, .. Two.Targets]);
        findings.Equal("∂C/∂w with every sample twice", twice.WeightGradient(0), once.WeightGradient(0), 1e-15);
        findings.Equal("∂C/∂b with every sample twice", twice.BiasGradient(0), once.BiasGradient(0), 1e-15);

        (double[] accuracies, double[] nines) = ReadingOfTurnedDigits();
        findings.Given("experiment", $"784-30-10, trained on {train.Count} upright digits");
        findings.Reported("rotation in degrees", Turns);
        findings.Reported("share of digits read correctly", accuracies);
        findings.Reported("share of sixes read as nines", nines);
        findings.AtLeast("share of sixes read as nines at 180°", nines[6], 0.3);
        findings.AtMost("share of sixes read as nines at 0°", nines[0], 0.1);
        findings.Exactly("share of digits read correctly at 360°", accuracies[^1], accuracies[0]);
    }

    /// <summary>
    /// For each largest rotation in training: the accuracy on upright digits, and the share of 6 and 9 confused.
    /// </summary>
    private static (double[] Accuracies, double[] Confused) AccuracyOverLargestTurn()
    {
        (Dataset train, Dataset test) = TurnedDigits.Draw();
        ClassificationReport[] reports = [.. LargestTurns.Select(largest => TurnedDigits.Report(TurnedDigits.TrainTurned(train, largest), test))];
        return ([.. reports.Select(report => report.Accuracy)], [.. reports.Select(report => (double)TurnedDigits.SixesAndNines(report) / (report.Support[6] + report.Support[9]))]);
    }

    /// <summary>
    /// A network trained on upright digits, tested on rotated ones: accuracy and share of sixes read as nines.
    /// </summary>
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
