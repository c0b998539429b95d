namespace Nabla.Theory.EarlyStopping;

/// <summary>Chapter K: Early stopping.</summary>
internal static class EarlyStoppingChapter
{
    public static Chapter Chapter { get; } = new(
        "K",
        "Early stopping",
        "When is enough? A stopping rule is a pure function of the accuracies so far, short enough for one line of code, and one line of code is enough for three mistakes: "
        + "a strict sign where a tie must count, a window that is one too short, a condition that is right the first time it is asked and wrong the second. "
        + "Here the published lines run beside the library's rules on every sequence up to seven epochs, and both rules on whole runs of the trainer.",
        [.. BestRuleChecks.Checks, .. StoppedRunChecks.SlopeChecks, .. AverageRuleChecks.Checks, .. StoppedRunChecks.Checks]);
}
