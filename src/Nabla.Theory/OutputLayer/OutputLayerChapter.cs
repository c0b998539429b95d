namespace Nabla.Theory.OutputLayer;

/// <summary>Chapter C: Output layer: gradients, saturation, linear outputs.</summary>
internal static class OutputLayerChapter
{
    public static Chapter Chapter { get; } = new(
        "C",
        "output-layer",
        "Output layer: gradients, saturation, linear outputs",
        """
        Everything that a network learns starts with one vector, the error $\delta^L = \partial C/\partial z^L$ of its
        output layer; the lower layers receive their errors from it. This chapter derives it for the pairs of cost and
        output activation in the documents, with the correct signs, sums and averages. It also repeats the classic
        experiment: a unit that is completely wrong hardly learns under the quadratic cost, but learns quickly under
        cross-entropy.
        """,
        $"{Chapter.Book}, chapter 3, \"The cross-entropy cost function\".",
        [.. QuadraticGradientChecks.Checks, .. CrossEntropyGradientChecks.Checks, .. SaturationChecks.Checks, .. LinearOutputChecks.Checks, .. InputFactorChecks.Checks]);
}
