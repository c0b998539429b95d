using Nabla.Cli.Failures;
using Nabla.Data;
using Nabla.Network.Activations;
using Nabla.Network.Costs;
using Nabla.Network.Initializers;
using Nabla.Training.Schedules;
using Nabla.Training.State;
using Nabla.Training.Stopping;
using Nabla.Training.UpdateRules;

namespace Nabla.Cli.Options;

/// <summary>A named set of options for the network and its training.</summary>
internal sealed record Preset(NetworkSettings Network, TrainingOptions Training)
{
    public const string Names = "modern|book|plain";

    /// <summary>The preset of this name, for this data.</summary>
    /// <exception cref="UsageException">There is no such preset.</exception>
    public static Preset Of(string name, Dataset train)
    {
        Preset preset = name == "modern" && train.Columns is not null ? ModernTable(train.Count) : Of(name, train.Image is not null, train.Count);
        return train.IsRegression
            ? preset with { Network = preset.Network with { Output = Activation.Linear, Cost = Cost.Quadratic } }
            : preset;
    }

    private static Preset Of(string name, bool isImages, int count) => name switch
    {
        "modern" => isImages ? ModernImages(count) : ModernRows(count),
        "book" => Book,
        "plain" => Plain,
        _ => throw new UsageException($"--preset {name}: expected one of {Names.Replace("|", ", ", StringComparison.Ordinal)}."),
    };

    /// <summary>The network of the book's third chapter: sigmoid in all layers, cross-entropy, plain SGD.</summary>
    private static Preset Book => new(
        new NetworkSettings
        {
            Hidden = [100],
            Activation = Activation.Sigmoid,
            Output = Activation.Sigmoid,
            Cost = Cost.CrossEntropy,
            Initializer = Initializer.Scaled,
        },
        new TrainingOptions { Epochs = 30, BatchSize = 10, LearningRate = 0.5, L2 = 5 });

    /// <summary>Nothing beyond the basics: no penalty, no early stopping.</summary>
    private static Preset Plain => new(
        new NetworkSettings { Hidden = [100], Activation = Activation.Sigmoid, Output = Activation.Softmax, Cost = Cost.LogLikelihood, Initializer = Initializer.Scaled },
        new TrainingOptions { Epochs = 30, BatchSize = 10, LearningRate = 0.1, EarlyStopping = new EarlyStoppingOptions { Keep = KeepRule.Last } });

    private static Preset ModernImages(int count) => new(
        new NetworkSettings { Hidden = [256] },
        Modern with { Epochs = count < 5_000 ? 40 : 12, BatchSize = count < 5_000 ? 32 : 64, LearningRate = 0.003, L2 = 0.01 * count });

    private static Preset ModernRows(int count) => new(
        new NetworkSettings { Hidden = [64, 64] },
        Modern with { Epochs = Math.Clamp(60_000 / count, 10, 100), BatchSize = count < 20_000 ? 32 : 128, LearningRate = 0.005, L2 = 0.01 * count });

    /// <summary>
    /// One wide layer with a weight decay that falls with the number of rows. On nine tables of 150 to 10,000 rows it
    /// was the only setting tried that is never
    /// behind scikit-learn's MLP with its defaults by more than the spread between splits (docs/data.md). Large tables
    /// may need a second layer.
    /// </summary>
    private static Preset ModernTable(int count) => count >= 20_000 ? ModernRows(count) : new(
        new NetworkSettings { Hidden = [256] },
        Modern with { Epochs = Math.Clamp(60_000 / count, 10, 100), BatchSize = 32, LearningRate = 0.01, L2 = Math.Clamp(1000.0 / count, 0.01, 0.5) * count });

    private static TrainingOptions Modern => new()
    {
        Optimizer = new AdamW(),
        Schedule = new OneCycleSchedule(),
        Initializer = Initializer.He,
    };
}
