namespace Nabla.Data;

/// <summary>Data divided into what is learned from, what decides when to stop, and what is only looked at in the end.</summary>
/// <param name="Train">The samples that are trained on.</param>
/// <param name="Validation">The samples that early stopping and schedules look at, or null.</param>
/// <param name="Test">The samples that are never trained on nor decided by, or null.</param>
public sealed record DataSplit(Dataset Train, Dataset? Validation, Dataset? Test);
