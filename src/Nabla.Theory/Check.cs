namespace Nabla.Theory;

/// <summary>
/// One claim of the exercise documents as an executable check: the claim, its sources, a derivation and a run.
/// </summary>
/// <remarks>To add a check, add an element to the list of its chapter and a line to the index of the tests.</remarks>
public sealed record Check
{
    /// <summary>The id: T and a number, such as "T01".</summary>
    public required string Id { get; init; }

    /// <summary>The claim in a few words.</summary>
    public required string Title { get; init; }

    /// <summary>Whether the claim is correct, wrong, imprecise or a question.</summary>
    public required ClaimStatus Status { get; init; }

    /// <summary>The sources of the claim. Each is a document of exercises and a place in it: "Homework, 2.1".</summary>
    public required IReadOnlyList<string> Sources { get; init; }

    /// <summary>The published claim, in a sentence.</summary>
    public required string Claim { get; init; }

    /// <summary>The corrected claim, in a sentence; null if the claim holds.</summary>
    public string? Correction { get; init; }

    /// <summary>The correct formula, in LaTeX without delimiters.</summary>
    public required string Formula { get; init; }

    /// <summary>
    /// Why the formula holds (and why the published form does not), in Markdown with LaTeX between dollar signs.
    /// </summary>
    public required string Derivation { get; init; }

    /// <summary>Runs the check against the library and adds its evidence to the findings.</summary>
    public required Action<Findings> Run { get; init; }

    /// <summary>Computes the plot of the check; null if it has none.</summary>
    public Func<Plots.Plot>? Plot { get; init; }

    /// <summary>Whether the verdict of a passing run is "corrected".</summary>
    public bool IsCorrected => Status is ClaimStatus.Wrong or ClaimStatus.Imprecise;
}
