namespace Nabla.Theory.OutputLayer;

/// <summary>Chapter C: Output layer: gradients, saturation, linear outputs.</summary>
internal static class OutputLayerChapter
{
    public static Chapter Chapter { get; } = new(
        "C",
        "Output layer: gradients, saturation, linear outputs",
        "What the cost sends into the output layer, and when σ′ stalls it.",
        []);
}
