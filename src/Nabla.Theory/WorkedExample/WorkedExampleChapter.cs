namespace Nabla.Theory.WorkedExample;

/// <summary>Chapter G: The 2-2-2 worked example.</summary>
internal static class WorkedExampleChapter
{
    public static Chapter Chapter { get; } = new(
        "G",
        "The 2-2-2 worked example",
        "A network small enough to be computed by hand, to ten digits.",
        []);
}
