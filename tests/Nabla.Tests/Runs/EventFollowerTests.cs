using System.Collections.Concurrent;
using Nabla.Numerics.Random;
using Nabla.Runs;
using Nabla.Tests.Support;
using Xunit;

namespace Nabla.Tests.Runs;

public sealed class EventFollowerTests : IDisposable
{
    private readonly TemporaryFolder temporary = new();

    public void Dispose() => temporary.Dispose();

    /// <summary>The acceptance of issue 22: four more runs, with processes that are killed, are in the tests of the program.</summary>
    [Fact]
    public async Task Over_46_runs_a_follower_that_is_killed_and_restarted_misses_no_event_and_repeats_none()
    {
        for (int run = 0; run < 46; run++)
        {
            string path = temporary[$"r{run}"];
            var reported = new ConcurrentQueue<string>();
            int seed = run;
            Task writer = Task.Run(() => Write(path, new CounterRandom((ulong)seed, RandomPurpose.Split), reported), TestContext.Current.CancellationToken);
            List<string> followed = await Follow(path, new CounterRandom((ulong)seed, RandomPurpose.Dropout), writer);
            await writer;

            // The bytes on the disk, and what the training said by itself.
            Assert.Equal(File.ReadAllLines(Path.Combine(path, "events.jsonl")), followed);
            Assert.Equal(reported, followed.Where(line => !line.Contains("\"event\":\"batch\"", StringComparison.Ordinal)).Select(Summary));
        }
    }

    [Fact]
    public async Task A_follower_waits_for_a_run_that_has_not_begun_and_goes_on_at_its_cursor()
    {
        string path = temporary["later"];
        var first = new EventFollower(path);
        Assert.Empty(first.Read());
        Task<IReadOnlyList<LoggedEvent>> wait = first.WaitAsync(TestContext.Current.CancellationToken);
        RunFolder folder = RunFolder.Create(path);
        folder.AppendRemark("one");
        Assert.Contains("one", Assert.Single(await wait).Text, StringComparison.Ordinal);
        Assert.Equal(new FileInfo(folder.EventsPath).Length, first.Cursor);
        folder.AppendRemark("two");
        folder.AppendRemark("three");
        var second = new EventFollower(path, first.Cursor);
        Assert.Contains("two", Assert.Single(second.Read(most: 1)).Text, StringComparison.Ordinal);
        Assert.Contains("three", Assert.Single(second.Read()).Text, StringComparison.Ordinal);
        Assert.Empty(second.Read());
        Assert.Equal(2, first.Read().Count);
    }

    [Fact]
    public async Task A_wait_ends_when_it_is_cancelled()
    {
        using var stop = new CancellationTokenSource();
        Task<IReadOnlyList<LoggedEvent>> wait = new EventFollower(temporary.Root).WaitAsync(stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait);
    }

    [Fact]
    public void Half_a_line_is_read_when_it_is_whole()
    {
        var follower = new EventFollower(temporary.Root);
        File.WriteAllText(temporary["events.jsonl"], "{\"v\":1,\"ev");
        Assert.Empty(follower.Read());
        // Another process cuts it and writes a longer line.
        File.WriteAllText(temporary["events.jsonl"], "{\"v\":1,\"event\":\"resumed\",\"epoch\":1,\"batch\":0}\n{");
        Assert.Equal("resumed", Assert.Single(follower.Read()).Name);
    }

    [Fact]
    public void A_cursor_of_another_log_is_refused()
    {
        RunFolder folder = RunFolder.Create(temporary["r"]);
        folder.AppendRemark("one");
        long end = new FileInfo(folder.EventsPath).Length;
        Assert.Contains("no line starts here", Assert.Throws<InvalidDataException>(() => new EventFollower(temporary["r"], end - 1).Read()).Message, StringComparison.Ordinal);
        Assert.Contains("no line starts here", Assert.Throws<InvalidDataException>(() => new EventFollower(temporary["r"], end + 1).Read()).Message, StringComparison.Ordinal);
        Assert.Contains("no line starts here", Assert.Throws<InvalidDataException>(() => new EventFollower(temporary["none"], 1).Read()).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new EventFollower(temporary["r"], -1));
    }

    [Fact]
    public void The_events_before_a_damaged_line_are_read_first()
    {
        File.WriteAllText(temporary["events.jsonl"], "{\"v\":1,\"event\":\"x\"}\n{\"v\":1}\n");
        var follower = new EventFollower(temporary.Root);
        Assert.Single(follower.Read());
        Assert.Contains("byte 20: event is missing", Assert.Throws<InvalidDataException>(() => follower.Read()).Message, StringComparison.Ordinal);
        Assert.Equal(20, follower.Cursor);
    }

    /// <summary>A run that is killed now and then, also in the middle of a line, and resumed until it is done.</summary>
    private static void Write(string path, CounterRandom random, ConcurrentQueue<string> reported)
    {
        RunFolder folder = RunFolder.Create(path);
        folder.SaveOptions(SampleRuns.Options);
        TrainingState? state = null;
        TrainingResult? result = null;
        while (result is null)
        {
            int left = random.NextDouble() < 0.7 ? 1 + (int)(random.NextDouble() * 60) : int.MaxValue;
            var keeper = new RunObserver(folder, checkpointEvery: 2);
            bool isWhole = false;
            try
            {
                result = Trainer.Train(SampleRuns.Architecture, SampleRuns.Data(), SampleRuns.Training, new SampleRuns.Observer(e =>
                {
                    keeper.Report(e);
                    isWhole |= e is EpochCompleted { Epoch: 6 };
                    string[] said = e switch
                    {
                        TrainingStarted => ["start"],
                        EpochCompleted epoch when epoch.Epoch % 2 == 0 => [$"epoch {epoch.Epoch}", $"checkpoint {epoch.Epoch}"],
                        EpochCompleted epoch => [$"epoch {epoch.Epoch}"],
                        // A run that was killed after its last epoch saves it again.
                        TrainingCompleted when !isWhole => ["checkpoint 6"],
                        _ => [],
                    };
                    foreach (string word in said)
                    {
                        reported.Enqueue(word);
                    }

                    if (--left == 0)
                    {
                        throw new OperationCanceledException();
                    }
                }), state);
                folder.AppendDone(result, null, null, "ab", 1);
                reported.Enqueue("done");
            }
            catch (OperationCanceledException)
            {
                if (random.NextDouble() < 0.5)
                {
                    File.AppendAllText(folder.EventsPath, """{"v":1,"event":"epoch","epoch":99,"train_cost":0.123456789"""[..(1 + (int)(random.NextDouble() * 50))]);
                }

                folder = RunFolder.Open(path);
                state = folder.Resume(SampleRuns.Architecture, SampleRuns.Training.Precision);
                reported.Enqueue($"resumed {state?.Epoch ?? 0}");
            }
        }
    }

    /// <summary>Follows to the end of the run. A kill loses the follower and, half of the time, all events since the last save.</summary>
    private static async Task<List<string>> Follow(string path, CounterRandom random, Task writer)
    {
        var saved = new List<string>();
        long cursor = 0;
        while (true)
        {
            var follower = new EventFollower(path, cursor);
            var unsaved = new List<string>();
            bool isOver = false;
            for (int reads = 1 + (int)(random.NextDouble() * 20); reads > 0; reads--)
            {
                // Looked at before the read: a read after the end of the writer is complete.
                bool isLast = writer.IsCompleted;
                IReadOnlyList<LoggedEvent> events = follower.Read(1 + (int)(random.NextDouble() * 30));
                unsaved.AddRange(events.Select(found => found.Text));
                isOver = isLast && events.Count == 0;
                if (isOver || random.NextDouble() < 0.3)
                {
                    saved.AddRange(unsaved);
                    unsaved.Clear();
                    cursor = follower.Cursor;
                }

                if (isOver)
                {
                    return saved;
                }

                if (events.Count == 0)
                {
                    await Task.Delay(1, TestContext.Current.CancellationToken);
                }
            }
        }
    }

    private static string Summary(string line)
    {
        using var json = System.Text.Json.JsonDocument.Parse(line);
        string name = json.RootElement.GetProperty("event").GetString()!;
        return name is "epoch" or "checkpoint" or "resumed" ? $"{name} {json.RootElement.GetProperty("epoch").GetInt32()}" : name;
    }
}
