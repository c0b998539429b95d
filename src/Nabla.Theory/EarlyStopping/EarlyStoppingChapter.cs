namespace Nabla.Theory.EarlyStopping;

/// <summary>Chapter K: Early stopping.</summary>
internal static class EarlyStoppingChapter
{
    public static Chapter Chapter { get; } = new(
        "K",
        "early-stopping",
        "Early stopping",
        """
        When should training stop? A stopping rule is a pure function of the accuracies so far and fits on one line of
        code. One line is enough for three mistakes: a strict inequality that excludes ties, a window that is one epoch
        too short, and a condition that is right at its first evaluation and wrong later. Here we compare the published
        lines with the library's rules on every sequence of up to seven epochs, and both rules on whole runs of the
        trainer.
        """,
        $"{Chapter.Book}, chapter 3, \"How to choose a neural network's hyper-parameters?\".",
        [.. BestRuleChecks.Checks, .. StoppedRunChecks.SlopeChecks, .. AverageRuleChecks.Checks, .. StoppedRunChecks.Checks]);
}
