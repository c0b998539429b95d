using System.Diagnostics;

namespace Nabla.Theory;

/// <summary>The result of running a check.</summary>
/// <param name="Check">The check.</param>
/// <param name="Findings">Its evidence.</param>
/// <param name="Problem">The exception that ended the run, as text; null if there was none.</param>
/// <param name="Seconds">The duration of the run.</param>
public sealed record CheckResult(Check Check, IReadOnlyList<Finding> Findings, string? Problem, double Seconds)
{
    /// <summary>
    /// The verdict. A check without a judged finding fails, and so does a corrected claim without a refutation.
    /// </summary>
    public Verdict Verdict =>
        Problem is not null || Findings.Any(finding => !finding.Passed) || !Findings.Any(IsProof) || (Check.IsCorrected && !Findings.Any(finding => finding.Kind == FindingKind.Refuted))
            ? Verdict.Fails
            : Check.IsCorrected ? Verdict.Corrected : Verdict.Holds;

    /// <summary>The largest deviation of a found number from the expected one.</summary>
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
#pragma warning disable CA1031 // Any exception is a failure of this check; the other checks still run.
        catch (Exception exception)
        {
            problem = $"{exception.GetType().Name}: {exception.Message}";
        }
#pragma warning restore CA1031

        return new CheckResult(check, findings.All, problem, Stopwatch.GetElapsedTime(start).TotalSeconds);
    }

    private static bool IsProof(Finding finding) => finding.Kind is FindingKind.Found or FindingKind.Statement;
}
