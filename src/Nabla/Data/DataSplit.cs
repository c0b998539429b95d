namespace Nabla;

/// <summary>Data divided into training, validation and test samples. Immutable: any number of threads may use it at once.
/// </summary>
/// <param name="Train">The samples to train on.</param>
/// <param name="Validation">The samples for early stopping and schedules, or null.</param>
/// <param name="Test">The samples that only measure the result, or null: nothing in training depends on them.</param>
public sealed record DataSplit(Dataset Train, Dataset? Validation, Dataset? Test);
