using Nabla.Data.Augmentation;

namespace Nabla.Theory.DataExpansion;

/// <summary>A network that distinguishes upright from upside-down digits.</summary>
internal static class OrientationChecks
{
    private static readonly string[] Sides = ["upright", "turned"];

    public static IReadOnlyList<Check> Checks { get; } =
    [
        new()
        {
            Id = "T128",
            Title = "First decide whether it is upside down",
            Status = ClaimStatus.Question,
            Sources = ["Book exercises I, §5"],
            Claim =
                "Large rotations could be allowed if a first network decided whether the digit is upside down and a " +
                "second network read it.",
            Formula = @"P(\text{turned} \mid x) = \tfrac12 \quad\text{where } x \text{ and } R_{180^\circ}x \text{ are equally likely}",
            Derivation = """
                The idea works if a digit looks different upside down. The first network recognises an upside-down 4 or
                7 and turns it back, and the second reads it. But no network can recover information that the picture
                does not contain. A 0 and an 8 look the same after a rotation by 180°, a 2 and a 5 nearly so, and an
                upside-down 6 is a picture of an upright 9. For such a picture the right answer to "upright or turned?"
                is one half. The two-stage design has only moved the ambiguity of 6 and 9 from the second network to the
                first.

                In the experiment a network with two outputs learns to distinguish upright digits from digits rotated by
                180°. Its accuracy is high for 3 and 7; for 6 and 9 together it is that of a guess.
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
        findings.Given("experiment", $"784-30-2, {train.Count} digits upright and rotated by 180°, 30 epochs");
        findings.Reported("accuracy for the digits 0 to 9", accuracies);
        findings.AtLeast("accuracy for 3 and 7, which the rotation changes", (accuracies[3] + accuracies[7]) / 2, 0.85);
        findings.Reported("accuracy for 6 and 9 together, which the rotation exchanges", chance);
        // Four standard errors of a guess. A picture and its rotated copy count as one.
        findings.AtMost("distance of this accuracy from ½", Math.Abs(chance - 0.5), 4 * 0.5 / Math.Sqrt(exchanged.Count));
    }

    /// <summary>Every image upright and rotated by 180°, with these two classes.</summary>
    private static Dataset Both(Dataset images)
    {
        double[] pixels = [.. TurnedDigits.Pixels(images), .. TurnedDigits.Pixels(DistortedImages.Rotate(images, 180))];
        int[] sides = [.. Enumerable.Range(0, 2 * images.Count).Select(sample => sample < images.Count ? 0 : 1)];
        return Dataset.FromRows("orientation", pixels, images.InputCount, sides, Sides);
    }
}
