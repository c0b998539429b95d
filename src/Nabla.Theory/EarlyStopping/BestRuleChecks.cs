using Nabla.Theory.Recipes;
using Nabla.Training.Schedules;
using Nabla.Training.Stopping;
using Rules = Nabla.Training.Stopping.EarlyStopping;

namespace Nabla.Theory.EarlyStopping;

/// <summary>No improvement in n epochs: the published conditions against the library's rule.</summary>
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
            Sources = ["004_e3855a7dd8c664cd.txt 17"],
            Claim = "all(acc[-n] > acc[-i] for i in 1..n−1) tells that n epochs brought no improvement.",
            Correction = "It asks whether the value n−1 epochs ago strictly beats all later ones: no-improvement-in-(n−1) if no two accuracies tie; with ties it stops later or never. The right test needs ≥ in place of >, n+1 values, and n ≥ 1.",
            Formula = @"\text{stop after epoch } t \iff \max(a_{t-n+1},\dots,a_t) \le \max(a_1,\dots,a_{t-n})",
            Derivation = """
                Count the values. The condition looks at $n$ of them: one as the mark to beat and $n-1$ later ones. So at best it tells of $n-1$ epochs without improvement.
                For $n = 1$ there are none, "for all" of nothing is true, and the run stops after its first epoch.

                The strict sign does the other harm. An epoch that repeats the best accuracy is no improvement, yet it makes the condition false, and on a plateau, where all
                values are equal, the rule never fires. Accuracies on a validation set are counts, so ties are the usual case at the very end of learning, which is when the rule is needed.

                The comparison below goes through all 21,844 sequences of up to seven values from 0 to 3, each with $n = 1, 2, 3$, giving the condition its best chance, the parameter $n+1$.
                """,
            Run = AllBelow,
        },
        new()
        {
            Id = "T113",
            Title = "`len<=n or max(acc[-n:]) > acc[-n-1]` as loop condition",
            Status = ClaimStatus.Correct,
            Sources = ["004_e3855a7dd8c664cd.txt 17 correction"],
            Claim = "Training goes on while len ≤ n or max(acc[-n:]) > acc[-n-1].",
            Formula = @"\text{first } t > n:\; \max(a_{t-n+1},\dots,a_t) \le a_{t-n} \quad\Longleftrightarrow\quad \text{first } t:\; n \text{ epochs in a row without a value above the best so far}",
            Derivation = """
                The condition compares the last $n$ values with the one just before them, not with the best of all. That this is enough is not obvious.
                Let $t$ be the first epoch at which it fails, so that none of the last $n$ values is above $a_{t-n}$, and suppose that some earlier value is.
                Let $s$ be the first epoch with the largest value of all up to $t$; it lies before $t-n$. The $n$ epochs after $s$ brought nothing above $a_s$,
                so the condition failed at $s+n$ already, before $t$: a contradiction.
                So at the first stop the value before the window is the best so far, and the rule is just "n epochs in a row without a new best".

                The document's $n$ must be at least 1: for $n = 0$ the slice acc[-0:] is the whole list. The library refuses it.
                """,
            Run = LoopCondition,
        },
        new()
        {
            Id = "T114",
            Title = "That condition when it is asked again",
            Status = ClaimStatus.Imprecise,
            Sources = ["004_e3855a7dd8c664cd.txt 17 correction", "004_e3855a7dd8c664cd.txt 19"],
            Claim = "The loop condition of exercise 17 serves again for the halving schedule of exercise 19.",
            Correction = "It equals no-improvement-in-n for the first stop only; later acc[-n-1] need not be the best so far. A schedule needs the best so far and a counter.",
            Formula = @"\text{best}_t = \max(\text{best}_{t-1}, a_t), \qquad \text{waiting}_t = \begin{cases}0 & a_t > \text{best}_{t-1}\\ \text{waiting}_{t-1}+1 & \text{otherwise}\end{cases}",
            Derivation = """
                Early stopping asks once: when the condition fails, the run is over. A schedule halves the learning rate and goes on asking, and then the proof of the last row breaks down.
                After the first failure the window slides past the best value, and its neighbour acc[-n-1] is some ordinary value that is easily beaten.

                In 10, 5, 6, 7, 8, 9 nothing ever comes near the first value again. The condition notices this once, after the third epoch, and from then on sees a network
                that improves with every epoch.
                """,
            Run = AskedAgain,
        },
    ];

    private static void AllBelow(Findings findings)
    {
        double[] constant = [.. Enumerable.Repeat(97.0, 100)];
        findings.Given("accuracies", "97 in each of 100 epochs, n = 10");
        findings.Equal("epoch of the stop by the library", Stop(constant, 10), 11);
        findings.Refuted("published condition stops on a plateau", "it never does in 100 epochs", Published(constant, 10) is null);
        findings.Refuted("with n = 1 it waits for an epoch without improvement", "it stops after the first epoch of any sequence, here 50, 60, 70, …", Published(Climb, 1) == 1 && Published(constant, 1) == 1);
        findings.Refuted("it can be asked after any epoch", "with fewer than n values acc[-n] does not exist", IsOutOfRange());

        findings.Given("accuracies", Plateau);
        findings.Equal("stop by the library, n = 2, 3, 4", [Stop(Plateau, 2), Stop(Plateau, 3), Stop(Plateau, 4)], [7, 8, 9]);
        findings.Refuted("published condition stops there", "never for n = 2, 3, 4", Enumerable.Range(2, 3).All(n => Published(Plateau, n) is null));

        (int cases, int differ, int earlier) = Compare(PublishedConditions.AllSequences(4, 7));
        findings.Given("all sequences of 0 to 3", "length up to 7, n = 1, 2, 3, published condition with n+1");
        findings.Equal("cases", cases, 65_532);
        findings.Refuted("cases in which it differs from the right rule", differ, 30_632, 0);
        findings.Equal("cases in which it stops earlier", earlier, 0);
        (cases, differ, _) = Compare(PublishedConditions.AllPermutations(7));
        findings.Equal("cases without ties, length up to 7", cases, 17_739);
        findings.Equal("of these it differs in", differ, 0);
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
        findings.Equal("constant accuracy, n = 10: stop after", [Stop(constant, 10), Loop(constant, 10) ?? 0], [11, 11]);
        findings.Given("accuracies", Climb);
        findings.Equal("stop by the library, n = 2, 3, 4, 5", [Stop(Climb, 2), Stop(Climb, 3), Stop(Climb, 4), Stop(Climb, 5)], [11, 12, 13, 14]);
        findings.Equal("stop by the condition", [.. Enumerable.Range(2, 4).Select(n => (double)(Loop(Climb, n) ?? 0))], [11, 12, 13, 14]);

        int cases = 0, differ = 0;
        foreach (double[] sequence in PublishedConditions.AllSequences(4, 7))
        {
            for (int n = 1; n <= 3; n++)
            {
                cases++;
                differ += Loop(sequence, n) != PublishedConditions.Library(sequence, n, EarlyStoppingRule.Best) ? 1 : 0;
            }
        }

        findings.Equal("sequences of 0 to 3, length up to 7, n = 1, 2, 3: cases", cases, 65_532);
        findings.Equal("of these the first stops differ in", differ, 0);
        findings.Holds("n = 0 is refused", Refuses(0));
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
        findings.Holds("after epoch 3 condition and library agree: no improvement", published[0] && right[0]);
        findings.Refuted("the condition still tells no-improvement-in-2 after epochs 4 to 6", "it sees improvement in each, though nothing beats the 10 of epoch 1", !published[1] && !published[2] && !published[3]);
        findings.Holds("the library's rule: no improvement after each of epochs 3 to 6", right.All(stop => stop));
        findings.Equal("best epoch so far, after epochs 3 to 6", [.. Enumerable.Range(3, 4).Select(epoch => (double)Rules.BestEpoch(accuracies.AsSpan(0, epoch)))], [1, 1, 1, 1]);
        findings.Equal("halvings of the schedule after epochs 1 to 6", [.. Enumerable.Range(1, 6).Select(epoch => (double)PlateauSchedule.After(accuracies.AsSpan(0, epoch), 2, 1.0 / 128).Halvings)], [0, 0, 1, 1, 2, 2]);
    }
}
