namespace Nabla.Theory.CrossEntropy;

/// <summary>Chapter B: Cross-entropy as a function.</summary>
internal static class CrossEntropyChapter
{
    public static Chapter Chapter { get; } = new(
        "B",
        "Cross-entropy as a function",
        "Cross-entropy is the price of an answer $a$ when the truth is $y$: nothing for certainty that is right, without limit for certainty that is wrong. This chapter takes one sigmoid output and looks at that price from two sides, as a function of the activation and as a function of the weighted input: where it is least, how it bends, and in which form a computer may evaluate it.",
        [.. FormChecks.Checks, .. MinimumChecks.Checks, .. WeightedInputChecks.Checks]);
}
