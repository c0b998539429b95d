namespace Nabla.Theory;

/// <summary>How a published claim stands up to proof.</summary>
public enum ClaimStatus
{
    /// <summary>It holds as stated.</summary>
    Correct,

    /// <summary>A counterexample refutes it.</summary>
    Wrong,

    /// <summary>It is true in substance, but false or unproved as worded.</summary>
    Imprecise,

    /// <summary>It is a design question without numbers, which an experiment answers.</summary>
    Question,
}

/// <summary>The outcome of a check.</summary>
public enum Verdict
{
    /// <summary>The claim holds.</summary>
    Holds,

    /// <summary>
    /// The published form gives a wrong number or statement, as recorded, and the corrected form holds.
    /// </summary>
    Corrected,

    /// <summary>The library violates the claim.</summary>
    Fails,
}
