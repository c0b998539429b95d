namespace Nabla.Theory.Initialisation;

/// <summary>Chapter H: Initialisation.</summary>
internal static class InitialisationChapter
{
    public static Chapter Chapter { get; } = new(
        "H",
        "initialisation",
        "Initialisation",
        """
        Before the first step a network knows nothing, but its initial weights already matter. Their spread determines
        the spread of the weighted inputs, and with it the slopes of the sigmoids. A factor of √n in the weights decides
        whether the units learn at once or are stuck on their plateaus.
        """,
        $"{Chapter.Book}, chapter 3, \"Weight initialization\".",
        [.. SpreadChecks.Checks, .. SaturationChecks.Checks]);
}
