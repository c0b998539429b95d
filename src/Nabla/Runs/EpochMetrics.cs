using Nabla.Models.Formats.Json;

namespace Nabla.Runs;

/// <summary>An epoch in the log of a run. Numbers that were not finite are null.</summary>
public sealed record EpochMetrics
{
    /// <summary>The epoch, 1-based.</summary>
    public required int Epoch { get; init; }

    /// <summary>Mean data cost over the epoch's mini-batches.</summary>
    public double? TrainCost { get; init; }

    /// <summary>The penalty after the epoch.</summary>
    public double? Penalty { get; init; }

    /// <summary>Data cost of the training set after the epoch, if it was monitored.</summary>
    public double? TrainCostAfter { get; init; }

    /// <summary>Accuracy on the training set after the epoch, if it was monitored.</summary>
    public double? TrainAccuracy { get; init; }

    /// <summary>Data cost of the validation set.</summary>
    public double? ValidationCost { get; init; }

    /// <summary>Accuracy on the validation set.</summary>
    public double? ValidationAccuracy { get; init; }

    /// <summary>Root mean squared error on the validation set (regression).</summary>
    public double? ValidationRmse { get; init; }

    /// <summary>Mean absolute error on the validation set (regression).</summary>
    public double? ValidationMae { get; init; }

    /// <summary>Coefficient of determination on the validation set (regression).</summary>
    public double? ValidationR2 { get; init; }

    /// <summary>The learning rate of the last mini-batch.</summary>
    public double? LearningRate { get; init; }

    /// <summary>Seconds of training, without evaluation.</summary>
    public double? Seconds { get; init; }

    /// <summary>Seconds of the evaluation after the epoch.</summary>
    public double? EvaluationSeconds { get; init; }

    /// <summary>Training samples per second.</summary>
    public double? SamplesPerSecond { get; init; }

    internal static EpochMetrics Read(StrictJson json) => new()
    {
        Epoch = json["epoch"].Int32(),
        TrainCost = json.Optional("train_cost")?.Double(),
        Penalty = json.Optional("penalty")?.Double(),
        TrainCostAfter = json.Optional("train_cost_after")?.Double(),
        TrainAccuracy = json.Optional("train_accuracy")?.Double(),
        ValidationCost = json.Optional("validation_cost")?.Double(),
        ValidationAccuracy = json.Optional("validation_accuracy")?.Double(),
        ValidationRmse = json.Optional("validation_rmse")?.Double(),
        ValidationMae = json.Optional("validation_mae")?.Double(),
        ValidationR2 = json.Optional("validation_r2")?.Double(),
        LearningRate = json.Optional("learning_rate")?.Double(),
        Seconds = json.Optional("seconds")?.Double(),
        EvaluationSeconds = json.Optional("evaluation_seconds")?.Double(),
        SamplesPerSecond = json.Optional("samples_per_second")?.Double(),
    };
}
