namespace Nabla.Runs;

/// <summary>An epoch of <c>metrics.jsonl</c>. Numbers that were not finite are null.</summary>
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
}
