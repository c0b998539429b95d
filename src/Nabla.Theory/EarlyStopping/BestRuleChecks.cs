using Nabla.Theory.Recipes;
using Nabla.Training.Schedules;
using Rules = Nabla.Training.Stopping.EarlyStopping;

namespace Nabla.Theory.EarlyStopping;

/// <summary>No improvement in n epochs: the published conditions compared with the library's rule.</summary>
internal static class BestRuleChecks
{
    public static readonly double[] Climb = [50, 60, 70, 72, 73, 73, 74, 74, 75, 74, 75, 74, 73, 74, 73, 72, 73];
    private static readonly double[] Plateau = [90, 91, 92, 93, 94, 94, 94, 94, 94, 94];

    public static IReadOnlyList<Check> Checks { get; } =
    [
        new()
        {
            Id = "T112",
            Title = "`all(acc[-n] > acc[-i] for i in 1..n−1)`",
            Status = ClaimStatus.Wrong,
            Sources = ["Book exercises II, 17"],
            Claim = "all(acc[-n] > acc[-i] for i in 1..n−1) means that n epochs brought no improvement.",
            Correction =
                "It tests whether the value n−1 epochs ago is strictly greater than all later ones. Without ties " +
                "this is no-improvement-in-(n−1); with ties it stops later or never. The right test needs ≥ in " +
                "place of >, n+1 values, and n ≥ 1.",
            Formula = @"\text{stop after epoch } t \iff \max(a_{t-n+1},\dots,a_t) \le \max(a_1,\dots,a_{t-n})",
            Derivation = """
                The condition uses $n$ values: one reference value and $n-1$ later ones. So at best it reports $n-1$
                epochs without improvement. For $n = 1$ there are no later values, the condition is vacuously true, and
                the run stops after its first epoch.

                The strict inequality causes the other error. An epoch that repeats the best accuracy is no improvement,
                yet it makes the condition false. On a plateau, where all values are equal, the rule never stops the
                run. Accuracies on a validation set are counts, so ties are common at the end of learning, just when the
                rule is needed.

                The comparison below covers all 21,844 sequences of up to seven values from 0 to 3, each with
                $n = 1, 2, 3$. In its favour, the published condition gets the parameter $n+1$.
                """,
            Run = AllBelow,
        },
        new()
        {
            Id = "T113",
            Title = "`len<=n or max(acc[-n:]) > acc[-n-1]` as loop condition",
            Status = ClaimStatus.Correct,
            Sources = ["Book exercises II, 17 correction"],
            Claim = "Training continues while len ≤ n or max(acc[-n:]) > acc[-n-1].",
            Formula = @"\text{first } t > n:\; \max(a_{t-n+1},\dots,a_t) \le a_{t-n} \quad\Longleftrightarrow\quad \text{first } t:\; n \text{ epochs in a row without a value above the best so far}",
            Derivation = """
                The condition compares the last $n$ values with the one just before them, not with the best of all. It
                is not obvious that this is enough. Let $t$ be the first epoch at which it fails, so that none of the
                last $n$ values is above $a_{t-n}$, and suppose that some earlier value is. Let $s$ be the first epoch
                with the largest value up to $t$; it lies before $t-n$. None of the $n$ epochs after $s$ has a value
                above $a_s$, so the condition already failed at $s+n$, before $t$. This is a contradiction. So at the
                first stop the value before the window is the best so far, and the rule is simply "n epochs in a row
                without a new best".

                The document's $n$ must be at least 1: for $n = 0$ the slice acc[-0:] is the whole list. The library
                refuses it.
                """,
            Run = LoopCondition,
        },
        new()
        {
            Id = "T114",
            Title = "The same condition, evaluated again",
            Status = ClaimStatus.Imprecise,
            Sources = ["Book exercises II, 17 correction", "Book exercises II, 19"],
            Claim = "The loop condition of exercise 17 can be used again for the halving schedule of exercise 19.",
            Correction =
                "It equals no-improvement-in-n only for the first stop. Later acc[-n-1] need not be the best so " +
                "far. A schedule needs the best value so far and a counter.",
            Formula = @"\text{best}_t = \max(\text{best}_{t-1}, a_t), \qquad \text{waiting}_t = \begin{cases}0 & a_t > \text{best}_{t-1}\\ \text{waiting}_{t-1}+1 & \text{otherwise}\end{cases}",
            Derivation = """
                Early stopping evaluates the condition until it fails once; then the run is over. A schedule halves the
                learning rate and continues to evaluate it, and the proof of T113 no longer applies. After the first
                failure the window moves past the best value, and the value before it, acc[-n-1], is an ordinary value
                that is easily exceeded.

                In 10, 5, 6, 7, 8, 9 no value exceeds the first. The condition reports this once, after the third epoch.
                From then on it sees an improvement in every epoch.
                """,
            Run = AskedAgain,
        },
    ];

    private static void AllBelow(Findings findings)
    {
        double[] constant = [.. Enumerable.Repeat(97.0, 100)];
        findings.Given("accuracies", "97 in each of 100 epochs, n = 10");
        findings.Equal("stop by the library after epoch", Stop(constant, 10), 11);
        findings.Refuted("the published condition stops on a plateau", "it does not stop in 100 epochs", Published(constant, 10) is null);
        findings.Refuted("with n = 1 the published condition waits for an epoch without improvement", "it stops after the first epoch of any sequence, here 50, 60, 70, …", Published(Climb, 1) == 1 && Published(constant, 1) == 1);
        findings.Refuted("the published condition can be evaluated after any epoch", "with fewer than n values acc[-n] does not exist", IsOutOfRange());

        findings.Given("accuracies", Plateau);
        findings.Equal("stop by the library after epoch, n = 2, 3, 4", [Stop(Plateau, 2), Stop(Plateau, 3), Stop(Plateau, 4)], [7, 8, 9]);
        findings.Refuted("the published condition stops on these accuracies", "it never stops for n = 2, 3, 4", Enumerable.Range(2, 3).All(n => Published(Plateau, n) is null));

        (int cases, int differ, int earlier) = Compare(PublishedConditions.AllSequences(4, 7));
        findings.Given("all sequences of 0 to 3", "length up to 7; n = 1, 2, 3; published condition with n+1");
        findings.Equal("number of cases", cases, 65_532);
        findings.Refuted("cases in which the published condition differs from the right rule", differ, 30_632, 0);
        findings.Equal("cases in which the published condition stops earlier", earlier, 0);
        (cases, differ, _) = Compare(PublishedConditions.AllPermutations(7));
        findings.Equal("number of cases without ties, length up to 7", cases, 17_739);
        findings.Equal("cases without ties in which the published condition differs", differ, 0);
    }

    private static (int Cases, int Differ, int Earlier) Compare(IEnumerable<double[]> sequences)
    {
        int cases = 0, differ = 0, earlier = 0;
        foreach (double[] sequence in sequences)
        {
            for (int n = 1; n <= 3; n++)
            {
                int? published = Published(sequence, n + 1), right = PublishedConditions.Library(sequence, n, EarlyStoppingRule.Best);
                cases++;
                differ += published != right ? 1 : 0;
                earlier += (published ?? int.MaxValue) < (right ?? int.MaxValue) ? 1 : 0;
            }
        }

        return (cases, differ, earlier);
    }

    private static int? Published(double[] accuracies, int n) =>
        PublishedConditions.FirstStop(accuracies, seen => PublishedConditions.AllBelow(seen, n), first: n);

    private static double Stop(double[] accuracies, int n, EarlyStoppingRule rule = EarlyStoppingRule.Best) =>
        PublishedConditions.Library(accuracies, n, rule) ?? double.PositiveInfinity;

    private static bool IsOutOfRange()
    {
        try
        {
            PublishedConditions.AllBelow([97, 97], 3);
            return false;
        }
        catch (ArgumentOutOfRangeException)
        {
            return true;
        }
        catch (IndexOutOfRangeException)
        {
            return true;
        }
    }

    private static void LoopCondition(Findings findings)
    {
        double[] constant = [.. Enumerable.Repeat(97.0, 30)];
        findings.Equal("constant accuracy, n = 10: stop by the library and by the condition after epoch", [Stop(constant, 10), Loop(constant, 10) ?? 0], [11, 11]);
        findings.Given("accuracies", Climb);
        findings.Equal("stop by the library after epoch, n = 2, 3, 4, 5", [Stop(Climb, 2), Stop(Climb, 3), Stop(Climb, 4), Stop(Climb, 5)], [11, 12, 13, 14]);
        findings.Equal("stop by the condition after epoch, n = 2, 3, 4, 5", [.. Enumerable.Range(2, 4).Select(n => (double)(Loop(Climb, n) ?? 0))], [11, 12, 13, 14]);

        int cases = 0, differ = 0;
        foreach (double[] sequence in PublishedConditions.AllSequences(4, 7))
        {
            for (int n = 1; n <= 3; n++)
            {
                cases++;
                differ += Loop(sequence, n) != PublishedConditions.Library(sequence, n, EarlyStoppingRule.Best) ? 1 : 0;
            }
        }

        findings.Equal("sequences of 0 to 3, length up to 7, n = 1, 2, 3: number of cases", cases, 65_532);
        findings.Equal("cases in which the first stops differ", differ, 0);
        findings.Holds("the library refuses n = 0", Refuses(0));
    }

    private static int? Loop(double[] accuracies, int n) =>
        PublishedConditions.FirstStop(accuracies, seen => !PublishedConditions.GoesOnByBest(seen, n));

    private static bool Refuses(int n)
    {
        try
        {
            Rules.ShouldStop([1, 2], n, EarlyStoppingRule.Best);
            return false;
        }
        catch (ArgumentOutOfRangeException)
        {
            return true;
        }
    }

    private static void AskedAgain(Findings findings)
    {
        double[] accuracies = [10, 5, 6, 7, 8, 9];
        bool[] published = [.. Enumerable.Range(3, 4).Select(epoch => !PublishedConditions.GoesOnByBest(accuracies.AsSpan(0, epoch), 2))];
        bool[] right = [.. Enumerable.Range(3, 4).Select(epoch => Rules.ShouldStop(accuracies.AsSpan(0, epoch), 2, EarlyStoppingRule.Best))];
        findings.Given("accuracies, n = 2", accuracies);
        findings.Holds("after epoch 3 the condition and the library agree: no improvement", published[0] && right[0]);
        findings.Refuted("the condition still means no-improvement-in-2 after epochs 4 to 6", "it reports an improvement in each, though none exceeds the 10 of epoch 1", !published[1] && !published[2] && !published[3]);
        findings.Holds("the library's rule reports no improvement after each of epochs 3 to 6", right.All(stop => stop));
        findings.Equal("best epoch so far after epochs 3 to 6", [.. Enumerable.Range(3, 4).Select(epoch => (double)Rules.BestEpoch(accuracies.AsSpan(0, epoch)))], [1, 1, 1, 1]);
        findings.Equal("number of halvings by the schedule after epochs 1 to 6", [.. Enumerable.Range(1, 6).Select(epoch => (double)PlateauSchedule.After(accuracies.AsSpan(0, epoch), 2, 1.0 / 128).Halvings)], [0, 0, 1, 1, 2, 2]);
    }
}
