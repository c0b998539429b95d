using Nabla.Cli.Tests.Support;
using Xunit;

namespace Nabla.Cli.Tests.Commands;

/// <summary>The bar while data are read, by a table that takes several times as long as the bar waits before it is drawn, a tenth of a second.</summary>
public sealed class ReadingBarTests : IDisposable
{
    private const int Rows = 120_000;
    private const int Columns = 100;

    private readonly string folder = Directory.CreateTempSubdirectory("nabla-bar-").FullName;
    private readonly string table;
    private int runs;

    public ReadingBarTests()
    {
        table = Write("table.csv", Rows);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Train_shows_it_on_a_terminal_alone() => RequireBar(() => ["train", table, "--hidden", "none", "--epochs", "1", "--run", NewRun()], "--json", "--quiet");

    [Fact]
    public void Evaluate_shows_it_on_a_terminal_alone()
    {
        string run = NewRun();
        NablaProgram.Run("train", Write("few.csv", 100), "--hidden", "none", "--epochs", "1", "--run", run).RequireDone();
        RequireBar(() => ["evaluate", run, table], "--json");
    }

    [Fact]
    public void Data_show_shows_it_on_a_terminal_alone() => RequireBar(() => ["data", "show", table], "--json");

    private static void RequireBar(Func<string[]> arguments, params string[] silent)
    {
        string bar = "reading ";
        ProgramResult shown = NablaProgram.RunOnTerminal(arguments());
        Assert.Equal(0, shown.ExitCode);
        Assert.Contains(bar, shown.Output, StringComparison.Ordinal);
        foreach (string option in silent)
        {
            ProgramResult quiet = NablaProgram.RunOnTerminal([.. arguments(), option]);
            Assert.Equal(0, quiet.ExitCode);
            Assert.DoesNotContain(bar, quiet.Output, StringComparison.Ordinal);
        }

        ProgramResult redirected = NablaProgram.Run(arguments());
        redirected.RequireDone();
        Assert.DoesNotContain(bar, redirected.Output + redirected.Error, StringComparison.Ordinal);
    }

    private string NewRun() => Path.Combine(folder, $"run-{runs++}");

    private string Write(string name, int rows)
    {
        string path = Path.Combine(folder, name);
        string[] classes = [.. new[] { "a", "b" }.Select((y, shift) => string.Join(',', Enumerable.Range(0, Columns).Select(column => (column + shift) % 10)) + $",{y}")];
        File.WriteAllLines(path, Enumerable.Range(0, rows).Select(row => classes[row % 2]).Prepend(string.Join(',', Enumerable.Range(0, Columns).Select(column => $"c{column}")) + ",y"));
        return path;
    }
}
