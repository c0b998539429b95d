using Nabla.Runs;
using Nabla.Tests.Models;
using Nabla.Training;
using Xunit;

namespace Nabla.Tests.Runs;

public sealed class RunObserverTests : IDisposable
{
    private readonly TemporaryFolder temporary = new();

    public void Dispose() => temporary.Dispose();

    [Fact]
    public void The_folder_is_current_after_every_epoch()
    {
        RunFolder folder = RunFolder.Create(temporary["r"]);
        var keeper = new RunObserver(folder, checkpointEvery: 2);
        var saved = new List<int>();
        Train(SampleRuns.Training with { Epochs = 5 }, new SampleRuns.Observer(e =>
        {
            keeper.Report(e);
            if (e is EpochCompleted epoch)
            {
                Assert.Equal(epoch.Epoch, folder.LoadMetrics()[^1].Epoch);
                saved.Add(File.Exists(folder.CheckpointPath) ? Load(folder).Epoch : 0);
            }
        }));
        Assert.Equal([0, 2, 2, 4, 4], saved);
        Assert.Equal(5, Load(folder).Epoch);
        Assert.Equal(["checkpoint.safetensors", "metrics.jsonl"], Directory.GetFiles(folder.FolderPath).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void Left_alone_it_writes_no_more_often_than_a_twentieth_of_the_time_allows()
    {
        RunFolder folder = RunFolder.Create(temporary["r"]);
        var clock = new SteppingClock();
        var keeper = new RunObserver(folder, null, clock);
        var saved = new List<int>();
        Train(SampleRuns.Training with { Epochs = 6 }, new SampleRuns.Observer(e =>
        {
            keeper.Report(e);
            if (e is EpochCompleted)
            {
                saved.Add(Load(folder).Epoch);
                clock.Now += 8;
            }
        }));
        // Writing takes 1 tick of this clock, an epoch 8: the next one may follow 19 ticks after the last.
        Assert.Equal([1, 1, 1, 4, 4, 4], saved);
        Assert.Equal(6, Load(folder).Epoch);
    }

    [Fact]
    public void A_run_interrupted_within_an_epoch_goes_on_from_the_last_whole_one()
    {
        RunFolder folder = RunFolder.Create(temporary["r"]);
        var keeper = new RunObserver(folder, checkpointEvery: 1);
        TrainingResult whole = Train(SampleRuns.Training);
        // The end of the second epoch is reached, the third is cut off by the clock of the test: after its first batch.
        using var stop = new CancellationTokenSource();
        TrainingState? state = null;
        var observer = new SampleRuns.Observer(e =>
        {
            keeper.Report(e);
            if (e is EpochCompleted { Epoch: 2 } epoch)
            {
                state = epoch.State;
                stop.Cancel();
            }
        });
        Trainer.Train(SampleRuns.Architecture, SampleRuns.Data(), SampleRuns.Training, observer, cancellation: stop.Token);
        // As if one more batch had been done before the end was reported.
        state!.Step++;
        state.Epoch++;
        keeper.Report(new TrainingCompleted(whole));
        TrainingState resumed = folder.Resume(SampleRuns.Architecture, SampleRuns.Training.Precision)!;
        Assert.Equal(2, resumed.Epoch);
        TrainingResult result = Trainer.Train(SampleRuns.Architecture, SampleRuns.Data(), SampleRuns.Training, null, resumed);
        Assert.Equal(SampleModels.Values(whole.Parameters), SampleModels.Values(result.Parameters));
    }

    private static TrainingResult Train(TrainingOptions options, IProgress<TrainingEvent>? observer = null) =>
        Trainer.Train(SampleRuns.Architecture, SampleRuns.Data(), options, observer);

    private static TrainingState Load(RunFolder folder) => Checkpoint.Load(folder.CheckpointPath, SampleRuns.Architecture, SampleRuns.Training.Precision);

    /// <summary>A clock that moves on by one tick whenever it is read twice in a row, and as told.</summary>
    private sealed class SteppingClock : TimeProvider
    {
        public long Now { get; set; }

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => Now++;
    }
}
