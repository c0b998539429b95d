namespace Nabla.Theory;

/// <summary>The kinds of findings.</summary>
public enum FindingKind
{
    /// <summary>A condition of the check: data or a setting.</summary>
    Given,

    /// <summary>A number that must equal the expected one or respect a bound.</summary>
    Found,

    /// <summary>A statement that must be true.</summary>
    Statement,

    /// <summary>The value of the published form, which must differ from the true value.</summary>
    Refuted,

    /// <summary>The result of an experiment, which is shown but not judged.</summary>
    Reported,
}

/// <summary>One line of the evidence of a check.</summary>
/// <param name="Kind">The kind of the finding.</param>
/// <param name="Name">The quantity or statement.</param>
/// <param name="Value">The value found, as text.</param>
/// <param name="Expected">
/// The expected value, as text; the true value for a refuted form. Null if nothing was expected.
/// </param>
/// <param name="Error">The deviation, relative to max(1, |expected|) or to |expected|; null without numbers.</param>
/// <param name="Passed">Whether the finding meets its requirement.</param>
public sealed record Finding(FindingKind Kind, string Name, string Value, string? Expected = null, double? Error = null, bool Passed = true);
