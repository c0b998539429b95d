namespace Nabla.Theory.Supplements;

/// <summary>Chapter R: Supplements.</summary>
internal static class SupplementsChapter
{
    public static Chapter Chapter { get; } = new(
        "R",
        "Supplements",
        "Claims that the other chapters leave open.",
        [.. CrossEntropyFormChecks.Checks, .. BinaryTraining.Checks]);
}
