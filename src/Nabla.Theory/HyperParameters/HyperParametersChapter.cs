namespace Nabla.Theory.HyperParameters;

/// <summary>Chapter M: Learning hyper-parameters by descent.</summary>
internal static class HyperParametersChapter
{
    public static Chapter Chapter { get; } = new(
        "M",
        "Learning hyper-parameters by descent",
        "Why λ and η cannot be learned by descent on the training cost.",
        []);
}
