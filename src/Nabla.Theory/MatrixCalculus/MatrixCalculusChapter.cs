namespace Nabla.Theory.MatrixCalculus;

/// <summary>Chapter E: Backpropagation as matrix calculus.</summary>
internal static class MatrixCalculusChapter
{
    public static Chapter Chapter { get; } = new(
        "E",
        "Backpropagation as matrix calculus",
        "The chain rule written with Jacobians, and what each derivative costs.",
        []);
}
