namespace Nabla.Theory.HyperParameters;

/// <summary>Chapter M: Learning hyper-parameters by descent.</summary>
internal static class HyperParametersChapter
{
    public static Chapter Chapter { get; } = new(
        "M",
        "Learning hyper-parameters by descent",
        """
        If descent finds the weights, why not let it find λ and η as well? Because a hyper-parameter is judged by something else than the training
        cost. λ only ever adds to that cost, so descent takes it away; η does not stand in it at all, and acts through where the path leads. Both can
        be learned, but from other quantities: the cost on samples that were held back, and the cost at the end of the road.
        """,
        [.. PenaltyDescentChecks.Checks, .. LearningRateDescentChecks.Checks]);
}
