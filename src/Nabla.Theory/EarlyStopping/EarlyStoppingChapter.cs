namespace Nabla.Theory.EarlyStopping;

/// <summary>Chapter K: Early stopping.</summary>
internal static class EarlyStoppingChapter
{
    public static Chapter Chapter { get; } = new(
        "K",
        "Early stopping",
        "When to stop, as a pure function of the accuracies so far.",
        []);
}
