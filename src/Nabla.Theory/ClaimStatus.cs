namespace Nabla.Theory;

/// <summary>What a published claim proved to be.</summary>
public enum ClaimStatus
{
    /// <summary>Holds as stated.</summary>
    Correct,

    /// <summary>Refuted by a counterexample.</summary>
    Wrong,

    /// <summary>True in substance, false or unproved as worded.</summary>
    Imprecise,

    /// <summary>A question of design without numbers, answered by an experiment.</summary>
    Question,
}

/// <summary>The outcome of a check.</summary>
public enum Verdict
{
    /// <summary>The claim holds.</summary>
    Holds,

    /// <summary>The published form fails by the figure given, and the corrected form holds.</summary>
    Corrected,

    /// <summary>The library breaks the law.</summary>
    Fails,
}
