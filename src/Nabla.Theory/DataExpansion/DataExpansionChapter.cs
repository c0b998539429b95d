namespace Nabla.Theory.DataExpansion;

/// <summary>Chapter O: Data expansion and large data.</summary>
internal static class DataExpansionChapter
{
    public static Chapter Chapter { get; } = new(
        "O",
        "Data expansion and large data",
        "Distorted copies, the labels that they keep or lose, and how accuracy grows with data.",
        []);
}
