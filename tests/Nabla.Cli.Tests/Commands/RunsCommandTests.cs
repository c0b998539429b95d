using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Nabla.Cli.Tests.Support;
using Nabla.Runs;
using Xunit;

namespace Nabla.Cli.Tests.Commands;

/// <summary>The events of a run, followed by another process, and the list of all runs.</summary>
public sealed class RunsCommandTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("nabla-cli-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void The_log_holds_the_lines_of_the_json_output_and_follow_prints_it()
    {
        ProgramResult training = Train("run", "2", "--json");
        training.RequireDone();
        string[] log = File.ReadAllLines(At("run/events.jsonl"));
        Assert.All(log, line => Assert.StartsWith("{\"v\":1,\"event\":\"", line, StringComparison.Ordinal));
        Assert.Equal(training.Lines.Select(line => line.Insert(1, "\"v\":1,")), log.Where(line => Name(line) is "start" or "epoch" or "done"));
        // 240 samples by 10: each of the 24 mini-batches of an epoch is a fixed one.
        Assert.Equal(2 * 24, log.Count(line => Name(line) == "batch"));
        Assert.Equal(log, NablaProgram.Run("runs", "follow", At("run")).Lines);
        Assert.Equal(log[1..], NablaProgram.Run("runs", "follow", "run", "--runs", folder, "--from", $"{log[0].Length + 1}").Lines);
        NablaProgram.Run("runs", "follow", At("run"), "--from", "1").RequireRefused("byte 1", "no line starts here");
        NablaProgram.Run("runs", "follow", At("run"), "--from", "-1").RequireRefused("--from -1");
        NablaProgram.Run("runs", "follow", At("none")).RequireRefused("no such folder");
    }

    [Fact]
    public void A_resume_names_the_place_and_a_finished_run_can_be_resumed()
    {
        Train("run", "2").RequireDone();
        NablaProgram.Run("train", "--resume", At("run")).RequireDone();
        string[] names = [.. File.ReadAllLines(At("run/events.jsonl")).Select(Name)];
        Assert.Equal(["resumed", "start", "checkpoint", "done"], names[(Array.IndexOf(names, "done") + 1)..]);
        Assert.Contains("{\"v\":1,\"event\":\"resumed\",\"epoch\":2,\"batch\":0}", File.ReadAllLines(At("run/events.jsonl")));
        Assert.Equal(2, NablaProgram.Run("runs", "show", At("run"), "--json").Json.GetProperty("epochs").GetInt32());
    }

    /// <summary>With the 46 runs of <c>EventFollowerTests</c> the acceptance of issue 22.</summary>
    [Fact]
    public async Task Over_4_runs_killed_processes_miss_no_event_and_repeat_none()
    {
        for (int run = 0; run < 4; run++)
        {
            string path = At($"killed{run}");
            var random = new Random(run);
            int seed = run;
            Task writer = Task.Run(() => Write(path, new Random(1000 + seed)), TestContext.Current.CancellationToken);
            var followed = new MemoryStream();
            int followers = 0;
            while (!writer.IsCompleted)
            {
                await Follow(path, followed, TimeSpan.FromSeconds(random.NextDouble()));
                followers++;
            }

            await writer;
            await Follow(path, followed, TimeSpan.FromMinutes(1));
            Assert.Equal(Encoding.UTF8.GetString(File.ReadAllBytes(Path.Combine(path, "events.jsonl"))), Encoding.UTF8.GetString(followed.ToArray()));
            Assert.Equal(Enumerable.Range(1, 60), RunFolder.Open(path).LoadMetrics().Select(epoch => epoch.Epoch));
            Assert.True(followers > 1, "The follower was never killed.");
        }
    }

    [Fact]
    public void All_runs_of_the_machine_are_listed_and_those_that_are_gone_left_out()
    {
        var home = new Dictionary<string, string> { ["NABLA_HOME"] = At("home") };
        foreach (string name in new[] { "one/run", "two/run", "three/run" })
        {
            Directory.CreateDirectory(At(name));
            NablaProgram.RunUnder(home, Settings(name, "1")).RequireDone();
        }

        Directory.Delete(At("three"), recursive: true);
        ProgramResult all = NablaProgram.RunUnder(home, "runs", "--all", "--json");
        all.RequireDone();
        Assert.Equal([At("one/run"), At("two/run")], all.Lines.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("run").GetString()));
        Assert.Equal(2, Directory.GetFiles(At("home/runs")).Length);
        Assert.Equal(all.Output, NablaProgram.RunUnder(home, "runs", "list", "--all", "--json").Output);
        string table = NablaProgram.RunUnder(home, "runs", "--all").Output.Replace("\n", "", StringComparison.Ordinal);
        Assert.Contains("one", table, StringComparison.Ordinal);
        NablaProgram.RunUnder(home, "runs", "--all", "--runs", folder).RequireRefused("--all", "--runs");
    }

    [Fact]
    public void Without_the_variable_the_list_is_in_the_data_folder_of_the_user()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Other systems have other folders.");
        var home = new Dictionary<string, string> { ["NABLA_HOME"] = "", ["XDG_DATA_HOME"] = At("data") };
        NablaProgram.RunUnder(home, Settings("run", "1")).RequireDone();
        Assert.Equal(At("run") + "\n", File.ReadAllText(Assert.Single(Directory.GetFiles(At("data/nabla/runs")))));
    }

    [Fact]
    public void A_home_that_cannot_be_written_does_not_disturb_a_training()
    {
        File.WriteAllText(At("file"), "");
        var home = new Dictionary<string, string> { ["NABLA_HOME"] = At("file/home") };
        ProgramResult training = NablaProgram.RunUnder(home, [.. Settings("run", "1"), "--quiet"]);
        training.RequireDone();
        Assert.Empty(training.Error);
        Assert.Empty(NablaProgram.RunUnder(home, "runs", "--all", "--json").Lines);
    }

    private static string Name(string line) => JsonDocument.Parse(line).RootElement.GetProperty("event").GetString()!;

    private string[] Settings(string run, string epochs) =>
        ["train", "digits:300", "--validation", "0", "--preset", "plain", "--hidden", "8", "--epochs", epochs, "--threads", "1", "--run", At(run)];

    private ProgramResult Train(string run, string epochs, params string[] more) => NablaProgram.Run([.. Settings(run, epochs), .. more]);

    private string At(string name) => Path.Combine(folder, name);

    /// <summary>A training that is killed at random moments and resumed until it is done.</summary>
    private void Write(string path, Random random)
    {
        for (int kills = 2; ; kills--)
        {
            string[] arguments = File.Exists(Path.Combine(path, "run.json"))
                ? ["train", "--resume", path, "--checkpoint-every", "5", "--quiet"]
                : [.. Settings(path, "60"), "--checkpoint-every", "5", "--quiet"];
            using Process process = NablaProgram.Start(arguments);
            Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
            if (kills > 0)
            {
                // Some 50 ms after the first event the run is in its midst.
                while (!process.HasExited && !File.Exists(Path.Combine(path, "events.jsonl")))
                {
                    Thread.Sleep(5);
                }

                process.WaitForExit(TimeSpan.FromMilliseconds(random.NextDouble() * 500));
                process.Kill();
            }

            process.WaitForExit();
            Task.WaitAll(output, error);
            if (process.ExitCode == 0)
            {
                return;
            }
        }
    }

    /// <summary>Follows from the last whole line that arrived, for some time or until the run is done.</summary>
    private static async Task Follow(string path, MemoryStream followed, TimeSpan time)
    {
        if (!File.Exists(Path.Combine(path, "run.json")))
        {
            return;
        }

        using Process process = NablaProgram.Start("runs", "follow", path, "--from", $"{followed.Length}");
        Task<string> output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        if (!process.WaitForExit(time))
        {
            process.Kill();
        }

        string text = await output;
        followed.Write(Encoding.UTF8.GetBytes(text[..(text.LastIndexOf('\n') + 1)]));
    }
}
