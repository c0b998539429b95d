namespace Nabla.Theory.HyperParameters;

/// <summary>Chapter M: Learning hyper-parameters by descent.</summary>
internal static class HyperParametersChapter
{
    public static Chapter Chapter { get; } = new(
        "M",
        "hyper-parameters",
        "Learning hyper-parameters by descent",
        """
        If descent finds the weights, why not let it find λ and η as well? The reason is that a hyper-parameter cannot
        be judged by the training cost. λ can only increase this cost, so descent removes it. η does not occur in the
        cost at all and acts only through the path. Both can be learned from other quantities: λ from the cost on
        held-out samples, and η from the cost at the end of training.
        """,
        $"{Chapter.Book}, chapter 3, \"How to choose a neural network's hyper-parameters?\".",
        [.. PenaltyDescentChecks.Checks, .. LearningRateDescentChecks.Checks]);
}
