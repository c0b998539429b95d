namespace Nabla.Theory.MiniBatches;

/// <summary>Chapter P: Descent in one dimension, mini-batches, online learning.</summary>
internal static class MiniBatchesChapter
{
    public static Chapter Chapter { get; } = new(
        "P",
        "Descent in one dimension, mini-batches, online learning",
        "What a step does, and what a mini-batch knows of the whole.",
        []);
}
