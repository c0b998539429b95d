using Nabla.Numerics.Random;
using Nabla.Runs;
using Nabla.Tests.Models;
using Nabla.Tests.Support;
using Nabla.Training;
using Nabla.Training.Schedules;
using Xunit;

namespace Nabla.Tests.Training;

public sealed class ResumeTests : IDisposable
{
    private const int Epochs = 4;
    private const int Batches = 8;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("sgd", DivergenceResponse.Stop)]
    [InlineData("momentum", DivergenceResponse.Stop)]
    [InlineData("adam", DivergenceResponse.Recover)]
    public void Cut_off_at_any_mini_batch_again_and_again_it_ends_with_the_bits_of_the_undisturbed_run(string kind, DivergenceResponse response)
    {
        TrainingOptions options = Options(Named.Rule(kind)) with { OnDivergence = response };
        var costs = new List<double>();
        TrainingResult whole = Run(options, Start(options), e => costs.AddRange(e is EpochCompleted epoch ? [epoch.TrainCost] : []));
        var random = new CounterRandom(1, RandomPurpose.Split);
        for (int trial = 0; trial < 10; trial++)
        {
            TrainingState state = Start(options);
            double[] seen = new double[Epochs];
            TrainingResult? result = null;
            while (result is null)
            {
                int more = 1 + (int)(random.NextDouble() * 2 * Batches);
                try
                {
                    result = Run(options, state, e =>
                    {
                        if (e is EpochCompleted epoch)
                        {
                            seen[epoch.Epoch - 1] = epoch.TrainCost;
                        }
                        else if (e is BatchesCompleted batches && --more == 0)
                        {
                            Checkpoint.Save(batches.State, folder["c"]);
                            throw new OperationCanceledException();
                        }
                    });
                }
                catch (OperationCanceledException)
                {
                    state = Checkpoint.Load(folder["c"], Architecture, Precision.Single);
                }
            }

            Assert.Equal(SampleModels.Values(whole.Parameters), SampleModels.Values(result.Parameters));
            Assert.Equal(costs, seen);
        }
    }

    [Fact]
    public void A_run_that_diverges_keeps_the_same_parameters_when_it_was_cut_off_within_the_epoch()
    {
        // The cost grows by the step: the weights leave the finite numbers in the third epoch.
        TrainingOptions options = Options(Named.Rule("sgd")) with { LearningRate = 30, Epochs = 50 };
        TrainingDiverged? diverged = null;
        TrainingResult whole = Run(options, Start(options), e => diverged = e as TrainingDiverged ?? diverged, Linear);
        Assert.Equal(StopReason.Diverged, whole.StoppedBy);
        int last = ((diverged!.Epoch - 1) * Batches) + diverged.Batch - 1;
        Assert.Throws<OperationCanceledException>(() => Run(options, Start(options), e =>
        {
            if (e is BatchesCompleted batches && batches.State.Step == last)
            {
                Checkpoint.Save(batches.State, folder["c"]);
                throw new OperationCanceledException();
            }
        }, Linear));
        TrainingResult resumed = Run(options, Checkpoint.Load(folder["c"], Linear, Precision.Single), _ => { }, Linear);
        Assert.Equal(StopReason.Diverged, resumed.StoppedBy);
        Assert.Equal(SampleModels.Values(whole.Parameters), SampleModels.Values(resumed.Parameters));
        Assert.Equal(whole.KeptEpoch, resumed.KeptEpoch);
    }

    [Fact]
    public void Weights_that_are_no_longer_finite_are_seen_in_their_mini_batch_though_the_cost_is()
    {
        // δ is a − y, however far the weighted input is out: the step of 10⁴⁰ leaves single precision, the cost of about 10³⁰ does not.
        NetworkOptions network = NetworkOptions.FeedForward(4, [], 2, Activation.Sigmoid, Activation.Sigmoid, Cost.CrossEntropy);
        double[] values = [.. Enumerable.Range(0, 160).Select(i => i == 3 ? 1e30 : Math.Sin(i))];
        Dataset data = Dataset.FromRows("rows", values, 4, [.. Enumerable.Range(0, 40).Select(i => i % 2)], ["a", "b"]);
        TrainingDiverged? diverged = null;
        var options = new TrainingOptions { BatchSize = 5, LearningRate = 1e10, Shuffle = false, Epochs = 2, Threads = 2 };
        TrainingResult result = Trainer.Train(network, new DataSplit(data, null, null), options, new SampleObserver(e => diverged = e as TrainingDiverged ?? diverged));
        Assert.Equal(StopReason.Diverged, result.StoppedBy);
        Assert.Equal((1, 1, 0), (diverged!.Epoch, diverged.Batch, diverged.Layer));
    }

    [Fact]
    public void With_recovery_the_learning_rate_is_halved_until_the_run_goes_through()
    {
        TrainingOptions options = Options(Named.Rule("sgd")) with { LearningRate = 3, Schedule = Schedule.Constant, OnDivergence = DivergenceResponse.Recover, Epochs = 50 };
        var back = new List<TrainingRecovered>();
        TrainingResult recovered = Run(options, Start(options), e => back.AddRange(e is TrainingRecovered one ? [one] : []), Linear);
        Assert.Equal(StopReason.Epochs, recovered.StoppedBy);
        Assert.NotEmpty(back);
        Assert.Equal(Enumerable.Range(1, back.Count).Select(k => Math.ScaleB(1, -k)), back.Select(one => one.LearningRateFactor));
        Assert.All(recovered.Epochs, epoch => Assert.Contains(epoch.LearningRate, back.Select(one => one.LearningRateFactor * 3).Prepend(3)));

        // The same bits when it is cut off just before it diverges.
        Assert.Throws<OperationCanceledException>(() => Run(options, Start(options), e =>
        {
            if (e is BatchesCompleted { Epoch: var epoch } batches && epoch == back[0].Epoch + 1)
            {
                Checkpoint.Save(batches.State, folder["c"]);
            }
            else if (e is TrainingDiverged)
            {
                throw new OperationCanceledException();
            }
        }, Linear));
        TrainingResult resumed = Run(options, Checkpoint.Load(folder["c"], Linear, Precision.Single), _ => { }, Linear);
        Assert.Equal(SampleModels.Values(recovered.Parameters), SampleModels.Values(resumed.Parameters));
    }

    [Fact]
    public void What_ten_halvings_do_not_mend_ends_as_diverged()
    {
        TrainingOptions options = Options(Named.Rule("sgd")) with { LearningRate = 1e30, OnDivergence = DivergenceResponse.Recover };
        int recoveries = 0;
        TrainingResult result = Run(options, Start(options), e => recoveries += e is TrainingRecovered ? 1 : 0, Linear);
        Assert.Equal((StopReason.Diverged, 10, 0), (result.StoppedBy, recoveries, result.KeptEpoch));
    }

    private static NetworkOptions Architecture { get; } = NetworkOptions.FeedForward(16, [6], 2, Activation.Relu, Activation.Softmax, Cost.LogLikelihood, dropout: 0.3);

    private static NetworkOptions Linear { get; } = NetworkOptions.FeedForward(16, [6], 2, Activation.Linear, Activation.Linear, Cost.Quadratic);

    private static TrainingOptions Options(UpdateRule rule) => new()
    {
        Epochs = Epochs,
        BatchSize = 5,
        LearningRate = 0.05,
        Optimizer = rule,
        Schedule = new CosineSchedule(),
        Augmentation = new DistortionOptions { Shift = 1, Rotate = 10 },
        EarlyStopping = new EarlyStoppingOptions { Keep = KeepRule.Last },
    };

    private static TrainingState Start(TrainingOptions options) => new()
    {
        Parameters = ParameterInitializer.Draw(Architecture, options.Initializer, options.Precision, options.Seed),
        Moments = [.. Enumerable.Range(0, options.Optimizer.Moments).Select(_ => new Parameters(Architecture, options.Precision).NewGradient())],
    };

    private static TrainingResult Run(TrainingOptions options, TrainingState state, Action<TrainingEvent> observer, NetworkOptions? network = null)
    {
        byte[] pixels = [.. Enumerable.Range(0, 16 * Batches * 5).Select(i => (byte)(i * 37))];
        Dataset data = Dataset.FromImages("pixels", pixels, new ImageShape(4, 4), [.. Enumerable.Range(0, Batches * 5).Select(i => i % 2)], ["a", "b"]);
        return new TrainingRun<float>(network ?? Architecture, new DataSplit(data, data.Slice(0, 10), null), options, state, new SampleObserver(observer)) { ProgressInterval = TimeSpan.Zero }.Run(default);
    }

    private sealed class SampleObserver(Action<TrainingEvent> action) : IProgress<TrainingEvent>
    {
        public void Report(TrainingEvent value) => action(value);
    }
}
