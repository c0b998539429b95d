namespace Nabla.Theory.MatrixCalculus;

/// <summary>Chapter E: Backpropagation as matrix calculus.</summary>
internal static class MatrixCalculusChapter
{
    public static Chapter Chapter { get; } = new(
        "E",
        "matrix-calculus",
        "Backpropagation as matrix calculus",
        """
        Backpropagation is the chain rule and nothing else. Here we write it with whole Jacobians, one for each step of
        a small network with two inputs, three hidden units and two outputs. We then see which of their entries are
        zero, why these matrices are never stored, and how many multiplications each derivative really costs.
        """,
        $"{Chapter.Book}, chapter 2, \"The four fundamental equations behind backpropagation\".",
        [.. JacobianChecks.Checks, .. ChainChecks.Checks, .. MultiplicationChecks.Checks]);
}
