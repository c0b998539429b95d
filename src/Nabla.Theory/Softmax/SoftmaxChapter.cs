namespace Nabla.Theory.Softmax;

/// <summary>Chapter D: Softmax and log-likelihood.</summary>
internal static class SoftmaxChapter
{
    public static Chapter Chapter { get; } = new(
        "D",
        "Softmax and log-likelihood",
        "A sigmoid layer answers as many separate questions as it has units. A softmax layer answers one: which of these classes is it? Its outputs share a whole, so none can rise unless others fall. "
        + "This chapter follows that bond through the Jacobian, inverts it, finds the strikingly simple output error that the log-likelihood cost draws from it, and ends with the constant that makes the answer soft or sharp.",
        [
            .. SumChecks.Checks,
            .. MonotonicityChecks.Checks,
            .. DependenceChecks.Checks,
            .. OutputErrorChecks.Checks,
            .. LogLikelihoodGradientChecks.Checks,
            .. ConstantChecks.Checks,
            .. LimitChecks.Checks,
        ]);
}
