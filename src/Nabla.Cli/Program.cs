using System.CommandLine;
using System.CommandLine.Invocation;
using System.Globalization;
using System.Runtime.InteropServices;
using Nabla.Cli.Failures;
using Nabla.Cli.Output;

namespace Nabla.Cli;

/// <summary>
/// The edge of the program: parses the arguments, runs a command, and turns errors into a message and an exit code.
/// </summary>
internal static class Program
{
    public static int Main(string[] args)
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        Console.OutputEncoding = new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        using var cancellation = new CancellationTokenSource();
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Cancel);
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Cancel);
        try
        {
            ParseResult result = CommandLine.Create(args).Parse(args);
            if (result.Errors.Count > 0)
            {
                string problem = result.UnmatchedTokens.Count > 0 ? $"Unrecognized command or argument '{result.UnmatchedTokens[0]}'" : result.Errors[0].Message.TrimEnd('.');
                return Fail(ExitCodes.Usage, $"{problem}.\nTry: {CommandLine.HelpFor(result)}");
            }

            var configuration = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
            // A command without a cancellation token has nothing to save: a signal abandons it.
            Task<int> work = result.Action is SynchronousCommandLineAction
                ? Task.Run(() => result.Invoke(configuration)).WaitAsync(cancellation.Token)
                : result.InvokeAsync(configuration, cancellation.Token);
            return work.GetAwaiter().GetResult();
        }
        catch (WorkFailedException error)
        {
            return Fail(ExitCodes.Failed, error.Message);
        }
        catch (OperationCanceledException)
        {
            return ExitCodes.Interrupted;
        }
        catch (Exception error) when (IsBadInput(error))
        {
            return Fail(ExitCodes.Usage, error.Message);
        }

        void Cancel(PosixSignalContext context)
        {
            // The first signal lets the command save its work; the second ends the process at once.
            context.Cancel = !cancellation.IsCancellationRequested;
            cancellation.Cancel();
        }
    }

    /// <summary>Errors that the user can correct: wrong options and wrong, missing or unreadable files.</summary>
    private static bool IsBadInput(Exception error) =>
        error is UsageException or ArgumentException or InvalidDataException or IOException or UnauthorizedAccessException or NotSupportedException;

    private static int Fail(int code, string message)
    {
        Screen.WriteError($"nabla: {ErrorText.Of(message)}");
        return code;
    }
}
