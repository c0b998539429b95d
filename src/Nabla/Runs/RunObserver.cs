using System.Diagnostics;

namespace Nabla.Runs;

/// <summary>Writes the files of a run: its events, and checkpoints during the run and at its end.</summary>
public sealed class RunObserver : IProgress<TrainingEvent>
{
    /// <summary>Time between two checkpoints over the time to write one, at least.</summary>
    private const int TimeBetweenOverTimeOfWriting = 19;

    /// <summary>Default seconds between two checkpoints within an epoch.</summary>
    private const double UsualSeconds = 60;

    /// <summary>Running costs wait this long at most for the next write: a small network reports thousands a second.</summary>
    private static readonly TimeSpan CostPause = TimeSpan.FromMilliseconds(50);

    private readonly RunFolder folder;
    private readonly IProgress<WriteFailure>? failures;
    private readonly TimeProvider clock;
    private readonly int? everyEpochs;
    private readonly double? everySeconds;
    private (int Epoch, int Batch) saved = (-1, 0);
    private long savedAt;
    private TimeSpan pause = TimeSpan.Zero;
    private readonly HashSet<string> failing = [];
    private long writtenAt = Stopwatch.GetTimestamp();

    /// <param name="folder">The folder, with its <c>run.json</c> written.</param>
    /// <param name="checkpointEvery">A checkpoint after every N epochs; null for as often as takes at most a twentieth of the time, always including the first epoch.</param>
    /// <param name="checkpointSeconds">Seconds between two checkpoints within an epoch, above 0; null for 60, or more if writing takes over a twentieth of the time.</param>
    /// <param name="time">The clock; no result depends on it.</param>
    /// <param name="failures">Receives files that could not be written, and the run continues; null to end it with the exception.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is not positive.</exception>
    public RunObserver(RunFolder folder, int? checkpointEvery = null, double? checkpointSeconds = null, TimeProvider? time = null, IProgress<WriteFailure>? failures = null)
    {
        if (checkpointEvery is < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(checkpointEvery), checkpointEvery, "A checkpoint can be written every 1, 2, 3 … epochs.");
        }

        if (checkpointSeconds is not (null or (> 0 and <= double.MaxValue)))
        {
            throw new ArgumentOutOfRangeException(nameof(checkpointSeconds), checkpointSeconds, "The seconds between two checkpoints must be finite and above 0.");
        }

        this.folder = folder;
        this.failures = failures;
        everyEpochs = checkpointEvery;
        everySeconds = checkpointSeconds;
        clock = time ?? TimeProvider.System;
        savedAt = clock.GetTimestamp();
    }

    /// <inheritdoc/>
    public void Report(TrainingEvent value)
    {
        switch (value)
        {
            case RunningCostMeasured cost:
                folder.Keep(cost);
                if (!failing.Contains(folder.EventsPath) && Stopwatch.GetElapsedTime(writtenAt) >= CostPause)
                {
                    WriteEvents(folder.WriteKept);
                }

                break;
            case EpochCompleted epoch:
                WriteEvents(() => folder.Append(epoch));
                if (everyEpochs is { } n ? epoch.Epoch % n == 0 : saved.Epoch < 0 || Passed(pause))
                {
                    Save(epoch.State);
                }

                break;
            case BatchesCompleted batches when Passed(everySeconds is { } seconds ? TimeSpan.FromSeconds(Math.Min(seconds, int.MaxValue)) : Longer(pause, TimeSpan.FromSeconds(UsualSeconds))):
                Save(batches.State);
                break;
            case TrainingRecovered recovered:
                WriteEvents(() => folder.Append(recovered));
                saved = (-1, 0);
                break;
            case TrainingStarted or TrainingDiverged:
                WriteEvents(() => folder.Append(value));
                break;
            case TrainingCompleted { State: { } last } when saved != (last.Epoch, last.Batch) && last.Step > 0:
                Save(last);
                break;
            case TrainingCompleted:
                WriteEvents(folder.WriteKept);
                break;
        }
    }

    private static TimeSpan Longer(TimeSpan a, TimeSpan b) => a > b ? a : b;

    private bool Passed(TimeSpan time) => clock.GetElapsedTime(savedAt) >= time;

    private void Save(TrainingState current)
    {
        long start = clock.GetTimestamp();
        bool isSaved = Write(folder.CheckpointPath, () => folder.SaveCheckpoint(current));
        savedAt = clock.GetTimestamp();
        pause = TimeBetweenOverTimeOfWriting * clock.GetElapsedTime(start, savedAt);
        if (isSaved)
        {
            saved = (current.Epoch, current.Batch);
            WriteEvents(() => folder.AppendCheckpoint(current.Epoch, current.Batch));
        }
    }

    private void WriteEvents(Action write)
    {
        Write(folder.EventsPath, write);
        writtenAt = Stopwatch.GetTimestamp();
    }

    /// <summary>Writes a file. A failure is reported, and becomes a remark in the log if it is not one of a series.</summary>
    private bool Write(string path, Action write)
    {
        if (WriteFailure.Report(failures, path, write) is not { } failure)
        {
            failing.Remove(path);
            return true;
        }

        if (failing.Add(path))
        {
            folder.KeepRemark($"{path} cannot be written: {failure.Cause.Message}");
        }

        return false;
    }
}
