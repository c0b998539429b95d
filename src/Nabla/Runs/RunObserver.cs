using Nabla.Training;

namespace Nabla.Runs;

/// <summary>Keeps the folder of a run current: a line for every epoch, a checkpoint from time to time and at the end.</summary>
/// <param name="folder">The folder, with its <c>run.json</c> written.</param>
/// <param name="checkpointEvery">A checkpoint after every N epochs; null for as often as takes at most a twentieth of the time, the first epoch included.</param>
/// <param name="time">The clock that measures this; no result depends on it.</param>
public sealed class RunObserver(RunFolder folder, int? checkpointEvery = null, TimeProvider? time = null) : IProgress<TrainingEvent>
{
    /// <summary>Between two checkpoints lies at least this many times what writing one takes.</summary>
    private const int TimeBetweenOverTimeOfWriting = 19;

    private readonly TimeProvider clock = time ?? TimeProvider.System;
    private readonly int? every = checkpointEvery is null or >= 1
        ? checkpointEvery
        : throw new ArgumentOutOfRangeException(nameof(checkpointEvery), checkpointEvery, "A checkpoint can be written every 1, 2, 3 … epochs.");

    private TrainingState? state;
    private long step;
    private int savedEpoch = -1;
    private long savedAt;
    private TimeSpan pause = TimeSpan.Zero;

    /// <inheritdoc/>
    public void Report(TrainingEvent value)
    {
        switch (value)
        {
            case EpochCompleted epoch:
                state = epoch.State;
                step = epoch.State.Step;
                folder.Append(epoch);
                if (every is { } n ? epoch.Epoch % n == 0 : savedEpoch < 0 || clock.GetElapsedTime(savedAt) >= pause)
                {
                    Save(epoch.State);
                }

                break;
            // Between epochs the state stands still; within one it is no place to go on from.
            case TrainingCompleted when state is not null && state.Step == step && state.Epoch != savedEpoch:
                Save(state);
                break;
        }
    }

    private void Save(TrainingState current)
    {
        long start = clock.GetTimestamp();
        folder.SaveCheckpoint(current);
        savedEpoch = current.Epoch;
        savedAt = clock.GetTimestamp();
        pause = TimeBetweenOverTimeOfWriting * clock.GetElapsedTime(start, savedAt);
    }
}
