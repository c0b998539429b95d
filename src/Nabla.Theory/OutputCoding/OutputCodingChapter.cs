namespace Nabla.Theory.OutputCoding;

/// <summary>Chapter Q: Output coding.</summary>
internal static class OutputCodingChapter
{
    public static Chapter Chapter { get; } = new(
        "Q",
        "Output coding",
        "Digits as ten outputs or as four bits.",
        []);
}
