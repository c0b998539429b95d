namespace Nabla.Theory.Softmax;

/// <summary>Chapter D: Softmax and log-likelihood.</summary>
internal static class SoftmaxChapter
{
    public static Chapter Chapter { get; } = new(
        "D",
        "softmax",
        "Softmax and log-likelihood",
        """
        A sigmoid layer answers as many separate questions as it has units. A softmax layer answers one question: which
        of these classes is it? Its outputs sum to 1, so none can rise unless others fall. This chapter derives the
        Jacobian of softmax, inverts softmax, and finds the simple output error under the log-likelihood cost. The last
        part is about the constant that makes the answer soft or sharp.
        """,
        $"{Chapter.Book}, chapter 3, \"Softmax\".",
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
