using Nabla.Training.Schedules;
using Xunit;

namespace Nabla.Tests.Training.Schedules;

/// <summary>Theory T119.</summary>
public class PlateauScheduleTests
{
    private const double Smallest = 1.0 / 128;

    [Fact]
    public void A_constant_metric_halves_after_11_and_then_every_10_epochs()
    {
        // Without the counter's restart the halvings would come at 11, 12, …, 17.
        double[] metrics = new double[100];
        Array.Fill(metrics, 97);
        Assert.Equal([11, 21, 31, 41, 51, 61, 71], Halvings(metrics, 10));
        Assert.Equal(71, FinishedAfter(metrics, 10));
    }

    [Fact]
    public void The_count_restarts_at_a_halving_but_the_best_so_far_does_not()
    {
        double[] metrics = [1, 3, 2, 2, 4, 4, 4, 3, 3, .. Enumerable.Repeat(5.0, 20)];
        Assert.Equal([4, 7, 9, 12, 14, 16, 18], Halvings(metrics, 2));
        Assert.Equal(18, FinishedAfter(metrics, 2));
    }

    [Fact]
    public void Seven_halvings_make_one_128th_to_the_bit()
    {
        double[] metrics = new double[70];
        var options = new PlateauSchedule(Patience: 10, MinimumFactor: 1e-6);
        Assert.Equal(0.1 / 64, options.At(0.1, new SchedulePlace { Epoch = 71, Batch = 0, BatchesPerEpoch = 1, Epochs = 100, Metrics = metrics }));
        Assert.Equal(0.1 / 128, options.At(0.1, new SchedulePlace { Epoch = 72, Batch = 0, BatchesPerEpoch = 1, Epochs = 100, Metrics = new double[71] }));
    }

    [Fact]
    public void A_factor_that_is_no_power_of_two_is_reached_by_the_first_halving_below_it() =>
        Assert.Equal((4, true), PlateauSchedule.After([1, 1, 1, 1, 1, 1, 1], 1, 0.1));

    [Fact]
    public void A_run_ends_when_the_rate_has_dropped_to_the_smallest()
    {
        // Frozen parameters: the validation accuracy cannot change, so with N = 2 halvings come after 3, 5, 7 epochs.
        NetworkOptions architecture = NetworkOptions.FeedForward(1, [], 2, Activation.Linear, Activation.Softmax, Cost.LogLikelihood);
        Dataset data = Dataset.FromRows("two", new[] { -1.0, 1.0 }, 1, [0, 1], ["a", "b"]);
        TrainingResult result = Trainer.Train(architecture, new DataSplit(data, data, null), new TrainingOptions
        {
            Epochs = 50,
            LearningRate = 0.5,
            Threads = 1,
            Frozen = ["layers.0"],
            Schedule = new PlateauSchedule(Patience: 2, MinimumFactor: 1.0 / 8),
        });
        Assert.Equal(StopReason.Schedule, result.StoppedBy);
        Assert.Equal([0.5, 0.5, 0.5, 0.25, 0.25, 0.125, 0.125], result.Epochs.Select(epoch => epoch.LearningRate));
    }

    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(1, 0)]
    [InlineData(1, 1)]
    [InlineData(1, double.NaN)]
    public void Options_without_a_meaning_are_refused(int patience, double factor) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => PlateauSchedule.After([1, 2], patience, factor));

    /// <summary>The epochs after which a halving came.</summary>
    private static List<int> Halvings(double[] metrics, int patience)
    {
        var halvings = new List<int>();
        for (int epoch = 1; epoch <= metrics.Length; epoch++)
        {
            if (PlateauSchedule.After(metrics.AsSpan(0, epoch), patience, Smallest).Halvings > halvings.Count)
            {
                halvings.Add(epoch);
            }
        }

        return halvings;
    }

    private static int FinishedAfter(double[] metrics, int patience) =>
        Enumerable.Range(1, metrics.Length).First(epoch => PlateauSchedule.After(metrics.AsSpan(0, epoch), patience, Smallest).Finished);
}
