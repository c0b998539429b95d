namespace Nabla.Theory;

/// <summary>One claim of the exercise documents as an executable check: what is claimed, where, why it is so, and the run that proves it.</summary>
/// <remarks>A new check is one more element in the list of its chapter; nothing else needs editing.</remarks>
public sealed record Check
{
    /// <summary>Identity, T and a number, such as "T01".</summary>
    public required string Id { get; init; }

    /// <summary>The claim in a few words.</summary>
    public required string Title { get; init; }

    /// <summary>What the claim proved to be.</summary>
    public required ClaimStatus Status { get; init; }

    /// <summary>Where it is claimed: file name and exercise, one string each.</summary>
    public required IReadOnlyList<string> Sources { get; init; }

    /// <summary>The published claim, in a sentence.</summary>
    public required string Claim { get; init; }

    /// <summary>What is right where the claim is wrong or imprecise, in a sentence; null where it holds.</summary>
    public string? Correction { get; init; }

    /// <summary>The formula that holds, in LaTeX without delimiters.</summary>
    public required string Formula { get; init; }

    /// <summary>Why it holds (and why the published form does not), in Markdown with LaTeX between dollar signs.</summary>
    public required string Derivation { get; init; }

    /// <summary>Runs the check against the library and reports to the findings.</summary>
    public required Action<Findings> Run { get; init; }

    /// <summary>Computes the picture of the check, or null where it has none.</summary>
    public Func<Plots.Plot>? Plot { get; init; }

    /// <summary>Whether the verdict of a passing run is "corrected".</summary>
    public bool IsCorrected => Status is ClaimStatus.Wrong or ClaimStatus.Imprecise;
}
