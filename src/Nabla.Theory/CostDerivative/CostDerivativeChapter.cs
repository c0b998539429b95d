namespace Nabla.Theory.CostDerivative;

/// <summary>Chapter J: The cost derivative in code.</summary>
internal static class CostDerivativeChapter
{
    public static Chapter Chapter { get; } = new(
        "J",
        "The cost derivative in code",
        "The same derivative written in two ways, of which one survives floating point.",
        []);
}
