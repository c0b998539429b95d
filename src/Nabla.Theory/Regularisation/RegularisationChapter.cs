namespace Nabla.Theory.Regularisation;

/// <summary>Chapter I: Regularisation and weight decay.</summary>
internal static class RegularisationChapter
{
    public static Chapter Chapter { get; } = new(
        "I",
        "Regularisation and weight decay",
        "A penalty on large weights is the oldest way to keep a network from learning its samples by heart. "
        + "These checks follow λ from the cost into the step, from the step into the epoch, and from the epoch into a whole run: what it adds to the gradient, "
        + "how fast weights shrink when the data are silent, and where the shrinking ends because they speak. Most mistakes here are of one kind: "
        + "which of the counts n (samples of the training set), m (samples of a mini-batch) and N (weights) stands in a formula.",
        [.. PenaltyGradientChecks.Checks, .. DecayRateChecks.Checks, .. PenaltySizeChecks.Checks, .. LargeWeightRunChecks.Checks, .. L1Checks.Checks]);
}
