namespace Nabla.Theory.MiniBatches;

/// <summary>Chapter P: Descent in one dimension, mini-batches, online learning.</summary>
internal static class MiniBatchesChapter
{
    public static Chapter Chapter { get; } = new(
        "P",
        "mini-batches",
        "Descent in one dimension, mini-batches, online learning",
        """
        With one number to learn, the cost is a curve that we can draw. On it we can see all concepts of descent, and
        also where the picture of a rolling ball misleads. Then we add samples. A mini-batch is like an opinion poll:
        right on average, with an uncertainty that can be computed.
        """,
        $"{Chapter.Book}, chapter 1, \"Learning with gradient descent\".",
        [.. OneDimensionChecks.Checks, .. MiniBatchChecks.Checks]);
}
