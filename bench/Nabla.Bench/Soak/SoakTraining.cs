using System.Diagnostics;
using System.Text.Json;

namespace Nabla.Bench.Soak;

/// <summary>The training that is killed over and over: some seconds long, with everything in it that draws random numbers or remembers something.</summary>
/// <param name="program">The published program.</param>
/// <param name="data">What is trained on.</param>
internal sealed class SoakTraining(string program, string data)
{
    /// <summary>The words behind <c>nabla train</c>, without the folder.</summary>
    public IReadOnlyList<string> Arguments { get; } =
    [
        data, "--preset", "plain", "--limit", "6000", "--validation", "1000", "--hidden", "100,50", "--activation", "relu", "--optimizer", "adam", "--lr", "0.001", "--batch", "32",
        "--epochs", "10", "--dropout", "0.2", "--augment", "shift:2,rotate:10", "--schedule", "cosine", "--early-stop", "30", "--checkpoint-every", "1", "--seed", "7",
    ];

    /// <summary>Starts a run in a new folder.</summary>
    public Process Start(string folder) => Start(["train", .. Arguments, "--run", folder, "--json", "--quiet"]);

    /// <summary>Goes on with a run.</summary>
    public Process Resume(string folder) => Start(["train", "--resume", folder, "--json", "--quiet"]);

    /// <summary>What a process that has come to its end says of the weights; throws where it failed.</summary>
    public static string WeightsOf(Process process)
    {
        Task<string> error = process.StandardError.ReadToEndAsync();
        string[] lines = process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        process.WaitForExit();
        return process.ExitCode == 0 && lines.Length > 0
            ? JsonDocument.Parse(lines[^1]).RootElement.GetProperty("weights_sha256").GetString()!
            : throw new InvalidOperationException($"exit {process.ExitCode}: {error.GetAwaiter().GetResult().Trim()}");
    }

    /// <summary>Runs another command of the program.</summary>
    /// <returns>Null where it returned 0, otherwise what it said.</returns>
    public string? Problem(params string[] arguments)
    {
        using Process process = Start(arguments);
        Task<string> error = process.StandardError.ReadToEndAsync();
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? null : $"{string.Join(' ', arguments)}: exit {process.ExitCode}: {error.GetAwaiter().GetResult().Trim()}";
    }

    private Process Start(string[] arguments) =>
        Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })
        ?? throw new InvalidOperationException($"{program} does not start.");
}
