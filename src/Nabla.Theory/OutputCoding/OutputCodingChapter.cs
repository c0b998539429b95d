namespace Nabla.Theory.OutputCoding;

/// <summary>Chapter Q: Output coding.</summary>
internal static class OutputCodingChapter
{
    public static Chapter Chapter { get; } = new(
        "Q",
        "output-coding",
        "Output coding",
        """
        Ten digits need only four bits, so why use ten outputs? The codes themselves give the answer: the cost of a
        mistake, the share of mistakes that can be recognised, and the network with hand-set weights that converts one
        coding to the other.
        """,
        $"{Chapter.Book}, chapter 1, \"A simple network to classify handwritten digits\".",
        [.. BinaryCodeChecks.Checks, .. BinaryNetworkChecks.Checks]);
}
