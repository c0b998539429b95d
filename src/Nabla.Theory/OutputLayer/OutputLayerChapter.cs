namespace Nabla.Theory.OutputLayer;

/// <summary>Chapter C: Output layer: gradients, saturation, linear outputs.</summary>
internal static class OutputLayerChapter
{
    public static Chapter Chapter { get; } = new(
        "C",
        "Output layer: gradients, saturation, linear outputs",
        "Everything a network learns begins with one vector, the error $\\delta^L = \\partial C/\\partial z^L$ of its output layer: the layers below only pass it on. This chapter computes it for the pairs of cost and output that the documents study, with the signs, sums and averages where they belong, and shows the classic experiment: a unit that is utterly wrong and cannot move, until another cost sets it free.",
        [.. QuadraticGradientChecks.Checks, .. CrossEntropyGradientChecks.Checks, .. SaturationChecks.Checks, .. LinearOutputChecks.Checks, .. InputFactorChecks.Checks]);
}
