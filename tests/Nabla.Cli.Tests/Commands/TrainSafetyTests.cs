using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Nabla.Cli.Tests.Support;
using Nabla.Runs;
using Xunit;

namespace Nabla.Cli.Tests.Commands;

/// <summary>Nothing that was saved is lost: one process a folder, signals, kills, disks that cannot be written.</summary>
public sealed class TrainSafetyTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("nabla-cli-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_second_process_is_refused_and_readers_are_not()
    {
        using Process first = StartEndless(At("run"));
        string id = first.Id.ToString(CultureInfo.InvariantCulture);
        NablaProgram.Run("train", "--resume", At("run")).RequireRefused("is in use", $"process {id}", $"kill {id}");
        NablaProgram.Run("train", "digits:100", "--run", At("run")).RequireRefused("is in use", $"process {id}");
        NablaProgram.Run("runs", "show", At("run"), "--json").RequireDone();
        NablaProgram.Run("runs", "--runs", folder).RequireDone();
        first.Kill();
        first.WaitForExit();
    }

    /// <summary>What the processor gives decides the time alone: the bits are the same.</summary>
    [Fact]
    public void A_run_says_with_how_many_threads_and_how_wide_vectors_it_computes()
    {
        string[] settings = ["train", "digits:100", "--hidden", "8", "--epochs", "1", "--threads", "1"];
        var narrow = new Dictionary<string, string> { ["DOTNET_EnableAVX2"] = "0" };
        ProgramResult wide = NablaProgram.Run([.. settings, "--run", At("wide")]), small = NablaProgram.RunUnder(narrow, [.. settings, "--json", "--run", At("small")]);
        wide.RequireDone();
        small.RequireDone();
        Assert.Matches(@"\n1 thread, (128|256|512)-bit vectors\n", wide.Error);
        Assert.Contains("\n1 thread, 128-bit vectors\n", small.Error, StringComparison.Ordinal);
        Assert.Contains("emulated in software: training is some 30 times slower", small.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("emulated", wide.Error, StringComparison.Ordinal);
        Assert.Contains("\"threads\":1,\"vector_bits\":128}", small.Output, StringComparison.Ordinal);
        Assert.Equal(Weights("wide"), Weights("small"));

        string? Weights(string run) => NablaProgram.Run("inspect", At(run), "--json").Json.GetProperty("weights_sha256").GetString();
    }

    [Fact]
    public async Task A_signal_saves_says_how_to_go_on_and_returns_130()
    {
        SkipWithoutSignals();
        using Process process = StartEndless(At("run"));
        Task<string> output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        Signal(process);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(130, process.ExitCode);
        Assert.Contains($"nabla train --resume {At("run")}", await error, StringComparison.Ordinal);
        JsonElement done = JsonDocument.Parse((await output).Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1]).RootElement;
        Assert.Equal("interrupt", done.GetProperty("stopped_by").GetString());
        Assert.Equal(done.GetProperty("weights_sha256").GetString(), NablaProgram.Run("inspect", At("run"), "--json").Json.GetProperty("weights_sha256").GetString());
        Assert.Equal(["checkpoint.safetensors", "events.jsonl", "model.safetensors", "run.json"], Directory.GetFiles(At("run")).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void What_a_kill_leaves_is_resumed_to_the_same_bits()
    {
        string[] settings = ["train", "digits:300", "--hidden", "8", "--epochs", "300", "--dropout", "0.1", "--threads", "1", "--checkpoint-every", "1", "--json", "--quiet"];
        ProgramResult whole = NablaProgram.Run([.. settings, "--run", At("whole")]);
        whole.RequireDone();
        using (Process process = NablaProgram.Start([.. settings, "--run", At("cut")]))
        {
            ReadEpoch(process);
            process.Kill();
            process.WaitForExit();
        }

        File.WriteAllText(At("cut/checkpoint.safetensors.1.tmp"), "half");
        ProgramResult resumed = NablaProgram.Run("train", "--resume", At("cut"), "--json");
        resumed.RequireDone();
        Assert.Equal(Sha256(whole.Lines[^1]), Sha256(resumed.Lines[^1]));
        Assert.Equal(Enumerable.Range(1, 300), RunFolder.Open(At("cut")).LoadMetrics().Select(epoch => epoch.Epoch));
        Assert.Equal(["checkpoint.safetensors", "events.jsonl", "model.safetensors", "run.json"], Directory.GetFiles(At("cut")).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task When_the_folder_is_gone_the_model_is_saved_elsewhere()
    {
        SkipWithoutSignals();
        Directory.CreateDirectory(At("temporary"));
        using Process process = StartEndless(At("run"), new() { ["TMPDIR"] = At("temporary") });
        Task<string> output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        Directory.Move(At("run"), At("moved"));
        // What could not be written is said at once.
        Assert.Contains("cannot be written", await process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Task<string> error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        Signal(process);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1, process.ExitCode);
        string model = Assert.Single(Directory.GetFiles(At("temporary"), "model.safetensors", SearchOption.AllDirectories));
        Assert.Contains(model, await error, StringComparison.Ordinal);
        Assert.Contains(model, await output, StringComparison.Ordinal);
        NablaProgram.Run("inspect", model).RequireDone();
        NablaProgram.Run("runs", "show", At("moved"), "--json").RequireDone();
    }

    [Fact]
    public void A_signal_while_data_are_made_ends_the_program_at_once()
    {
        SkipWithoutSignals();
        // It takes minutes to draw so many digits, and less than two seconds to begin with it.
        using Process process = NablaProgram.Start("train", "digits:1000000", "--threads", "1", "--run", At("run"));
        while (process.TotalProcessorTime < TimeSpan.FromSeconds(2))
        {
            process.Refresh();
        }

        Signal(process);
        process.WaitForExit();
        Assert.Equal(130, process.ExitCode);
        Assert.False(Directory.Exists(At("run")));
    }

    [Fact]
    public void A_standard_output_that_is_full_does_not_end_the_training()
    {
        if (!OperatingSystem.IsLinux())
        {
            Assert.Skip("There is no /dev/full here.");
        }

        using Process shell = Process.Start(new ProcessStartInfo(
            "sh", ["-c", $"exec dotnet '{NablaProgram.Library}' train digits:300 --hidden 8 --epochs 2 --json --run '{At("run")}' > /dev/full"]) { RedirectStandardError = true })!;
        string error = shell.StandardError.ReadToEnd();
        shell.WaitForExit();
        Assert.Equal(1, shell.ExitCode);
        Assert.Contains("standard output cannot be written", error, StringComparison.Ordinal);
        Assert.Contains($"The model is in {At("run")}", error, StringComparison.Ordinal);
        NablaProgram.Run("inspect", At("run")).RequireDone();
    }

    private static string Sha256(string line) => JsonDocument.Parse(line).RootElement.GetProperty("weights_sha256").GetString()!;

    private static void SkipWithoutSignals()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no SIGTERM.");
        }
    }

    private static void Signal(Process process) => RunTool("kill", "-TERM", process.Id.ToString(CultureInfo.InvariantCulture));

    private static void RunTool(string name, params string[] arguments)
    {
        using Process tool = Process.Start(name, arguments);
        tool.WaitForExit();
        Assert.Equal(0, tool.ExitCode);
    }

    /// <summary>A training that lasts until it is ended, in its second epoch or later.</summary>
    private static Process StartEndless(string run, Dictionary<string, string>? environment = null)
    {
        Process process = NablaProgram.StartUnder(
            environment ?? [],
            ["train", "digits:300", "--hidden", "8", "--preset", "plain", "--epochs", "100000000", "--threads", "1", "--checkpoint-every", "1", "--json", "--quiet", "--run", run]);
        ReadEpoch(process);
        ReadEpoch(process);
        return process;
    }

    private static void ReadEpoch(Process process)
    {
        string? line;
        do
        {
            line = process.StandardOutput.ReadLine();
            Assert.NotNull(line);
        }
        while (!line.Contains("\"event\":\"epoch\"", StringComparison.Ordinal));
    }

    private string At(string name) => Path.Combine(folder, name);
}
