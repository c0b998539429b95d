using System.Collections.Concurrent;
using System.Globalization;
using Nabla.Runs;
using Nabla.Tests.Support;
using Xunit;

namespace Nabla.Tests.Runs;

public sealed class RunLockTests : IDisposable
{
    private readonly TemporaryFolder temporary = new();

    public void Dispose() => temporary.Dispose();

    [Fact]
    public void A_second_one_is_refused_with_the_process_that_holds_it_until_it_is_given_back()
    {
        RunFolder folder = Run();
        string process = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        using (folder.Lock())
        {
            string message = Assert.Throws<IOException>(() => RunFolder.Open(temporary["r"]).Lock()).Message;
            Assert.StartsWith($"{temporary["r"]} is in use: process {process} ", message, StringComparison.Ordinal);
            Assert.Contains($"kill {process}", message, StringComparison.Ordinal);
        }

        folder.Lock().Dispose();
        Assert.Equal([folder.OptionsPath], Directory.GetFiles(temporary["r"]));
    }

    [Fact]
    public void What_a_kill_left_behind_hinders_nobody_and_is_cleared_away()
    {
        RunFolder folder = Run();
        string[] left = ["run.lock", "run.json.12.tmp", "metrics.jsonl.12.tmp", "checkpoint.safetensors.12.tmp", "model.safetensors.345.tmp"];
        string[] others = ["model.safetensors.tmp", "model.safetensors.old.tmp", "notes.12.tmp"];
        foreach (string name in left.Concat(others))
        {
            File.WriteAllText(temporary[$"r/{name}"], "half");
        }

        folder.Lock().Dispose();
        Assert.Equal(others.Append("run.json").Order(), Directory.GetFiles(temporary["r"]).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void A_start_that_was_killed_before_its_run_began_leaves_an_empty_folder()
    {
        Directory.CreateDirectory(temporary["r"]);
        File.WriteAllText(temporary["r/run.lock"], "");
        File.WriteAllText(temporary["r/run.json.12.tmp"], "{");
        RunFolder.RequireFree(temporary["r"]);
        RunFolder.Create(temporary["r"], out RunLock hold);
        hold.Dispose();
        Assert.Empty(Directory.GetFiles(temporary["r"]));
    }

    [Fact]
    public void A_new_run_in_a_folder_in_use_is_refused_before_and_after_its_options_are_written()
    {
        RunFolder folder = RunFolder.Create(temporary["r"], out RunLock hold);
        using (hold)
        {
            Assert.Contains("is in use", Assert.Throws<IOException>(() => RunFolder.Create(temporary["r"], out _)).Message, StringComparison.Ordinal);
            folder.SaveOptions(SampleRuns.Options);
            Assert.Contains("is in use", Assert.Throws<IOException>(() => RunFolder.RequireFree(temporary["r"])).Message, StringComparison.Ordinal);
        }

        Assert.Contains("--resume", Assert.Throws<ArgumentException>(() => RunFolder.Create(temporary["r"], out _)).Message, StringComparison.Ordinal);
        Assert.Equal([folder.OptionsPath], Directory.GetFiles(temporary["r"]));
    }

    [Fact]
    public void The_process_that_holds_it_stands_in_the_file()
    {
        using RunLock hold = Run().Lock();
        string text = File.ReadAllText(temporary["r/run.lock"]);
        Assert.StartsWith(string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId} "), text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("12")]
    [InlineData("-5 2026-03-04T05:06:07.0000000Z")]
    [InlineData("many 2026-03-04T05:06:07.0000000Z")]
    public void A_file_that_names_no_process_is_held_by_its_lock_alone(string text)
    {
        RunFolder folder = Run();
        File.WriteAllText(temporary["r/run.lock"], text);
        using (new FileStream(temporary["r/run.lock"], FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            string message = Assert.Throws<IOException>(folder.Lock).Message;
            Assert.StartsWith($"{temporary["r"]} is in use: another process ", message, StringComparison.Ordinal);
        }

        folder.Lock().Dispose();
    }

    [Fact]
    public void Another_process_is_named_while_it_holds_the_file_and_ignored_afterwards()
    {
        RunFolder folder = Run();
        File.WriteAllText(temporary["r/run.lock"], "4194304 2026-03-04T05:06:07.0000000Z\n");
        using (new FileStream(temporary["r/run.lock"], FileMode.Open, FileAccess.Read, FileShare.Read))
        {
            Assert.Contains("process 4194304 ", Assert.Throws<IOException>(folder.Lock).Message, StringComparison.Ordinal);
            Assert.Contains("is in use", Assert.Throws<IOException>(() => RunFolder.RequireFree(temporary["r"])).Message, StringComparison.Ordinal);
        }

        folder.Lock().Dispose();
    }

    [Fact]
    public void A_locked_run_can_be_read()
    {
        RunFolder folder = Run();
        using RunLock hold = folder.Lock();
        File.WriteAllText(folder.MetricsPath, "{\"epoch\":1}\n");
        RunSummary read = Assert.Single(RunList.Read(temporary.Root));
        Assert.Null(read.Problem);
        Assert.Equal(1, read.Epochs);
    }

    [Fact]
    public void Of_many_that_ask_for_one_folder_at_once_one_gets_it()
    {
        for (int round = 0; round < 20; round++)
        {
            string path = temporary[$"r{round}"];
            var held = new ConcurrentBag<RunLock>();
            int refused = 0;
            Together(4, () =>
            {
                try
                {
                    RunFolder.Create(path, out RunLock hold);
                    held.Add(hold);
                }
                catch (IOException)
                {
                    Interlocked.Increment(ref refused);
                }
            });
            Assert.Equal(3, refused);
            Assert.Single(held).Dispose();
        }
    }

    [Fact]
    public void Of_many_that_take_and_give_back_never_two_hold_it()
    {
        RunFolder folder = Run();
        int inside = 0, most = 0, taken = 0;
        Together(4, () =>
        {
            for (int i = 0; i < 300; i++)
            {
                if (RunLock.TryTake(folder.FolderPath) is { } hold)
                {
                    InterlockedMax(ref most, Interlocked.Increment(ref inside));
                    Interlocked.Increment(ref taken);
                    Interlocked.Decrement(ref inside);
                    hold.Dispose();
                }
            }
        });
        Assert.Equal(1, most);
        Assert.True(taken > 0);
        Assert.Equal([folder.OptionsPath], Directory.GetFiles(folder.FolderPath));
    }

    [Fact]
    public void Of_many_that_start_in_the_same_second_each_gets_a_folder_of_its_own()
    {
        var clock = new StandingClock();
        var made = new ConcurrentBag<string>();
        var held = new ConcurrentBag<RunLock>();
        Together(6, () =>
        {
            made.Add(RunFolder.CreateNext("digits", clock, out RunLock hold, temporary.Root).FolderPath);
            held.Add(hold);
        });
        Assert.Equal(6, made.Distinct().Count());
        Assert.Contains(temporary["2026-03-04-050607-digits"], made);
        Assert.All(held, hold => hold.Dispose());
    }

    [Fact]
    public void A_lock_whose_folder_is_gone_is_given_back_without_complaint()
    {
        RunLock hold = Run().Lock();
        Directory.Delete(temporary["r"], recursive: true);
        hold.Dispose();
    }

    [Fact]
    public void A_lock_that_was_replaced_by_another_s_leaves_that_one_alone()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("An open file cannot be deleted on Windows.");
        }

        RunFolder folder = Run();
        RunLock first = folder.Lock();
        File.Delete(temporary["r/run.lock"]);
        File.WriteAllText(temporary["r/run.lock"], "");
        first.Dispose();
        Assert.True(File.Exists(temporary["r/run.lock"]));
    }

    private static void Together(int count, Action work)
    {
        using var start = new Barrier(count);
        Thread[] threads = [.. Enumerable.Range(0, count).Select(_ => new Thread(() =>
        {
            start.SignalAndWait();
            work();
        }))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
    }

    private static void InterlockedMax(ref int target, int value)
    {
        for (int seen = target; value > seen; seen = target)
        {
            Interlocked.CompareExchange(ref target, value, seen);
        }
    }

    private RunFolder Run()
    {
        RunFolder folder = RunFolder.Create(temporary["r"]);
        folder.SaveOptions(SampleRuns.Options);
        return folder;
    }

    private sealed class StandingClock : TimeProvider
    {
        public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

        public override DateTimeOffset GetUtcNow() => new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);
    }
}
