using System.Text;
using Nabla.Runs;
using Nabla.Tests.Models;
using Nabla.Tests.Support;
using Xunit;

namespace Nabla.Tests.Runs;

public sealed class RunFolderTests : IDisposable
{
    private readonly TemporaryFolder temporary = new();

    public void Dispose() => temporary.Dispose();

    [Fact]
    public void A_missing_or_an_empty_folder_is_taken_and_any_other_refused()
    {
        RunFolder folder = RunFolder.Create(temporary["a/b"]);
        RunFolder.Create(temporary["a/b"]);
        folder.SaveOptions(SampleRuns.Options);
        Assert.Contains("--resume", Assert.Throws<ArgumentException>(() => RunFolder.Create(temporary["a/b"])).Message, StringComparison.Ordinal);
        Assert.Contains("it holds b", Assert.Throws<ArgumentException>(() => RunFolder.Create(temporary["a"])).Message, StringComparison.Ordinal);
        Assert.Contains("is a file", Assert.Throws<ArgumentException>(() => RunFolder.Create(folder.OptionsPath)).Message, StringComparison.Ordinal);
        Assert.Throws<DirectoryNotFoundException>(() => RunFolder.Open(temporary["none"]));
        Assert.Throws<FileNotFoundException>(() => RunFolder.Open(temporary["a"]));
    }

    [Fact]
    public void The_options_are_read_as_they_were_written()
    {
        RunFolder folder = RunFolder.Create(temporary["r"]);
        folder.SaveOptions(SampleRuns.Options with { Training = SampleRuns.Options.Training with { InitialParameters = new Parameters(SampleRuns.Architecture, Precision.Single) } });
        RunOptions read = folder.LoadOptions();
        Assert.Equal(SampleRuns.Options.Data, read.Data);
        Assert.Equal(SampleRuns.Options.Samples, read.Samples);
        Assert.Equal(SampleRuns.Options.Started, read.Started);
        Assert.Equal(SampleRuns.Options.Arguments, read.Arguments);
        Assert.Equal(SampleRuns.Options.Network.Layers, read.Network.Layers);
        Assert.Null(read.Training.InitialParameters);
        // Lists are compared by value.
        Assert.Equal(["layers.1.bias"], read.Training.Frozen);
        Assert.Equal(SampleRuns.Options.Training with { Frozen = read.Training.Frozen }, read.Training);
        string json = File.ReadAllText(folder.OptionsPath);
        Assert.All(["\"adamw\"", "\"one-cycle\"", "\"leaky-relu\"", "\"log-likelihood\"", "\"0.1\"", "\"20\"", "\"batch_size\": 7"], part => Assert.Contains(part, json, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("\"format\": 1", "\"format\": 2", "This file was written by a newer version of Nabla (format 2); this version reads up to 1.")]
    [InlineData("\"one-cycle\"", "\"two-cycle\"", "schedule")]
    [InlineData("\"units\": 4", "\"units\": 2000000000", "Layer 0 (dense")]
    [InlineData("\"seed\": 3", "\"seed\": -3", "seed")]
    [InlineData("\"epochs\": 6", "\"epochs\": 6, \"initial_parameters\": {}", "initial_parameters")]
    [InlineData("\"epochs\": 6", "\"epochs\": 6, \"epochs\": 7", "epochs")]
    public void A_damaged_or_newer_run_json_is_refused(string old, string replacement, string message)
    {
        RunFolder folder = RunFolder.Create(temporary["r"]);
        folder.SaveOptions(SampleRuns.Options);
        string json = File.ReadAllText(folder.OptionsPath);
        Assert.Contains(old, json, StringComparison.Ordinal);
        File.WriteAllText(folder.OptionsPath, json.Replace(old, replacement, StringComparison.Ordinal));
        string found = Assert.Throws<InvalidDataException>(() => folder.LoadOptions()).Message;
        Assert.StartsWith(folder.OptionsPath, found, StringComparison.Ordinal);
        Assert.Contains(message, found, StringComparison.Ordinal);
    }

    [Fact]
    public void The_usual_name_has_date_time_and_data_and_is_free()
    {
        var clock = new FixedClock(new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero));
        string path = RunFolder.DefaultPath("digits:60000", clock, temporary.Root);
        Assert.Equal(temporary["2026-03-04-050607-digits-60000"], path);
        RunFolder.Create(path);
        Assert.Equal(path + "-2", RunFolder.DefaultPath("digits:60000", clock, temporary.Root));
        Assert.Equal(temporary["2026-03-04-050607-iris.csv"], RunFolder.DefaultPath("../data/iris.csv", clock, temporary.Root));
        Assert.Equal(temporary["2026-03-04-050607-run"], RunFolder.DefaultPath("..", clock, temporary.Root));
    }

    [Fact]
    public void A_line_cut_off_by_a_kill_is_left_out_and_dropped_at_the_resume()
    {
        RunFolder folder = RunFolder.Create(temporary["r"]);
        File.WriteAllText(folder.MetricsPath, "{\"event\":\"epoch\",\"epoch\":1}\n{\"event\":\"epoch\",\"epoch\":2,\"train_cost\":0.5}\n{\"event\":\"epoch\",\"ep");
        Assert.Equal([1, 2], folder.LoadMetrics().Select(epoch => epoch.Epoch));
        Assert.Equal(0.5, folder.LoadMetrics()[1].TrainCost);

        TrainingState state = CheckpointTests.State(Precision.Single);
        state.Epoch = 1;
        state.BestEpoch = 1;
        state.Metrics.RemoveAt(1);
        folder.SaveCheckpoint(state);
        Assert.Equal(1, folder.Resume(SampleRuns.Architecture, Precision.Single)!.Epoch);
        Assert.Equal([1], folder.LoadMetrics().Select(epoch => epoch.Epoch));
    }

    [Fact]
    public void A_run_without_a_checkpoint_starts_anew()
    {
        RunFolder folder = RunFolder.Create(temporary["r"]);
        File.WriteAllText(folder.MetricsPath, "{\"epoch\":1}\n");
        Assert.Null(folder.Resume(SampleRuns.Architecture, Precision.Single));
        Assert.Empty(folder.LoadMetrics());
    }

    [Theory]
    [InlineData("{\"epoch\":3}\n{\"epoch\":3}\n", ":2: epoch 3 follows epoch 3")]
    [InlineData("{\"epoch\":3}\n{\"epoch\":1}\n", ":2: epoch 1 follows epoch 3")]
    [InlineData("{\"epoch\":0}\n", ":1: epoch 0")]
    [InlineData("{\"epoch\":1}\nnull\n", ":2: the text is null; expected an object")]
    [InlineData("{\"epoch\":1}\n\n", ":2: ")]
    public void A_damaged_log_is_refused_with_its_line(string text, string message)
    {
        RunFolder folder = RunFolder.Create(temporary["r"]);
        File.WriteAllText(folder.MetricsPath, text);
        Assert.Contains(folder.MetricsPath + message, Assert.Throws<InvalidDataException>(() => folder.LoadMetrics()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_list_shows_how_far_each_run_came_and_what_is_wrong_with_it()
    {
        RunFolder finished = RunFolder.Create(temporary["a"]), broken = RunFolder.Create(temporary["b"]), open = RunFolder.Create(temporary["c"]);
        Directory.CreateDirectory(temporary["d"]);
        finished.SaveOptions(SampleRuns.Options);
        File.WriteAllText(finished.MetricsPath, "{\"epoch\":1,\"validation_accuracy\":0.9}\n{\"epoch\":2,\"validation_accuracy\":0.8}\n");
        finished.Complete(new RunOutcome { StoppedBy = StopReason.EarlyStop, Epochs = 2, BestEpoch = 1, TestAccuracy = 0.75 });
        File.WriteAllBytes(broken.OptionsPath, Encoding.UTF8.GetBytes("{"));
        open.SaveOptions(SampleRuns.Options);

        IReadOnlyList<RunSummary> runs = RunList.Read(temporary.Root);
        Assert.Equal(["a", "b", "c"], runs.Select(run => run.Name));
        Assert.Equal([true, false, false], runs.Select(run => run.IsFinished));
        Assert.Equal((2, 0.9, 0.75), (runs[0].Epochs, runs[0].BestValidationAccuracy!.Value, runs[0].Options!.Outcome!.TestAccuracy!.Value));
        Assert.Equal([false, true, false], runs.Select(run => run.Problem is not null));
        Assert.Null(runs[2].BestValidationAccuracy);
        Assert.Empty(RunList.Read(temporary["none"]));
    }

    [Fact]
    public void Saving_a_model_puts_it_in_its_place()
    {
        RunFolder folder = RunFolder.Create(temporary["r"]);
        Model model = SampleModels.Draw(4);
        folder.SaveModel(model);
        Assert.Equal(model.WeightsSha256, Model.Load(folder.ModelPath).WeightsSha256);
    }

    [Fact]
    public void Data_that_changed_since_is_refused()
    {
        RunData data = RunData.Of(SampleRuns.Data());
        data.Require(SampleRuns.Data());
        Assert.Contains("has changed", Assert.Throws<InvalidDataException>(() => data.Require(SampleRuns.Data() with { Validation = null })).Message, StringComparison.Ordinal);
    }

    private sealed class FixedClock(DateTimeOffset now) : TimeProvider
    {
        public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

        public override DateTimeOffset GetUtcNow() => now;
    }
}
