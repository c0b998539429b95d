namespace Nabla.Theory.Activations;

/// <summary>Chapter A: Activations.</summary>
internal static class ActivationsChapter
{
    public static Chapter Chapter { get; } = new(
        "A",
        "activations",
        "Activations",
        """
        A unit computes its weighted input, $z = \sum_k w_k x_k + b$, and outputs $a = f(z)$. Backpropagation needs only
        the slope of $f$: an error is multiplied by it on its way back through the unit. This chapter examines the
        values and slopes of the sigmoid and related functions. It also looks at the ends of their range, where
        floating-point numbers behave differently from real numbers.
        """,
        $"{Chapter.Book}, chapter 1, \"Sigmoid neurons\", and chapter 3, \"Other models of artificial neuron\".",
        [.. SigmoidChecks.Checks, .. SigmoidRangeChecks.Checks, .. TanhChecks.Checks, .. OtherUnitChecks.Checks]);
}
