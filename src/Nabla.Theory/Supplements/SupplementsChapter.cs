namespace Nabla.Theory.Supplements;

/// <summary>Chapter R: Supplements.</summary>
internal static class SupplementsChapter
{
    public static Chapter Chapter { get; } = new(
        "R",
        "supplements",
        "Supplements",
        "This chapter contains the claims that the other chapters do not cover.",
        $"{Chapter.Book}, chapters 2 and 3.",
        [.. CrossEntropyFormChecks.Checks, .. BinaryTraining.Checks]);
}
