namespace Nabla.Theory.Activations;

/// <summary>Chapter A: Activations.</summary>
internal static class ActivationsChapter
{
    public static Chapter Chapter { get; } = new(
        "A",
        "Activations",
        "What a unit does with its weighted input: values, slopes and the ends of the range, where floating point differs from the real numbers.",
        [.. SigmoidChecks.Checks]);
}
