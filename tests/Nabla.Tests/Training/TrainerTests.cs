using Nabla.Tests.Support;
using Nabla.Training.Schedules;
using Nabla.Training.UpdateRules;
using Xunit;

namespace Nabla.Tests.Training;

public class TrainerTests
{
    private static readonly TrainingOptions Plain = new() { Epochs = 3, BatchSize = 7, LearningRate = 0.3, Threads = 1, Precision = Precision.Double };

    [Fact]
    public void Full_batch_descent_on_the_bowl_contracts_by_one_minus_eta_times_curvature()
    {
        // Theory T75: the bowl ½(4w₁² + w₂²) from (1, 1), η = 0.1, ten steps; exact decimals.
        NetworkOptions architecture = NetworkOptions.FeedForward(2, [], 1, Activation.Linear, Activation.Linear, Cost.Quadratic);
        var start = new Parameters(architecture, Precision.Double);
        start.SetWeight(0, 0, 0, 1);
        start.SetWeight(0, 0, 1, 1);
        double[] x = [4, 0, -4, 0, 0, 2, 0, -2, 0, 0, 0, 0, 0, 0, 0, 0];
        Dataset bowl = Dataset.FromRows("bowl", x, 2, new double[8], 1);
        TrainingResult result = Trainer.Train(
            architecture,
            new DataSplit(bowl, null, null),
            Plain with { Epochs = 10, BatchSize = 8, LearningRate = 0.1, InitialParameters = start });

        Assert.Equal(0.0060466176, result.Parameters.GetWeight(0, 0, 0), 1e-15);
        Assert.Equal(0.3486784401, result.Parameters.GetWeight(0, 0, 1), 1e-15);
        Assert.Equal(0, result.Parameters.GetBias(0, 0), 1e-18);
        Assert.Equal(2.5, result.Epochs[0].TrainCost, 1e-15);
    }

    [Theory]
    [InlineData("quadratic", 2.5)]
    [InlineData("huber", 1 / 3.0)]
    public void One_far_target_pulls_the_answer_by_its_size_or_by_its_sign(string cost, double expected)
    {
        // Targets 0, 0, 0, 10: the mean; and the b with 3b = 1, where three small errors and one clamped one cancel.
        NetworkOptions architecture = NetworkOptions.FeedForward(1, [], 1, Activation.Linear, Activation.Linear, Named.Cost(cost));
        Dataset data = Dataset.FromRows("outlier", new double[4], 1, [0.0, 0, 0, 10], 1);
        TrainingResult result = Trainer.Train(architecture, new DataSplit(data, null, null), Plain with { Epochs = 200, BatchSize = 4 });
        Assert.Equal(expected, result.Parameters.GetBias(0, 0), 1e-12);
    }

    [Theory]
    [InlineData("sgd")]
    [InlineData("momentum")]
    [InlineData("adam")]
    public void A_resumed_run_ends_with_the_bits_of_the_undisturbed_one(string kind)
    {
        DataSplit data = Stripes(60);
        NetworkOptions architecture = Architecture(data);
        TrainingOptions options = Plain with { Epochs = 6, LearningRate = 0.05, Optimizer = Named.Rule(kind), L2 = 0.1, Schedule = new OneCycleSchedule() };
        TrainingResult whole = Trainer.Train(architecture, data, options);

        TrainingState? taken = null;
        using var stop = new CancellationTokenSource();
        var observer = new Observer(e =>
        {
            if (e is EpochCompleted { Epoch: 3 } epoch)
            {
                taken = Copy(epoch.State);
                stop.Cancel();
            }
        });
        TrainingResult half = Trainer.Train(architecture, data, options, observer, cancellation: stop.Token);
        TrainingResult resumed = Trainer.Train(architecture, data, options, null, taken);

        Assert.Equal(StopReason.Interrupt, half.StoppedBy);
        Assert.True(whole.Parameters.All<double>().SequenceEqual(resumed.Parameters.All<double>()));
        Assert.Equal(6, resumed.EpochsDone);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public void The_number_of_threads_changes_no_bit(int threads)
    {
        DataSplit data = Stripes(60);
        NetworkOptions architecture = NetworkOptions.FeedForward(data.Train.InputCount, [200, 70], 3, Activation.Relu, Activation.Softmax, Cost.LogLikelihood);
        TrainingOptions options = Plain with { Precision = Precision.Single, LearningRate = 0.05, Optimizer = new Adam() };
        TrainingResult one = Trainer.Train(architecture, data, options);
        TrainingResult many = Trainer.Train(architecture, data, options with { Threads = threads });
        Assert.True(one.Parameters.All<float>().SequenceEqual(many.Parameters.All<float>()));
    }

    [Fact]
    public void Divergence_stops_the_run_and_keeps_the_last_finite_parameters()
    {
        DataSplit data = Stripes(60);
        NetworkOptions architecture = NetworkOptions.FeedForward(data.Train.InputCount, [20], 3, Activation.Relu, Activation.Linear, Cost.Quadratic);
        TrainingDiverged? diverged = null;
        TrainingResult result = Trainer.Train(
            architecture, data, Plain with { LearningRate = 1e6, Epochs = 50 }, new Observer(e => diverged = e as TrainingDiverged ?? diverged));

        Assert.Equal(StopReason.Diverged, result.StoppedBy);
        Assert.NotNull(diverged);
        Assert.Contains("learning rate", diverged.Cause, StringComparison.Ordinal);
        foreach (double value in result.Parameters.All<double>())
        {
            Assert.True(double.IsFinite(value));
        }
    }

    [Fact]
    public void A_cancelled_run_returns_a_usable_model_and_says_so()
    {
        DataSplit data = Stripes(60);
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        TrainingResult result = Trainer.Train(Architecture(data), data, Plain, cancellation: stop.Token);
        Assert.Equal(StopReason.Interrupt, result.StoppedBy);
        Assert.Equal(0, result.EpochsDone);
        Assert.InRange(Evaluator.Evaluate(result.Architecture, result.Parameters, data.Train).Accuracy!.Value, 0, 1);
    }

    [Fact]
    public void Every_epoch_is_heard_as_it_ends()
    {
        DataSplit data = Stripes(60);
        var heard = new List<int>();
        Trainer.Train(Architecture(data), data, Plain, new Observer(e =>
        {
            if (e is EpochCompleted epoch)
            {
                heard.Add(epoch.Epoch);
            }
        }));
        Assert.Equal([1, 2, 3], heard);
    }

    [Fact]
    public void Frozen_parameters_stay_as_they_are()
    {
        DataSplit data = Stripes(60);
        NetworkOptions architecture = Architecture(data);
        Parameters start = ParameterInitializer.Draw(architecture, Initializer.Scaled, Precision.Double, 0);
        TrainingResult result = Trainer.Train(architecture, data, Plain with { Frozen = ["layers.0.weight", "layers.1.bias"], L2 = 1 });
        Assert.True(start.Weight<double>(0).Elements.SequenceEqual(result.Parameters.Weight<double>(0).Elements));
        Assert.True(start.Bias<double>(1).SequenceEqual(result.Parameters.Bias<double>(1)));
        Assert.False(start.Weight<double>(1).Elements.SequenceEqual(result.Parameters.Weight<double>(1).Elements));
        Assert.False(start.Bias<double>(0).SequenceEqual(result.Parameters.Bias<double>(0)));
    }

    [Fact]
    public void The_kept_parameters_are_those_of_the_first_best_epoch()
    {
        DataSplit data = Stripes(60);
        var seen = new Dictionary<int, double[]>();
        TrainingOptions options = Plain with { Epochs = 40, LearningRate = 1.5, EarlyStopping = new EarlyStoppingOptions { Patience = 4 } };
        TrainingResult result = Trainer.Train(Architecture(data), data, options, new Observer(e =>
        {
            if (e is EpochCompleted epoch)
            {
                seen[epoch.Epoch] = epoch.State.Parameters.All<double>().ToArray();
            }
        }));
        int best = result.Epochs.MaxBy(epoch => epoch.Validation!.Correct)!.Epoch;
        Assert.Equal(best, result.BestEpoch);
        Assert.Equal(best, result.KeptEpoch);
        Assert.True(result.Parameters.All<double>().SequenceEqual(seen[best]));
    }

    [Fact]
    public void The_last_smaller_batch_is_averaged_over_its_own_size()
    {
        // Three samples with y = 1, x = 0 and batch 2: the bias alone moves, by −η·mean(a − y) each step.
        NetworkOptions architecture = NetworkOptions.FeedForward(1, [], 1, Activation.Linear, Activation.Linear, Cost.Quadratic);
        Dataset data = Dataset.FromRows("ones", new double[3], 1, [1.0, 1.0, 1.0], 1);
        TrainingResult result = Trainer.Train(architecture, new DataSplit(data, null, null), Plain with { Epochs = 1, BatchSize = 2, LearningRate = 0.5, InitialParameters = new Parameters(architecture, Precision.Double) });
        Assert.Equal(0.75, result.Parameters.GetBias(0, 0));
    }

    [Fact]
    public void Cross_entropy_learns_soft_targets_down_to_their_entropy()
    {
        // Theory T12: one unit, x = 1, y = 0.3.
        NetworkOptions architecture = NetworkOptions.FeedForward(1, [], 1, Activation.Sigmoid, Activation.Sigmoid, Cost.CrossEntropy);
        Dataset data = Dataset.FromRows("soft", new double[] { 1 }, 1, [0.3], 1);
        TrainingResult result = Trainer.Train(architecture, new DataSplit(data, null, null), Plain with { Epochs = 40, LearningRate = 2, InitialParameters = new Parameters(architecture, Precision.Double) });
        Assert.Equal(0.6108643020548935, result.Epochs[^1].TrainCost, 1e-12);
    }

    [Theory]
    [InlineData("cross-entropy", "sigmoid", 1.5, "[0, 1]")]
    [InlineData("cross-entropy", "sigmoid", -0.1, "[0, 1]")]
    [InlineData("log-likelihood", "softmax", 1, "quadratic")]
    public void Real_targets_that_the_cost_cannot_take_are_refused(string cost, string output, double target, string reason)
    {
        NetworkOptions architecture = NetworkOptions.FeedForward(1, [], 2, Named.Activation(output), Named.Activation(output), Named.Cost(cost));
        Dataset data = Dataset.FromRows("real", new double[] { 1, 2 }, 1, [0, 1, 0.5, target], 2);
        ArgumentException exception = Assert.Throws<ArgumentException>(() => Trainer.Train(architecture, new DataSplit(data, null, null), Plain));
        Assert.Contains(reason, exception.Message, StringComparison.Ordinal);
    }

    private static NetworkOptions Architecture(DataSplit data) =>
        NetworkOptions.FeedForward(data.Train.InputCount, [8], 3, Activation.Sigmoid, Activation.Softmax, Cost.LogLikelihood, dropout: 0.2);

    /// <summary>Three classes of 6×6 pictures, each with a stripe at its own height and a texture by formula.</summary>
    private static DataSplit Stripes(int count)
    {
        byte[] pixels = new byte[count * 36];
        int[] labels = [.. Enumerable.Range(0, count).Select(i => i % 3)];
        for (int i = 0; i < pixels.Length; i++)
        {
            int sample = i / 36, row = i % 36 / 6;
            pixels[i] = (byte)((row / 2 == labels[sample] ? 90 : 0) + (i * 7919 % 160));
        }

        Dataset all = Dataset.FromImages("stripes", pixels, new ImageShape(6, 6), labels, ["a", "b", "c"]);
        return new DataSplit(all.Slice(0, count * 3 / 4), all.Slice(count * 3 / 4, count / 4), null);
    }

    private static TrainingState Copy(TrainingState state) => new()
    {
        Parameters = state.Parameters.Clone(),
        Moments = [.. state.Moments.Select(moment => moment.Clone())],
        Best = state.Best?.Clone(),
        BestEpoch = state.BestEpoch,
        Epoch = state.Epoch,
        Step = state.Step,
        Metrics = [.. state.Metrics],
    };

    private sealed class Observer(Action<TrainingEvent> action) : IProgress<TrainingEvent>
    {
        public void Report(TrainingEvent value) => action(value);
    }
}
