namespace Nabla.Theory.Regularisation;

/// <summary>Chapter I: Regularisation and weight decay.</summary>
internal static class RegularisationChapter
{
    public static Chapter Chapter { get; } = new(
        "I",
        "Regularisation and weight decay",
        "What λ adds to the cost, how fast weights shrink by themselves, and where that ends.",
        []);
}
