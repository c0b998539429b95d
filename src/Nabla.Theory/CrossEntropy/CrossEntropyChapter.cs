namespace Nabla.Theory.CrossEntropy;

/// <summary>Chapter B: Cross-entropy as a function.</summary>
internal static class CrossEntropyChapter
{
    public static Chapter Chapter { get; } = new(
        "B",
        "cross-entropy",
        "Cross-entropy as a function",
        """
        Cross-entropy is the cost of an answer $a$ when the truth is $y$. It is zero for certainty that is right and
        infinite for certainty that is wrong. This chapter studies it for one sigmoid output, as a function of the
        activation and as a function of the weighted input: where its minimum lies, how it curves, and in which form a
        computer should evaluate it.
        """,
        $"{Chapter.Book}, chapter 3, \"The cross-entropy cost function\".",
        [.. FormChecks.Checks, .. MinimumChecks.Checks, .. WeightedInputChecks.Checks]);
}
