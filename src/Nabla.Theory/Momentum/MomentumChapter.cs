namespace Nabla.Theory.Momentum;

/// <summary>Chapter N: Momentum.</summary>
internal static class MomentumChapter
{
    public static Chapter Chapter { get; } = new(
        "N",
        "Momentum",
        "A ball with friction: between 0 and 1, above 1 and below 0.",
        []);
}
