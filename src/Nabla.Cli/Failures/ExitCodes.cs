namespace Nabla.Cli.Failures;

/// <summary>The exit codes of the program.</summary>
internal static class ExitCodes
{
    /// <summary>The work is done.</summary>
    public const int Done = 0;

    /// <summary>The work itself failed: training diverged, a check did not hold.</summary>
    public const int Failed = 1;

    /// <summary>Bad usage or bad input.</summary>
    public const int Usage = 2;

    /// <summary>Interrupted, after the work so far was saved.</summary>
    public const int Interrupted = 130;
}
