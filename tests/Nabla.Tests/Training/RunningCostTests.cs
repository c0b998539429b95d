using Nabla.Tests.Runs;
using Nabla.Training;
using Xunit;

namespace Nabla.Tests.Training;

public class RunningCostTests
{
    [Theory]
    [InlineData(1, 30, 1)]
    [InlineData(100, 30, 1)]
    [InlineData(101, 30, 2)]
    [InlineData(6000, 100, 60)]
    // 10,000 events for 300 epochs are 33 an epoch: 6000 / 33 = 181.8.
    [InlineData(6000, 300, 182)]
    [InlineData(6000, 10_000, 6000)]
    [InlineData(6000, 10_001, int.MaxValue)]
    public void There_are_at_most_a_hundred_an_epoch_and_ten_thousand_a_run(int batches, int epochs, int interval)
    {
        Assert.Equal(interval, RunningCostMeasured.Interval(batches, epochs));
        Assert.InRange((long)(batches / interval) * epochs, 0, 10_000);
        Assert.InRange(batches / interval, 0, 100);
    }

    [Fact]
    public void The_events_are_those_of_fixed_mini_batches_and_equal_the_mean_cost_so_far()
    {
        List<RunningCostMeasured> costs = [];
        Dictionary<(int, int), double> progress = [];
        List<EpochCompleted> epochs = [];
        Train(TimeSpan.Zero, 1, e =>
        {
            costs.AddRange(e is RunningCostMeasured cost ? [cost] : []);
            epochs.AddRange(e is EpochCompleted epoch ? [epoch] : []);
            if (e is BatchesCompleted batches)
            {
                progress.Add((batches.Epoch, (batches.Samples + 6) / 7), batches.TrainCost);
            }
        });
        // 40 samples by 7 are six mini-batches, of which each is a fixed one.
        Assert.Equal(Enumerable.Range(0, 36).Select(i => ((i / 6) + 1, (i % 6) + 1, 6)), costs.Select(cost => (cost.Epoch, cost.Batch, cost.Batches)));
        Assert.All(costs, cost => Assert.Equal(progress[(cost.Epoch, cost.Batch)], cost.TrainCost));
        Assert.Equal(epochs.Select(epoch => epoch.TrainCost), costs.Where(cost => cost.Batch == 6).Select(cost => cost.TrainCost));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void They_depend_on_no_clock_and_on_no_number_of_threads(int threads)
    {
        // A network that runs sixteen mini-batches together.
        Assert.Equal(Costs(TimeSpan.Zero, 1), Costs(TimeSpan.FromDays(1), threads));

        static List<RunningCostMeasured> Costs(TimeSpan pause, int threads)
        {
            byte[] pixels = [.. Enumerable.Range(0, 16 * 700).Select(i => (byte)(i * 37))];
            Dataset data = Dataset.FromImages("pixels", pixels, new ImageShape(4, 4), [.. Enumerable.Range(0, 700).Select(i => i % 2)], ["a", "b"]);
            NetworkOptions network = NetworkOptions.FeedForward(16, [6], 2, Activation.Relu, Activation.Softmax, Cost.LogLikelihood);
            var options = new TrainingOptions { Epochs = 3, BatchSize = 3, Threads = threads };
            var state = new TrainingState { Parameters = ParameterInitializer.Draw(network, options.Initializer, Precision.Single, 1), Moments = [] };
            List<RunningCostMeasured> costs = [];
            new TrainingRun<float>(network, new DataSplit(data, null, null), options, state, new SampleRuns.Observer(e => costs.AddRange(e is RunningCostMeasured cost ? [cost] : [])))
            {
                ProgressInterval = pause,
            }.Run(default);
            // 234 mini-batches an epoch: every third.
            Assert.Equal(3 * 78, costs.Count);
            Assert.All(costs, cost => Assert.Equal(0, cost.Batch % 3));
            return costs;
        }
    }

    private static void Train(TimeSpan pause, int threads, Action<TrainingEvent> observer)
    {
        TrainingOptions options = SampleRuns.Training with { Threads = threads };
        var state = new TrainingState
        {
            Parameters = ParameterInitializer.Draw(SampleRuns.Architecture, options.Initializer, Precision.Double, 1),
            Moments = [new Parameters(SampleRuns.Architecture, Precision.Double).NewGradient(), new Parameters(SampleRuns.Architecture, Precision.Double).NewGradient()],
        };
        new TrainingRun<double>(SampleRuns.Architecture, SampleRuns.Data(), options, state, new SampleRuns.Observer(observer)) { ProgressInterval = pause }.Run(default);
    }
}
