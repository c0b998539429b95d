using Nabla.Theory.Recipes;
using Rules = Nabla.Training.Stopping.EarlyStopping;

namespace Nabla.Theory.EarlyStopping;

/// <summary>Stopping when the mean of the last n accuracies no longer exceeds the mean of the n before.</summary>
internal static class AverageRuleChecks
{
    private static readonly double[] LuckySpike = [80, 85, 97, 88, 89, 90, 91, 92, 93, 94, 95, 96, 95, 96, 95, 94, 95, 96, 95, 94];
    private static readonly double[] SawTooth = [90, 92, 91, 93, 92, 94, 93, 95, 94, 96, 95, 97, 96, 98, 97];
    private static readonly double[] DipAndRise = [5, 9, 10, 3, 11, 12, 13, 14];

    public static IReadOnlyList<Check> Checks { get; } =
    [
        new()
        {
            Id = "T116",
            Title = "Rolling-average rule",
            Status = ClaimStatus.Imprecise,
            Sources = ["Book exercises II, 18 correction"],
            Claim = "To continue while len ≤ 2n or sum(last n) > sum(n before) protects against one lucky epoch.",
            Correction =
                "2n values suffice for the first test, which as written comes one epoch late. Rounded sums of " +
                "fractions can break a tie, so counts should be compared. The rule can stop later or earlier than " +
                "best-of-n: neither bounds the other.",
            Formula = @"\text{stop after epoch } t \ge 2n \iff \sum_{i=t-n+1}^{t} a_i \;\le\; \sum_{i=t-2n+1}^{t-n} a_i",
            Derivation = """
                Both sums have $n$ terms, so comparing them compares the means. A single lucky epoch has only the weight
                $1/n$ and cannot block the rule as a best-so-far value does. After a spike to 97 in the third epoch,
                best-of-4 stops in epoch 7, while the average continues through ten more epochs of real progress.

                Two details need care. With $2n$ values both windows are full. The published rule waits for one more
                value and so stops a hopeless run one epoch late. And accuracies as fractions are rounded:
                $(0.3+0.2)+0.1$ and $(0.1+0.2)+0.3$ are equal on paper but differ in the last bit in floating point, so
                a tie can look like progress. Counts of right answers are integers, and their sums are exact.

                The average rule is not always more patient. In 5, 9, 10, 3, 11, … with $n = 2$ one bad epoch lowers the
                mean of the second window below that of the first. The average rule stops after epoch 4, while best-of-2
                continues to the end.
                """,
            Run = RollingAverage,
        },
    ];

    private static double Library(double[] accuracies, int n, EarlyStoppingRule rule = EarlyStoppingRule.Average) =>
        PublishedConditions.Library(accuracies, n, rule) ?? double.PositiveInfinity;

    private static double AsWritten(double[] accuracies, int n) =>
        PublishedConditions.FirstStop(accuracies, seen => !PublishedConditions.GoesOnByAverage(seen, n)) ?? double.PositiveInfinity;

    private static void RollingAverage(Findings findings)
    {
        double[] constant = [.. Enumerable.Repeat(97.0, 30)];
        findings.Equal("constant accuracy, n = 10: stop by the library after epoch", Library(constant, 10), 20);
        findings.Refuted("constant accuracy, n = 10: stop as written after epoch", AsWritten(constant, 10), 21, Library(constant, 10));

        findings.Given("lucky spike", LuckySpike);
        findings.Equal("best-of-n stops after epoch, n = 4, 5", [Library(LuckySpike, 4, EarlyStoppingRule.Best), Library(LuckySpike, 5, EarlyStoppingRule.Best)], [7, 8]);
        findings.Equal("average stops after epoch, n = 4, 5", [Library(LuckySpike, 4), Library(LuckySpike, 5)], [17, 19]);
        findings.Equal("average as written stops after epoch, n = 4, 5", [AsWritten(LuckySpike, 4), AsWritten(LuckySpike, 5)], [17, 19]);

        findings.Given("saw-tooth", SawTooth);
        findings.Equal("n = 1: best and average as written stop after epoch", [Library(SawTooth, 1, EarlyStoppingRule.Best), AsWritten(SawTooth, 1)], [3, 3]);
        findings.Equal("n = 2: best, average and average as written never stop", [Library(SawTooth, 2, EarlyStoppingRule.Best), Library(SawTooth, 2), AsWritten(SawTooth, 2)], [double.PositiveInfinity, double.PositiveInfinity, double.PositiveInfinity]);

        findings.Given("dip and rise", DipAndRise);
        findings.Equal("n = 2: average stops after epoch; as written on 5, 9, 10, 3, 3", [Library(DipAndRise, 2), AsWritten([5, 9, 10, 3, 3], 2)], [4, 5]);
        findings.Refuted("the average is the more patient rule", "on the dip and rise it stops after 4 epochs, and best-of-2 never stops", Library(DipAndRise, 2) == 4 && double.IsInfinity(Library(DipAndRise, 2, EarlyStoppingRule.Best)));

        double[] fractions = [0.3, 0.2, 0.1, 0.1, 0.2, 0.3], counts = [3, 2, 1, 1, 2, 3];
        double before = PublishedConditions.Sum(fractions.AsSpan(0, 3)), after = PublishedConditions.Sum(fractions.AsSpan(3));
        findings.Given("a tie", fractions);
        findings.Exactly("sum of the first three", before, 0.6);
        findings.Exactly("sum of the last three, one bit larger", after, 0.6000000000000001);
        findings.Refuted("a comparison of sums of fractions stops on a tie", "the last bit of the sum looks like progress", after > before && !Rules.ShouldStop(fractions, 3, EarlyStoppingRule.Average));
        findings.Equal("with counts 3, 2, 1, 1, 2, 3 and n = 3: stop after epoch", Library(counts, 3), 6);
    }
}
