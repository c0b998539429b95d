namespace Nabla.Cli.Failures;

/// <summary>Bad usage or bad input: the message goes to standard error, the exit code is 2.</summary>
internal sealed class UsageException(string message) : Exception(message);
