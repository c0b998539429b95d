namespace Nabla.Theory.OutputCoding;

/// <summary>Chapter Q: Output coding.</summary>
internal static class OutputCodingChapter
{
    public static Chapter Chapter { get; } = new(
        "Q",
        "Output coding",
        "Ten digits need only four bits, so why spend ten outputs on them? The codes themselves answer: what a mistake costs, what can be recognised as a mistake, "
        + "and what a network with hand-set weights must do to get from one coding to the other.",
        [.. BinaryCodeChecks.Checks, .. BinaryNetworkChecks.Checks]);
}
