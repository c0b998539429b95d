using System.Diagnostics;

namespace Nabla.Theory;

/// <summary>A check that was run.</summary>
/// <param name="Check">The check.</param>
/// <param name="Findings">Its evidence.</param>
/// <param name="Problem">Why it could not be run to its end, or null.</param>
/// <param name="Seconds">How long it took.</param>
public sealed record CheckResult(Check Check, IReadOnlyList<Finding> Findings, string? Problem, double Seconds)
{
    /// <summary>The outcome: a check without any judged finding fails, as does a correction that refutes nothing.</summary>
    public Verdict Verdict =>
        Problem is not null || Findings.Any(finding => !finding.Passed) || !Findings.Any(IsProof) || (Check.IsCorrected && !Findings.Any(finding => finding.Kind == FindingKind.Refuted))
            ? Verdict.Fails
            : Check.IsCorrected ? Verdict.Corrected : Verdict.Holds;

    /// <summary>The largest deviation of a number from what was expected.</summary>
    public double Error => Findings.Select(finding => finding.Error ?? 0).DefaultIfEmpty().Max();

    /// <summary>Runs a check.</summary>
    public static CheckResult Of(Check check)
    {
        ArgumentNullException.ThrowIfNull(check);
        var findings = new Findings();
        long start = Stopwatch.GetTimestamp();
        string? problem = null;
        try
        {
            check.Run(findings);
        }
#pragma warning disable CA1031 // Whatever a check throws is its failure, and the other checks go on.
        catch (Exception exception)
        {
            problem = $"{exception.GetType().Name}: {exception.Message}";
        }
#pragma warning restore CA1031

        return new CheckResult(check, findings.All, problem, Stopwatch.GetElapsedTime(start).TotalSeconds);
    }

    private static bool IsProof(Finding finding) => finding.Kind is FindingKind.Found or FindingKind.Statement;
}
