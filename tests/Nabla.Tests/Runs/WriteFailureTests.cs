using Nabla.Runs;
using Nabla.Tests.Models;
using Nabla.Tests.Support;
using Xunit;

namespace Nabla.Tests.Runs;

/// <summary>Files of a run that cannot be written: a folder stands where the file should, or the run's folder is gone.</summary>
public sealed class WriteFailureTests : IDisposable
{
    private readonly TemporaryFolder temporary = new();

    public void Dispose() => temporary.Dispose();

    [Fact]
    public void Training_goes_on_to_the_bits_of_the_undisturbed_run_when_its_folder_disappears()
    {
        RunFolder folder = RunFolder.Create(temporary["r"]);
        var failures = new Failures();
        var keeper = new RunObserver(folder, checkpointEvery: 1, failures: failures);
        TrainingResult result = Train(e =>
        {
            keeper.Report(e);
            if (e is EpochCompleted { Epoch: 2 })
            {
                Directory.Delete(folder.FolderPath, recursive: true);
            }
        });
        Assert.Equal(SampleModels.Values(Train(_ => { }).Parameters), SampleModels.Values(result.Parameters));
        Assert.Equal([folder.CheckpointPath, folder.EventsPath], failures.Heard.Select(failure => failure.Path).Distinct().Order(StringComparer.Ordinal));
        Assert.All(failures.Heard, failure => Assert.IsType<DirectoryNotFoundException>(failure.Cause));
        Assert.False(Directory.Exists(folder.FolderPath));
    }

    [Fact]
    public void Where_nobody_listens_the_failure_ends_the_run()
    {
        RunFolder folder = RunFolder.Create(temporary["r"]);
        var keeper = new RunObserver(folder, checkpointEvery: 1);
        Directory.Delete(folder.FolderPath);
        Assert.Throws<DirectoryNotFoundException>(() => Train(keeper.Report));
    }

    [Fact]
    public void Epochs_and_checkpoints_that_failed_are_made_up_for_when_writing_works_again()
    {
        RunFolder folder = RunFolder.Create(temporary["r"]);
        var failures = new Failures();
        var keeper = new RunObserver(folder, checkpointEvery: 1, failures: failures);
        byte[] saved = [];
        Train(e =>
        {
            if (e is EpochCompleted { Epoch: 3 })
            {
                saved = File.ReadAllBytes(folder.CheckpointPath);
                File.Move(folder.EventsPath, temporary["events"]);
                Directory.CreateDirectory(folder.EventsPath);
                // The name of the temporary file is taken: the checkpoint of before must stay.
                Directory.CreateDirectory($"{folder.CheckpointPath}.{Environment.ProcessId}.tmp");
            }

            keeper.Report(e);
            if (e is EpochCompleted { Epoch: 4 })
            {
                Assert.Equal(saved, File.ReadAllBytes(folder.CheckpointPath));
                Directory.Delete(folder.EventsPath);
                File.Move(temporary["events"], folder.EventsPath);
                Directory.Delete($"{folder.CheckpointPath}.{Environment.ProcessId}.tmp");
            }
        });
        Assert.Equal(4, failures.Heard.Count);
        // A remark for each of the two files, though each failed twice.
        Assert.Equal(2, folder.LoadEvents().Count(found => found.Name == "remark"));
        Assert.Equal([1, 2, 3, 4, 5, 6], folder.LoadMetrics().Select(epoch => epoch.Epoch));
        Assert.Equal(6, folder.Resume(SampleRuns.Architecture, SampleRuns.Training.Precision)!.Epoch);
    }

    [Fact]
    public void A_part_of_a_line_that_a_full_disk_let_through_is_cut_off_by_the_next_one()
    {
        var log = new EventWriter(temporary["log"]);
        log.Append("{\"event\":\"a\"}");
        File.AppendAllText(temporary["log"], "{\"v\":1,\"eve");
        log.Append("{\"event\":\"b\"}");
        log.Flush();
        Assert.Equal("{\"v\":1,\"event\":\"a\"}\n{\"v\":1,\"event\":\"b\"}\n", File.ReadAllText(temporary["log"]));
    }

    [Fact]
    public void A_log_that_misses_epochs_can_be_read_and_resumed()
    {
        RunFolder folder = RunFolder.Create(temporary["r"]);
        File.WriteAllText(folder.MetricsPath, "{\"epoch\":1}\n{\"epoch\":4}\n{\"epoch\":7}\n");
        Assert.Equal([1, 4, 7], folder.LoadMetrics().Select(epoch => epoch.Epoch));
        folder.Resume(SampleRuns.Architecture, SampleRuns.Training.Precision);
        Assert.Empty(folder.LoadMetrics());
    }

    private static TrainingResult Train(Action<TrainingEvent> observer) =>
        Trainer.Train(SampleRuns.Architecture, SampleRuns.Data(), SampleRuns.Training, new SampleRuns.Observer(observer));

    private sealed class Failures : IProgress<WriteFailure>
    {
        public List<WriteFailure> Heard { get; } = [];

        public void Report(WriteFailure value) => Heard.Add(value);
    }
}
