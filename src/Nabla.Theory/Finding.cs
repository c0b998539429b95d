namespace Nabla.Theory;

/// <summary>What a finding is.</summary>
public enum FindingKind
{
    /// <summary>A condition of the check: data or a setting.</summary>
    Given,

    /// <summary>A number that must come out.</summary>
    Found,

    /// <summary>A statement that must be true.</summary>
    Statement,

    /// <summary>The published form, evaluated: it must differ from the truth.</summary>
    Refuted,

    /// <summary>A result of an experiment, shown and not judged.</summary>
    Reported,
}

/// <summary>One line of a check's evidence.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">The quantity or the statement.</param>
/// <param name="Value">What was found, as text.</param>
/// <param name="Expected">What had to come out, as text; for a refuted form the truth. Null where nothing was expected.</param>
/// <param name="Error">The deviation, relative to max(1, |expected|) or to the expected value as the comparison was; null without numbers.</param>
/// <param name="Passed">Whether it is as it must be.</param>
public sealed record Finding(FindingKind Kind, string Name, string Value, string? Expected = null, double? Error = null, bool Passed = true);
