using Nabla.Network.Layers;
using Nabla.Training;
using Nabla.Training.Measures;

namespace Nabla.Models.Content;

/// <summary>How a model came to be. What is not known, as in models from other programs, is null.</summary>
/// <remarks>No time of day stands here: the same run writes the same file.</remarks>
public sealed record ModelFacts
{
    /// <summary>What the training data was called, or the file that the model was imported from.</summary>
    public string? Data { get; init; }

    /// <summary>Training samples.</summary>
    public int? TrainCount { get; init; }

    /// <summary>Epochs done.</summary>
    public int? Epochs { get; init; }

    /// <summary>The best epoch, 1-based.</summary>
    public int? BestEpoch { get; init; }

    /// <summary>The epoch after which the parameters were taken, 1-based.</summary>
    public int? KeptEpoch { get; init; }

    /// <summary>Why the run ended.</summary>
    public StopReason? StoppedBy { get; init; }

    /// <summary>The seed.</summary>
    public ulong? Seed { get; init; }

    /// <summary>The name of the update rule.</summary>
    public string? Optimizer { get; init; }

    /// <summary>η at the start.</summary>
    public double? LearningRate { get; init; }

    /// <summary>Samples of a mini-batch.</summary>
    public int? BatchSize { get; init; }

    /// <summary>λ of the L1 penalty.</summary>
    public double? L1 { get; init; }

    /// <summary>λ of the L2 penalty.</summary>
    public double? L2 { get; init; }

    /// <summary>Probability that a hidden unit was dropped.</summary>
    public double? Dropout { get; init; }

    /// <summary>Right answers over samples on the test set, where there was one.</summary>
    public double? TestAccuracy { get; init; }

    /// <summary>Root mean squared error on the test set (regression).</summary>
    public double? TestRmse { get; init; }

    /// <summary>The version of Nabla that trained it.</summary>
    public string? NablaVersion { get; init; }

    /// <summary>The facts of a run.</summary>
    /// <param name="result">What came of it.</param>
    /// <param name="data">What the training data is called.</param>
    /// <param name="trainCount">Training samples.</param>
    /// <param name="test">The model on the test set, or null.</param>
    public static ModelFacts Of(TrainingResult result, string data, int trainCount, Evaluation? test = null)
    {
        ArgumentNullException.ThrowIfNull(result);
        return new ModelFacts
        {
            Data = data,
            TrainCount = trainCount,
            Epochs = result.EpochsDone,
            BestEpoch = result.BestEpoch,
            KeptEpoch = result.KeptEpoch,
            StoppedBy = result.StoppedBy,
            Seed = result.Options.Seed,
            Optimizer = result.Options.Optimizer.Name,
            LearningRate = result.Options.LearningRate,
            BatchSize = result.Options.BatchSize,
            L1 = result.Options.L1,
            L2 = result.Options.L2,
            Dropout = result.Architecture.Layers.OfType<Dropout>().Select(layer => layer.Probability).FirstOrDefault(),
            TestAccuracy = test?.Accuracy,
            TestRmse = test?.RootMeanSquaredError,
            NablaVersion = ProductVersion.Current,
        };
    }
}
