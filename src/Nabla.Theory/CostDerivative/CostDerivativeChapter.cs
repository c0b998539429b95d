namespace Nabla.Theory.CostDerivative;

/// <summary>Chapter J: The cost derivative in code.</summary>
internal static class CostDerivativeChapter
{
    public static Chapter Chapter { get; } = new(
        "J",
        "cost-derivative",
        "The cost derivative in code",
        """
        Two expressions can be equal on paper and still be different programs. The derivative of cross-entropy with
        respect to the activation contains a division by a(1−a). Multiplied by σ′(z) = a(1−a), it is the same δ as the
        plain difference a−y, until a unit saturates at the wrong end. Then one form gives −1 or 1, and the other gives
        NaN.
        """,
        $"{Chapter.Book}, chapter 2, \"The code for backpropagation\".",
        [.. CostDerivativeChecks.Checks]);
}
