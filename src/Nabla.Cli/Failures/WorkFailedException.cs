namespace Nabla.Cli.Failures;

/// <summary>The work itself failed: the message goes to standard error, the exit code is 1.</summary>
internal sealed class WorkFailedException(string message) : Exception(message);
