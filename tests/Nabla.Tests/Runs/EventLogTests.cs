using Nabla.Runs;
using Nabla.Tests.Support;
using Xunit;

namespace Nabla.Tests.Runs;

public sealed class EventLogTests : IDisposable
{
    private readonly TemporaryFolder temporary = new();

    public void Dispose() => temporary.Dispose();

    [Fact]
    public void A_run_writes_its_events_in_order_with_the_keys_of_the_json_output()
    {
        RunFolder folder = Run();
        var lines = new List<string>();
        var keeper = new RunObserver(folder, checkpointEvery: 3);
        TrainingResult result = Trainer.Train(SampleRuns.Architecture, SampleRuns.Data(), SampleRuns.Training, new SampleRuns.Observer(e =>
        {
            keeper.Report(e);
            lines.AddRange(e switch
            {
                TrainingStarted started => [EventJson.Start(started, SampleRuns.Options.Samples!.Test, SampleRuns.Options.Samples.Name)],
                EpochCompleted epoch => [EventJson.Epoch(epoch)],
                _ => [],
            });
        }));
        folder.AppendRemark("a \"remark\"\nof two lines");
        folder.AppendDone(result, folder.ModelPath, null, "ab", 2);
        lines.Add(EventJson.Done(result, folder.ModelPath, folder.FolderPath, null, "ab", 2));

        IReadOnlyList<LoggedEvent> events = folder.LoadEvents();
        string[] batches = [.. Enumerable.Repeat("batch", 6)];
        Assert.Equal(
            [
                "start", .. batches, "epoch", .. batches, "epoch", .. batches, "epoch", "checkpoint",
                .. batches, "epoch", .. batches, "epoch", .. batches, "epoch", "checkpoint", "remark", "done",
            ],
            events.Select(found => found.Name));
        Assert.Equal(lines.Select(line => line.Insert(1, "\"v\":1,")), events.Where(found => found.Name is "start" or "epoch" or "done").Select(found => found.Text));
        Assert.Equal("""{"v":1,"event":"checkpoint","epoch":3,"batch":0}""", events.First(found => found.Name == "checkpoint").Text);
        Assert.Equal("a \"remark\"\nof two lines", events[^2].Json().GetProperty("text").GetString());
        Assert.Equal(new FileInfo(folder.EventsPath).Length, events[^1].NextOffset);
    }

    [Fact]
    public void After_a_resume_the_epochs_that_were_repeated_count_once()
    {
        File.WriteAllText(Log, Lines(Epoch(1, 0.1), Epoch(2, 0.2), Epoch(3, 0.3), Place("resumed", 1), Epoch(2, 0.25), Place("recovered", 2), Epoch(3, 0.35), """{"v":1,"event":"new-in-version-2"}"""));
        Assert.Equal([(1, 0.1), (2, 0.25), (3, 0.35)], EventLog.ReadEpochs(Log).Select(epoch => (epoch.Epoch, epoch.TrainCost!.Value)));
        File.AppendAllText(Log, Lines(Place("resumed", 0)));
        Assert.Empty(EventLog.ReadEpochs(Log));
        Assert.Equal(9, EventLog.Read(Log).Count);
    }

    [Fact]
    public void A_resume_cuts_the_incomplete_line_and_no_other_and_names_the_place()
    {
        RunFolder folder = Run();
        string whole = Lines(Epoch(1, 0.1), Epoch(2, 0.2));
        File.WriteAllText(folder.EventsPath, whole + """{"v":1,"event":"epoch","epo""");
        TrainingState state = CheckpointTests.State(Precision.Single);
        state.Epoch = 1;
        state.BestEpoch = 1;
        state.Metrics.RemoveAt(1);
        folder.SaveCheckpoint(state);
        RunFolder.Open(folder.FolderPath).Resume(SampleRuns.Architecture, Precision.Single);
        Assert.Equal(whole + Lines(Place("resumed", 1)), File.ReadAllText(folder.EventsPath));
        Assert.Equal([1], folder.LoadMetrics().Select(epoch => epoch.Epoch));
    }

    [Fact]
    public void The_log_of_an_older_run_becomes_the_start_of_the_new_one()
    {
        RunFolder folder = Run();
        File.WriteAllText(folder.MetricsPath, "{\"event\":\"epoch\",\"epoch\":1,\"train_cost\":0.5}\n{\"epoch\":2}\n{\"event\":\"epo");
        Assert.Equal([1, 2], folder.LoadMetrics().Select(epoch => epoch.Epoch));
        folder.Resume(SampleRuns.Architecture, Precision.Single);
        Assert.Equal(
            Lines("""{"v":1,"event":"epoch","epoch":1,"train_cost":0.5}""", """{"v":1,"event":"epoch","epoch":2}""", Place("resumed", 0)),
            File.ReadAllText(folder.EventsPath));
    }

    [Theory]
    [InlineData("{\"v\":2,\"event\":\"epoch\"}\n", "byte 0: This file was written by a newer version of Nabla (format 2); this version reads up to 1.")]
    [InlineData("{\"v\":1}\n", "byte 0: event is missing")]
    [InlineData("{\"event\":\"start\"}\n", "byte 0: v is missing")]
    [InlineData("{\"v\":1,\"event\":7}\n", "byte 0: event is 7; expected a text")]
    [InlineData("{\"v\":1,\"event\":\"x\"}\nnull\n", "byte 20: the text is null; expected an object")]
    [InlineData("{\"v\":1,\"event\":\"x\"}\n\n", "byte 20: ")]
    public void A_damaged_log_is_refused_with_the_place(string text, string message)
    {
        File.WriteAllText(Log, text);
        string expected = $"{Log}: {message}";
        Assert.StartsWith(expected, Assert.Throws<InvalidDataException>(() => EventLog.Read(Log)).Message, StringComparison.Ordinal);
        Assert.StartsWith(expected, Assert.Throws<InvalidDataException>(() => EventLog.ReadEpochs(Log)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Epochs_that_go_back_without_a_resume_are_refused()
    {
        File.WriteAllText(Log, Lines(Epoch(3, 1), Epoch(3, 1)));
        Assert.EndsWith("epoch 3 follows epoch 3.", Assert.Throws<InvalidDataException>(() => EventLog.ReadEpochs(Log)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Long_lines_and_deep_ones_are_refused()
    {
        File.WriteAllText(Log, $$"""{"v":1,"event":"x","text":"{{new string('a', 1 << 16)}}"}""" + "\n");
        Assert.Contains("more than 65536 bytes", Assert.Throws<InvalidDataException>(() => EventLog.Read(Log)).Message, StringComparison.Ordinal);
        // Without a line end no more than one line is held, however long the file is.
        using (FileStream stream = File.Create(Log))
        {
            stream.SetLength(1L << 32);
        }

        Assert.Contains("byte 0: the line has more than", Assert.Throws<InvalidDataException>(() => EventLog.Read(Log)).Message, StringComparison.Ordinal);
        File.WriteAllText(Log, $$"""{"v":1,"event":"x","deep":{{new string('[', 10_000)}}{{new string(']', 10_000)}}}""" + "\n");
        Assert.Contains("depth", Assert.Throws<InvalidDataException>(() => EventLog.Read(Log)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_that_a_full_disk_let_through_are_not_written_twice()
    {
        var log = new EventWriter(Log);
        log.Append("""{"event":"a"}""");
        string first = File.ReadAllText(Log);
        File.Move(Log, temporary["away"]);
        Directory.CreateDirectory(Log);
        Assert.Throws<UnauthorizedAccessException>(() => log.Append("""{"event":"b"}"""));
        Assert.Throws<UnauthorizedAccessException>(() => log.Append("""{"event":"c"}"""));
        log.Keep("""{"event":"missed"}""", canBeMissed: true);
        Directory.Delete(Log);
        // The disk took the first of the two lines and half of the second.
        File.Move(temporary["away"], Log);
        File.AppendAllText(Log, "{\"v\":1,\"event\":\"b\"}\n{\"v\":1,\"ev");
        log.Append("""{"event":"d"}""");
        log.Flush();
        Assert.Equal(first + Lines("""{"v":1,"event":"b"}""", """{"v":1,"event":"c"}""", """{"v":1,"event":"d"}"""), File.ReadAllText(Log));
    }

    [Fact]
    public void A_remark_is_cut_so_that_its_line_can_be_read()
    {
        RunFolder folder = Run();
        folder.AppendRemark(new string('\u0001', 100_000));
        Assert.Equal(2001, Assert.Single(folder.LoadEvents()).Json().GetProperty("text").GetString()!.Length);
    }

    private string Log => temporary["events.jsonl"];

    private RunFolder Run()
    {
        RunFolder folder = RunFolder.Create(temporary["r"]);
        folder.SaveOptions(SampleRuns.Options);
        return folder;
    }

    private static string Lines(params string[] lines) => string.Concat(lines.Select(line => line + "\n"));

    private static string Epoch(int epoch, double cost) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $$"""{"v":1,"event":"epoch","epoch":{{epoch}},"train_cost":{{cost}}}""");

    private static string Place(string name, int epoch) => $$"""{"v":1,"event":"{{name}}","epoch":{{epoch}},"batch":0}""";
}
