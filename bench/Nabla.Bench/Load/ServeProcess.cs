using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Nabla.Bench.Load;

/// <summary>The program <c>nabla serve</c> with a small model of its own.</summary>
internal sealed partial class ServeProcess : IDisposable
{
    /// <summary>Requests a second and address that it lets through: all come from one.</summary>
    private const int Rate = 100_000;

    private readonly Process process;

    private ServeProcess(Process process, Uri address)
    {
        this.process = process;
        Address = address;
    }

    /// <summary>The words behind <c>nabla</c> that train the model.</summary>
    public static IReadOnlyList<string> Training { get; } = ["train", "digits", "--hidden", "64", "--epochs", "2", "--seed", "1"];

    /// <summary>Inputs of the model.</summary>
    public static int Inputs => 28 * 28;

    public Uri Address { get; }

    /// <summary>Whether it runs.</summary>
    public bool IsAlive => !process.HasExited;

    /// <summary>Trains the model and starts the server.</summary>
    /// <exception cref="InvalidOperationException">One of them failed.</exception>
    public static ServeProcess Start(string program, string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        using (Process training = Launch(program, [.. Training, "--run", folder, "--quiet", "--json"]))
        {
            Task<string> error = training.StandardError.ReadToEndAsync();
            training.StandardOutput.ReadToEnd();
            training.WaitForExit();
            if (training.ExitCode != 0)
            {
                throw new InvalidOperationException($"the training: exit {training.ExitCode}: {error.GetAwaiter().GetResult().Trim()}");
            }
        }

        Process server = Launch(program, ["serve", folder, "--port", "0", "--rate", Rate.ToString(CultureInfo.InvariantCulture)]);
        var said = new List<string>();
        while (server.StandardError.ReadLine() is { } line)
        {
            said.Add(line);
            if (Listening().Match(line) is { Success: true } match)
            {
                // It must not wait for a reader.
                _ = server.StandardError.BaseStream.CopyToAsync(Stream.Null);
                _ = server.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
                return new ServeProcess(server, new Uri(match.Value));
            }
        }

        throw new InvalidOperationException($"the server: {string.Join(' ', said)}");
    }

    /// <summary>The memory that it holds now, in bytes.</summary>
    public long Memory()
    {
        process.Refresh();
        return process.HasExited ? 0 : process.WorkingSet64;
    }

    /// <summary>Ends it by SIGTERM.</summary>
    /// <returns>Its exit code.</returns>
    public int End()
    {
        using (Process kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]))
        {
            kill.WaitForExit();
        }

        return process.WaitForExit(TimeSpan.FromSeconds(30)) ? process.ExitCode : -1;
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill();
        }

        process.Dispose();
    }

    private static Process Launch(string program, string[] arguments) =>
        Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })
        ?? throw new InvalidOperationException($"{program} does not start.");

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+")]
    private static partial Regex Listening();
}
