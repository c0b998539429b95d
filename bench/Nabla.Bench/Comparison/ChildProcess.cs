using System.ComponentModel;
using System.Diagnostics;

namespace Nabla.Bench.Comparison;

/// <summary>The result of a process.</summary>
/// <param name="ExitCode">0 on success; −1 when the process could not start or was ended.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error.</param>
/// <param name="Seconds">From before its start until after its end.</param>
/// <param name="PeakBytes">Peak memory if it was sampled; otherwise 0.</param>
internal sealed record ProcessResult(int ExitCode, string Output, string Error, double Seconds, long PeakBytes)
{
    /// <summary>The first line that says something on standard error.</summary>
    public string FirstError => Error.Split('\n').Select(line => line.Trim()).FirstOrDefault(line => line.Length > 0 && !line.StartsWith("Traceback", StringComparison.Ordinal)) ?? "no message";

    /// <summary>The last line on standard error, where Python says what was wrong.</summary>
    public string LastError => Error.Split('\n').Select(line => line.Trim()).LastOrDefault(line => line.Length > 0) ?? "no message";
}

/// <summary>Runs programs to their end.</summary>
internal static class ChildProcess
{
    /// <summary>A program that runs longer than this hangs.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(30);

    /// <param name="command">The program and its arguments.</param>
    /// <param name="environment">Variables on top of this process's own.</param>
    /// <param name="watchMemory">Looks at the memory of the process each millisecond, which costs some time: not for runs whose time counts.</param>
    public static ProcessResult Run(IReadOnlyList<string> command, IReadOnlyDictionary<string, string> environment, bool watchMemory = false)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1)) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        long started = Stopwatch.GetTimestamp();
        Process? process;
        try
        {
            process = Process.Start(start);
        }
        catch (Win32Exception error)
        {
            return new ProcessResult(-1, "", error.Message, 0, 0);
        }

        using (process)
        {
            process!.StandardInput.Close();
            Task<string> output = process.StandardOutput.ReadToEndAsync(), errors = process.StandardError.ReadToEndAsync();
            long peak = 0;
            while (watchMemory && !process.WaitForExit(1))
            {
                peak = Math.Max(peak, PeakOf(process));
            }

            bool ended = process.WaitForExit(Limit);
            double seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
            if (!ended)
            {
                process.Kill(entireProcessTree: true);
                process.WaitForExit();
            }

            return new ProcessResult(ended ? process.ExitCode : -1, output.Result, ended ? errors.Result : $"no end after {Limit.TotalMinutes} minutes", seconds, peak);
        }
    }

    private static long PeakOf(Process process)
    {
        try
        {
            process.Refresh();
            return process.PeakWorkingSet64;
        }
        catch (InvalidOperationException)
        {
            // It ended in between.
            return 0;
        }
    }
}
