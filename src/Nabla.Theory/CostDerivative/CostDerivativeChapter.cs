namespace Nabla.Theory.CostDerivative;

/// <summary>Chapter J: The cost derivative in code.</summary>
internal static class CostDerivativeChapter
{
    public static Chapter Chapter { get; } = new(
        "J",
        "The cost derivative in code",
        "Two expressions can be equal on paper and still be different programs. The derivative of cross-entropy by the activation, divided by a(1−a) and multiplied by it again, "
        + "is the same δ as the plain difference a−y, until a unit saturates at the wrong end: then one of them is −1 or 1, and the other is not a number.",
        [.. CostDerivativeChecks.Checks]);
}
