namespace Nabla.Theory.WorkedExample;

/// <summary>Chapter G: The 2-2-2 worked example.</summary>
internal static class WorkedExampleChapter
{
    public static Chapter Chapter { get; } = new(
        "G",
        "worked-example",
        "The 2-2-2 worked example",
        """
        Two inputs, two hidden units, two outputs and a different value for every weight: this network is small enough
        to be computed by hand, and large enough for all the usual mistakes. The homework makes most of them. Here the
        whole example is computed to fifteen digits. For each printed number we say whether it is right and, if it is
        not, how it came about.
        """,
        "Matt Mazur, \"A Step by Step Backpropagation Example\" (2015), whose network and numbers the example uses.",
        [.. ForwardChecks.Checks, .. CostChecks.Checks, .. GradientChecks.Checks, .. StepChecks.Checks]);
}
