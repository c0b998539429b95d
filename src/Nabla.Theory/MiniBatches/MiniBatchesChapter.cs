namespace Nabla.Theory.MiniBatches;

/// <summary>Chapter P: Descent in one dimension, mini-batches, online learning.</summary>
internal static class MiniBatchesChapter
{
    public static Chapter Chapter { get; } = new(
        "P",
        "Descent in one dimension, mini-batches, online learning",
        """
        One number to learn, and the cost is a curve that one can draw: here every word about descent can be seen, and also where the picture of a rolling
        ball misleads. Then the samples enter. A mini-batch is an opinion poll among them: right on average, uncertain by an amount that can be computed.
        """,
        [.. OneDimensionChecks.Checks, .. MiniBatchChecks.Checks]);
}
