namespace Nabla.Theory.Initialisation;

/// <summary>Chapter H: Initialisation.</summary>
internal static class InitialisationChapter
{
    public static Chapter Chapter { get; } = new(
        "H",
        "Initialisation",
        """
        Before the first step a network knows nothing, but it is not without properties: how its weights are drawn decides how
        wide the weighted inputs spread, and with that how steep the sigmoids are where they stand. A factor of √n in
        the weights is the difference between units that learn at once and units that are stuck on their plateaus.
        """,
        [.. SpreadChecks.Checks, .. SaturationChecks.Checks]);
}
