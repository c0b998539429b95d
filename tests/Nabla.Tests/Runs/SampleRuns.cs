using Nabla.Runs;
using Nabla.Training.Schedules;
using Nabla.Training.UpdateRules;

namespace Nabla.Tests.Runs;

/// <summary>A small run with every kind of option set.</summary>
internal static class SampleRuns
{
    public static readonly NetworkOptions Architecture =
        NetworkOptions.FeedForward(2, [4], 2, Activation.LeakyRelu, Activation.Softmax, Cost.LogLikelihood, dropout: 0.2);

    public static readonly TrainingOptions Training = new()
    {
        Epochs = 6,
        BatchSize = 7,
        LearningRate = 0.05,
        Optimizer = new AdamW(),
        Schedule = new OneCycleSchedule(),
        EarlyStopping = new EarlyStoppingOptions { Patience = 50, Rule = EarlyStoppingRule.Average, Metric = EarlyStoppingMetric.Cost },
        L2 = 0.1,
        Frozen = ["layers.1.bias"],
        Precision = Precision.Double,
        Threads = 1,
        Seed = ulong.MaxValue,
    };

    public static readonly RunOptions Options = new()
    {
        Data = new DataRequest { Source = "moons:100", Validation = SplitSize.OfShare(0.1), Test = SplitSize.OfCount(20), Limit = 50, Seed = 3 },
        Samples = new RunData { Name = "moons", Train = 50, Validation = 8, Test = 20, TrainSha256 = "00", ValidationSha256 = "11" },
        Network = Architecture,
        Training = Training with { Augmentation = new DistortionOptions { Shift = 2, ElasticStrength = 8 } },
        Started = new DateTimeOffset(2026, 7, 1, 12, 0, 0, TimeSpan.FromHours(2)),
        Arguments = ["train", "moons:100"],
        Weights = "first.safetensors",
    };

    /// <summary>Two clouds by formula, 40 samples to train on and 20 to validate.</summary>
    public static DataSplit Data()
    {
        double[] values = new double[120];
        int[] labels = new int[60];
        for (int i = 0; i < 60; i++)
        {
            labels[i] = i % 2;
            values[2 * i] = Math.Sin(7 * i) + labels[i];
            values[(2 * i) + 1] = Math.Cos(11 * i) - labels[i];
        }

        Dataset all = Dataset.FromRows("clouds", values, 2, labels, ["left", "right"]);
        return new DataSplit(all.Slice(0, 40), all.Slice(40, 20), null);
    }

    /// <summary>Calls back for every event.</summary>
    public sealed class Observer(Action<TrainingEvent> action) : IProgress<TrainingEvent>
    {
        public void Report(TrainingEvent value) => action(value);
    }
}
