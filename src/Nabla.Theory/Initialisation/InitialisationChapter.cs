namespace Nabla.Theory.Initialisation;

/// <summary>Chapter H: Initialisation.</summary>
internal static class InitialisationChapter
{
    public static Chapter Chapter { get; } = new(
        "H",
        "Initialisation",
        "How wide the weighted inputs spread before the first step, and what that does to σ′.",
        []);
}
