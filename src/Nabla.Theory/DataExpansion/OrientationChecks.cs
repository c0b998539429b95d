using Nabla.Data;
using Nabla.Data.Augmentation;
using Nabla.Network;
using Nabla.Training;
using Nabla.Training.Measures;

namespace Nabla.Theory.DataExpansion;

/// <summary>A network that tells upright from turned.</summary>
internal static class OrientationChecks
{
    private static readonly string[] Sides = ["upright", "turned"];

    public static IReadOnlyList<Check> Checks { get; } =
    [
        new()
        {
            Id = "T128",
            Title = "First tell whether it is upside down",
            Status = ClaimStatus.Question,
            Sources = ["000_c927b73e9f8ed7a6.txt §5"],
            Claim = "Large rotations could be allowed if a first network told whether the digit is upside down, and a second one read it.",
            Formula = @"P(\text{turned} \mid x) = \tfrac12 \quad\text{where } x \text{ and } R_{180^\circ}x \text{ are equally likely}",
            Derivation = """
                The idea is sound where a digit looks different on its head: the first network sees that a 4 or a 7 stands upside down, turns it back, and
                the second one reads it. But no network can decide what the picture does not contain. A 0 and an 8 look the same after a half turn; a
                2 and a 5 nearly so; and a 6 on its head is a picture of an upright 9. For such a picture the right answer to "upright or turned?" is
                one half, and the two-stage design has only moved the ambiguity of 6 and 9 from the second network to the first.

                In the experiment a network with two outputs learns upright against turned by 180° on all digits. Its accuracy is high on 3 and 7; on 6 and
                9 together it is a guess.
                """,
            Run = UpsideDown,
        },
    ];

    private static void UpsideDown(Findings findings)
    {
        (Dataset train, Dataset test) = TurnedDigits.Draw();
        NetworkOptions network = TurnedDigits.Network(2);
        Parameters parameters = Trainer.Train(network, new DataSplit(Both(train), null, null), TurnedDigits.Options(30)).Parameters;
        double[] accuracies = [.. Enumerable.Range(0, 10).Select(digit => Evaluator.Evaluate(network, parameters, Both(TurnedDigits.OfClass(test, digit)), threads: 1).Accuracy!.Value)];
        Dataset exchanged = test.Select([.. Enumerable.Range(0, test.Count).Where(sample => test.Label(sample) is 6 or 9)]);
        double chance = Evaluator.Evaluate(network, parameters, Both(exchanged), threads: 1).Accuracy!.Value;
        findings.Given("experiment", $"784-30-2, {train.Count} digits upright and turned by 180°, 30 epochs");
        findings.Reported("accuracy for the digits 0 to 9", accuracies);
        findings.AtLeast("accuracy for 3 and 7, which a turn changes", (accuracies[3] + accuracies[7]) / 2, 0.85);
        findings.Reported("accuracy for 6 and 9 together, which it exchanges", chance);
        // Four standard deviations of guesses: a picture and its turned copy are one.
        findings.AtMost("its distance from a guess", Math.Abs(chance - 0.5), 4 * 0.5 / Math.Sqrt(exchanged.Count));
    }

    /// <summary>Every image as it is and turned by 180°, with these two as the classes.</summary>
    private static Dataset Both(Dataset images)
    {
        double[] pixels = [.. TurnedDigits.Pixels(images), .. TurnedDigits.Pixels(DistortedImages.Rotate(images, 180))];
        int[] sides = [.. Enumerable.Range(0, 2 * images.Count).Select(sample => sample < images.Count ? 0 : 1)];
        return Dataset.FromRows("orientation", pixels, images.InputCount, sides, Sides);
    }
}
