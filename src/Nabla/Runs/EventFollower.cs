namespace Nabla.Runs;

/// <summary>Reads the events of a run while another process, or another thread, writes them.</summary>
/// <remarks>
/// <para>The cursor is the place in <c>events.jsonl</c> after the last event that was read. Whole lines never change, also when the run is killed
/// and resumed, so a reader that keeps the cursor with its results and starts again from it misses no event and sees none twice.</para>
/// <para>Use it on one thread at a time. Any number of followers may read one run.</para>
/// </remarks>
public sealed class EventFollower
{
    /// <summary>The pause between two looks at the log. Notices of the system are lost on network file systems; a look costs microseconds.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly string path;

    /// <summary>Starts to follow. The folder, or the log in it, may come into being later.</summary>
    /// <param name="folder">The folder of the run.</param>
    /// <param name="cursor">0 for all events, or the <see cref="Cursor"/> of an earlier follower of this run.</param>
    /// <exception cref="ArgumentOutOfRangeException">The cursor is negative.</exception>
    public EventFollower(string folder, long cursor = 0)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentOutOfRangeException.ThrowIfNegative(cursor);
        path = Path.Combine(folder, RunFolder.EventsName);
        Cursor = cursor;
    }

    /// <summary>The place in the log after the last event that was read, in bytes.</summary>
    public long Cursor { get; private set; }

    /// <summary>Reads the events that have been added, without waiting.</summary>
    /// <param name="most">The largest number of events to read.</param>
    /// <returns>The events, or none if there are none yet.</returns>
    /// <exception cref="InvalidDataException">The line at the cursor is not an event or is of a newer version, or the log was replaced by another one.</exception>
    public IReadOnlyList<LoggedEvent> Read(int most = 1000)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        var events = new List<LoggedEvent>();
        try
        {
            EventLines.Read(path, Cursor, (line, offset) =>
            {
                events.Add(LoggedEvent.Parse(path, line, offset));
                return events.Count < most;
            });
        }
        catch (InvalidDataException) when (events.Count > 0)
        {
            // The events before the damage come first; the next call reports it.
        }

        Cursor = events.Count > 0 ? events[^1].NextOffset : Cursor;
        return events;
    }

    /// <summary>Waits until events have been added, and reads them.</summary>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>One event or more, 1,000 at most.</returns>
    /// <exception cref="InvalidDataException">The line at the cursor is not an event or is of a newer version, or the log was replaced by another one.</exception>
    /// <exception cref="OperationCanceledException">The wait was cancelled. No event is lost.</exception>
    public async Task<IReadOnlyList<LoggedEvent>> WaitAsync(CancellationToken cancellation = default)
    {
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            if (Read() is { Count: > 0 } events)
            {
                return events;
            }

            await Task.Delay(Pause, cancellation).ConfigureAwait(false);
        }
    }
}
