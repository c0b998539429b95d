using Nabla.Training.Stopping;
using Xunit;

namespace Nabla.Tests.Training.Stopping;

/// <summary>Theory T112 to T118.</summary>
public class EarlyStoppingTests
{
    private static readonly double[] Rising = [50, 60, 70, 72, 73, 73, 74, 74, 75, 74, 75, 74, 73, 74, 73, 72, 73];

    private static readonly double[] LuckyPeak = [80, 85, 97, 88, 89, 90, 91, 92, 93, 94, 95, 96, 95, 96, 95, 94, 95, 96, 95, 94];

    private static readonly double[] SawTooth = [90, 92, 91, 93, 92, 94, 93, 95, 94, 96, 95, 97, 96, 98, 97];

    [Theory]
    [InlineData(2, 11)]
    [InlineData(3, 12)]
    [InlineData(4, 13)]
    [InlineData(5, 14)]
    public void Best_stops_the_rising_sequence_where_the_theory_says(int patience, int epoch) =>
        Assert.Equal(epoch, FirstStop(Rising, patience, EarlyStoppingRule.Best));

    [Theory]
    [InlineData(2, 7)]
    [InlineData(3, 8)]
    [InlineData(4, 9)]
    public void Ties_bring_no_new_best(int patience, int epoch) =>
        Assert.Equal(epoch, FirstStop([90, 91, 92, 93, 94, 94, 94, 94, 94, 94], patience, EarlyStoppingRule.Best));

    [Fact]
    public void A_constant_metric_stops_best_after_N_plus_one_and_average_after_2N_epochs()
    {
        double[] constant = new double[30];
        Array.Fill(constant, 97);
        Assert.Equal(11, FirstStop(constant, 10, EarlyStoppingRule.Best));
        Assert.Equal(20, FirstStop(constant, 10, EarlyStoppingRule.Average));
    }

    [Fact]
    public void The_kept_epoch_is_the_first_best_one()
    {
        // Theory T118: N = 4 stops after 13, best epoch 9 (75 comes again in epoch 11).
        Assert.Equal(13, FirstStop(Rising, 4, EarlyStoppingRule.Best));
        Assert.Equal(9, EarlyStopping.BestEpoch(Rising.AsSpan(0, 13)));
        Assert.Equal(0, EarlyStopping.BestEpoch([]));
    }

    [Fact]
    public void Best_still_holds_when_it_is_asked_again()
    {
        // Theory T114: the published condition looks at the value before the last n alone and forgets the 10.
        double[] metrics = [10, 5, 6, 7, 8, 9];
        for (int epoch = 3; epoch <= 6; epoch++)
        {
            Assert.True(EarlyStopping.ShouldStop(metrics.AsSpan(0, epoch), 2, EarlyStoppingRule.Best));
        }
    }

    [Theory]
    [InlineData(4, 7, 17)]
    [InlineData(5, 8, 19)]
    public void Average_is_not_deceived_by_a_lucky_peak(int patience, int best, int average)
    {
        // Theory T116.
        Assert.Equal(best, FirstStop(LuckyPeak, patience, EarlyStoppingRule.Best));
        Assert.Equal(average, FirstStop(LuckyPeak, patience, EarlyStoppingRule.Average));
    }

    [Fact]
    public void A_saw_tooth_stops_both_rules_at_one_and_neither_at_two()
    {
        Assert.Equal((3, 3), (FirstStop(SawTooth, 1, EarlyStoppingRule.Best), FirstStop(SawTooth, 1, EarlyStoppingRule.Average)));
        Assert.Equal((null, null), (FirstStop(SawTooth, 2, EarlyStoppingRule.Best), FirstStop(SawTooth, 2, EarlyStoppingRule.Average)));
    }

    [Fact]
    public void Counts_that_tie_are_a_tie() =>
        Assert.Equal(6, FirstStop([3, 2, 1, 1, 2, 3], 3, EarlyStoppingRule.Average));

    [Fact]
    public void Best_is_no_new_best_in_N_over_every_short_sequence()
    {
        // Theory T112, T113: all sequences over 0 to 3 of length 1 to 7, N = 1 to 3.
        int cases = 0, publishedDiffers = 0;
        for (int length = 1; length <= 7; length++)
        {
            double[] metrics = new double[length];
            for (int code = 0; code < 1 << (2 * length); code++)
            {
                for (int i = 0; i < length; i++)
                {
                    metrics[i] = (code >> (2 * i)) & 3;
                }

                for (int patience = 1; patience <= 3; patience++)
                {
                    int? stop = FirstStop(metrics, patience, EarlyStoppingRule.Best);
                    Assert.Equal(ByCounting(metrics, patience), stop);
                    int? published = Published(metrics, patience + 1);
                    Assert.True((published ?? int.MaxValue) >= (stop ?? int.MaxValue));
                    publishedDiffers += published != stop ? 1 : 0;
                    cases++;
                }
            }
        }

        Assert.Equal((65_532, 30_632), (cases, publishedDiffers));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void A_patience_below_one_is_refused(int patience) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => EarlyStopping.ShouldStop([1, 2], patience, EarlyStoppingRule.Best));

    [Fact]
    public void Before_the_first_epoch_nothing_stops()
    {
        Assert.False(EarlyStopping.ShouldStop([], 1, EarlyStoppingRule.Best));
        Assert.False(EarlyStopping.ShouldStop([], 1, EarlyStoppingRule.Average));
        Assert.False(EarlyStopping.ShouldStop([1, 1], int.MaxValue, EarlyStoppingRule.Average));
    }

    private static int? FirstStop(double[] metrics, int patience, EarlyStoppingRule rule)
    {
        for (int epoch = 1; epoch <= metrics.Length; epoch++)
        {
            if (EarlyStopping.ShouldStop(metrics.AsSpan(0, epoch), patience, rule))
            {
                return epoch;
            }
        }

        return null;
    }

    /// <summary>The plain definition: stop as soon as N epochs in a row brought no value strictly above the best so far.</summary>
    private static int? ByCounting(double[] metrics, int patience)
    {
        double best = double.NegativeInfinity;
        int waiting = 0;
        for (int i = 0; i < metrics.Length; i++)
        {
            waiting = metrics[i] > best ? 0 : waiting + 1;
            best = Math.Max(best, metrics[i]);
            if (waiting == patience)
            {
                return i + 1;
            }
        }

        return null;
    }

    /// <summary>The published condition, all(acc[−n] &gt; acc[−i] for i in 1..n−1), where it can be asked.</summary>
    private static int? Published(double[] metrics, int n)
    {
        for (int length = n; length <= metrics.Length; length++)
        {
            bool all = true;
            for (int i = 1; i < n; i++)
            {
                all &= metrics[length - n] > metrics[length - i];
            }

            if (all)
            {
                return length;
            }
        }

        return null;
    }
}
