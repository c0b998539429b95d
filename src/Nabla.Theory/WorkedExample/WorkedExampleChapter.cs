namespace Nabla.Theory.WorkedExample;

/// <summary>Chapter G: The 2-2-2 worked example.</summary>
internal static class WorkedExampleChapter
{
    public static Chapter Chapter { get; } = new(
        "G",
        "The 2-2-2 worked example",
        """
        Two inputs, two hidden units, two outputs, every weight its own value: a network small enough to be computed by hand, and
        large enough for every mistake that one can make by hand. The homework makes most of them. Here the whole
        example is computed to fifteen digits, and for each printed number it is told whether it is right and, if not, where it comes from.
        """,
        [.. ForwardChecks.Checks, .. CostChecks.Checks, .. GradientChecks.Checks, .. StepChecks.Checks]);
}
