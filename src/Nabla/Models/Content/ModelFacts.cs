using Nabla.Models.Content;

namespace Nabla;

/// <summary>The training facts of a model. Unknown facts are null, as in models from other programs.</summary>
/// <remarks>There is no timestamp, so that the same run writes the same file.</remarks>
public sealed record ModelFacts
{
    /// <summary>The name of the training data, or of the imported file.</summary>
    public string? Data { get; init; }

    /// <summary>Training samples.</summary>
    public int? TrainCount { get; init; }

    /// <summary>Completed epochs.</summary>
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

    /// <summary>The probability with which a hidden unit was dropped.</summary>
    public double? Dropout { get; init; }

    /// <summary>The share of correct answers on the test set, where there was one.</summary>
    public double? TestAccuracy { get; init; }

    /// <summary>Root mean squared error on the test set (regression).</summary>
    public double? TestRmse { get; init; }

    /// <summary>The version of Nabla that trained it.</summary>
    public string? NablaVersion { get; init; }

    /// <summary>The facts of a run.</summary>
    /// <param name="result">The result of the run.</param>
    /// <param name="data">The name of the training data.</param>
    /// <param name="trainCount">Training samples.</param>
    /// <param name="test">The evaluation on the test set, or null.</param>
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
