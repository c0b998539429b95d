using Nabla.Runs;
using Nabla.Tests.Support;
using Xunit;

namespace Nabla.Tests.Runs;

public sealed class RunRegistryTests : IDisposable
{
    private readonly TemporaryFolder temporary = new();

    public void Dispose() => temporary.Dispose();

    [Fact]
    public void Runs_are_listed_by_path_once_each_and_those_that_are_gone_are_forgotten()
    {
        foreach (string name in new[] { "b", "a", "c", "a" })
        {
            Directory.CreateDirectory(temporary[name]);
            RunRegistry.Add(temporary[name] + "/", Home);
        }

        Directory.Delete(temporary["c"]);
        Assert.Equal(3, Entries.Length);
        Assert.Equal([temporary["a"], temporary["b"]], RunRegistry.List(Home));
        Assert.Equal(2, Entries.Length);
        Assert.Empty(RunRegistry.List(temporary["none"]));
    }

    [Fact]
    public void A_run_that_begins_where_another_one_is_being_forgotten_stays_registered()
    {
        string[] paths = [.. Enumerable.Range(0, 8).Select(i => temporary[$"run{i}"])];
        for (int round = 0; round < 30; round++)
        {
            bool isStopped = false;
            var lister = new Thread(() =>
            {
                while (!Volatile.Read(ref isStopped))
                {
                    RunRegistry.List(Home);
                }
            });
            lister.Start();
            Parallel.ForEach(paths, path =>
            {
                Directory.CreateDirectory(path);
                RunRegistry.Add(path, Home);
            });
            Volatile.Write(ref isStopped, true);
            lister.Join();
            Assert.Equal(paths, RunRegistry.List(Home));
            Array.ForEach(paths, Directory.Delete);
        }
    }

    [Fact]
    public void Entries_that_are_no_paths_are_dropped_and_other_files_left_alone()
    {
        Directory.CreateDirectory(temporary["run"]);
        RunRegistry.Add(temporary["run"], Home);
        string good = Assert.Single(Entries), other = temporary["home/runs/notes.txt"], wrong = temporary[$"home/runs/{new string('0', 32)}"], empty = temporary[$"home/runs/{new string('1', 32)}"];
        File.Copy(good, wrong);
        File.WriteAllText(other, "mine");
        File.WriteAllText(empty, "");
        Assert.Equal([temporary["run"]], RunRegistry.List(Home));
        Assert.Equal(new[] { good, other }.Order(StringComparer.Ordinal), Entries.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_home_that_cannot_be_written_or_read_is_no_error()
    {
        string file = temporary.Write("file", [1]);
        Directory.CreateDirectory(temporary["run"]);
        RunRegistry.Add(temporary["run"], file);
        RunRegistry.Add(temporary["run"], Path.Combine(file, "deep"));
        Assert.Empty(RunRegistry.List(file));
        Assert.Equal([1], File.ReadAllBytes(file));
    }

    [Fact]
    public void Every_run_registers_when_its_options_are_written()
    {
        RunFolder folder = RunFolder.Create(temporary["run"]);
        Assert.DoesNotContain(RunList.ReadRegistered(), run => run.FolderPath == temporary["run"]);
        folder.SaveOptions(SampleRuns.Options);
        RunSummary found = Assert.Single(RunList.ReadRegistered(), run => run.FolderPath == temporary["run"]);
        Assert.Equal("run", found.Name);
        Assert.Null(found.Problem);
    }

    private string Home => temporary["home"];

    private string[] Entries => Directory.GetFiles(temporary["home/runs"]);
}
