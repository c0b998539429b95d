namespace Nabla.Theory.Regularisation;

/// <summary>Chapter I: Regularisation and weight decay.</summary>
internal static class RegularisationChapter
{
    public static Chapter Chapter { get; } = new(
        "I",
        "regularisation",
        "Regularisation and weight decay",
        """
        A penalty on large weights is the oldest way to keep a network from memorising its samples. These checks follow
        λ from the cost to a step, from a step to an epoch, and from an epoch to a whole run. They show what λ adds to
        the gradient, how fast weights shrink if the data gradient is zero, and where the data gradient ends the decay.
        Most mistakes here concern the counts in a formula: n (samples of the training set), m (samples of a mini-batch)
        and N (weights).
        """,
        $"{Chapter.Book}, chapter 3, \"Overfitting and regularization\".",
        [.. PenaltyGradientChecks.Checks, .. DecayRateChecks.Checks, .. PenaltySizeChecks.Checks, .. LargeWeightRunChecks.Checks, .. L1Checks.Checks]);
}
