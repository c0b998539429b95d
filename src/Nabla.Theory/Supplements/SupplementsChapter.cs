namespace Nabla.Theory.Supplements;

/// <summary>Chapter R: Supplements.</summary>
internal static class SupplementsChapter
{
    public static Chapter Chapter { get; } = new(
        "R",
        "Supplements",
        "This chapter contains the claims that the other chapters do not cover.",
        [.. CrossEntropyFormChecks.Checks, .. BinaryTraining.Checks]);
}
