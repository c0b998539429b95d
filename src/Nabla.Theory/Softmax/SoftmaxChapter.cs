namespace Nabla.Theory.Softmax;

/// <summary>Chapter D: Softmax and log-likelihood.</summary>
internal static class SoftmaxChapter
{
    public static Chapter Chapter { get; } = new(
        "D",
        "Softmax and log-likelihood",
        "A layer whose outputs are a distribution: its Jacobian, its inverse, its gradients, and the constant that sharpens it.",
        [.. SumChecks.Checks, .. MonotonicityChecks.Checks, .. DependenceChecks.Checks]);
}
