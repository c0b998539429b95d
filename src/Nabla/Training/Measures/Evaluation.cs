namespace Nabla;

/// <summary>The cost and the errors of a network on a data set.</summary>
public sealed record Evaluation
{
    /// <summary>Number of samples.</summary>
    public required int Count { get; init; }

    /// <summary>Mean data cost, without the penalty.</summary>
    public required double Cost { get; init; }

    /// <summary>Right answers (classification), or null.</summary>
    public int? Correct { get; init; }

    /// <summary>Right answers over samples, or null for regression.</summary>
    public double? Accuracy => Correct is { } correct ? (double)correct / Count : null;

    /// <summary>Root mean squared error over samples and targets (regression), or null.</summary>
    public double? RootMeanSquaredError { get; init; }

    /// <summary>Mean absolute error over samples and targets (regression), or null.</summary>
    public double? MeanAbsoluteError { get; init; }

    /// <summary>Coefficient of determination, the mean of the targets' R² (regression), or null.</summary>
    public double? R2 { get; init; }
}
