using Nabla.Runs;
using Nabla.Tests.Models;
using Nabla.Tests.Support;
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
        Assert.Equal(["checkpoint.safetensors", "events.jsonl"], Directory.GetFiles(folder.FolderPath).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void Left_alone_it_writes_no_more_often_than_a_twentieth_of_the_time_allows()
    {
        RunFolder folder = RunFolder.Create(temporary["r"]);
        var clock = new SteppingClock();
        var keeper = new RunObserver(folder, time: clock);
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
    public void Within_an_epoch_it_writes_when_the_time_has_passed()
    {
        RunFolder folder = RunFolder.Create(temporary["r"]);
        var clock = new SteppingClock();
        var keeper = new RunObserver(folder, checkpointEvery: 100, checkpointSeconds: 10, clock);
        var saved = new List<(int, int)>();
        new TrainingRun<double>(SampleRuns.Architecture, SampleRuns.Data(), SampleRuns.Training, Start(), new SampleRuns.Observer(e =>
        {
            if (e is BatchesCompleted { Epoch: <= 2 })
            {
                clock.Now += 3;
                keeper.Report(e);
                TrainingState? state = File.Exists(folder.CheckpointPath) ? Load(folder) : null;
                saved.Add((state?.Epoch ?? -1, state?.Batch ?? -1));
            }
        })) { ProgressInterval = TimeSpan.Zero }.Run(default);
        // Six mini-batches an epoch, 4 ticks each with the look at the clock: the third passes the ten.
        Assert.Equal([(-1, -1), (-1, -1), (0, 3), (0, 3), (0, 3), (0, 6), (0, 6), (0, 6), (1, 3), (1, 3), (1, 3), (1, 6)], saved);
    }

    [Fact]
    public void An_interrupted_run_goes_on_from_the_mini_batch_that_it_was_left_at()
    {
        RunFolder folder = RunFolder.Create(temporary["r"]);
        TrainingResult whole = Train(SampleRuns.Training);
        using var stop = new CancellationTokenSource();
        var keeper = new RunObserver(folder, checkpointEvery: 100);
        new TrainingRun<double>(SampleRuns.Architecture, SampleRuns.Data(), SampleRuns.Training, Start(), new SampleRuns.Observer(e =>
        {
            keeper.Report(e);
            if (e is BatchesCompleted { Epoch: 3, Samples: 14 })
            {
                stop.Cancel();
            }
        })) { ProgressInterval = TimeSpan.Zero }.Run(stop.Token);
        TrainingState resumed = folder.Resume(SampleRuns.Architecture, SampleRuns.Training.Precision)!;
        Assert.Equal((2, 2), (resumed.Epoch, resumed.Batch));
        Assert.Equal(2, folder.LoadMetrics().Count);
        TrainingResult result = Trainer.Train(SampleRuns.Architecture, SampleRuns.Data(), SampleRuns.Training, null, resumed);
        Assert.Equal(SampleModels.Values(whole.Parameters), SampleModels.Values(result.Parameters));
    }

    private static TrainingState Start() => new()
    {
        Parameters = ParameterInitializer.Draw(SampleRuns.Architecture, SampleRuns.Training.Initializer, SampleRuns.Training.Precision, SampleRuns.Training.Seed),
        Moments = [new Parameters(SampleRuns.Architecture, Precision.Double), new Parameters(SampleRuns.Architecture, Precision.Double)],
    };

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
