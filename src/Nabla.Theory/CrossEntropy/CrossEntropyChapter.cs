namespace Nabla.Theory.CrossEntropy;

/// <summary>Chapter B: Cross-entropy as a function.</summary>
internal static class CrossEntropyChapter
{
    public static Chapter Chapter { get; } = new(
        "B",
        "Cross-entropy as a function",
        "The cost of one sigmoid output as a function of the activation and of the weighted input: its minimum, its curvature, its forms.",
        []);
}
