namespace Nabla.Theory.Activations;

/// <summary>Chapter A: Activations.</summary>
internal static class ActivationsChapter
{
    public static Chapter Chapter { get; } = new(
        "A",
        "Activations",
        "A unit adds up what it is told, $z = \\sum_k w_k x_k + b$, and answers with $a = f(z)$. All that learning ever asks of $f$ is its slope: it is the factor by which an error shrinks on its way back through the unit. This chapter looks at the values and slopes of the sigmoid and its relatives, and at the ends of their range, where floating point differs from the real numbers.",
        [.. SigmoidChecks.Checks, .. SigmoidRangeChecks.Checks, .. TanhChecks.Checks, .. OtherUnitChecks.Checks]);
}
