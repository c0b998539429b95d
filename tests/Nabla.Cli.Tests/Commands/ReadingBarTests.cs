using System.IO.Compression;
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

    [Fact]
    public void Predict_shows_it_on_a_terminal_alone()
    {
        string few = Path.Combine(folder, "few"), run = NewRun();
        Directory.CreateDirectory(few);
        WriteImages(Path.Combine(few, "train-images-idx3-ubyte"), 4);
        File.WriteAllBytes(Path.Combine(few, "train-labels-idx1-ubyte"), [0, 0, 8, 1, 0, 0, 0, 4, 0, 1, 0, 1]);
        NablaProgram.Run("train", few, "--hidden", "none", "--epochs", "1", "--validation", "0", "--run", run).RequireDone();
        string images = Path.Combine(folder, "images.gz");
        WriteImages(images, 80);
        RequireBar(() => ["predict", run, images], "--json");
    }

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

    /// <summary>Images of 1000 × 1000 grey values that do not compress well, gzipped where the name says so.</summary>
    private static void WriteImages(string path, int count)
    {
        const int Side = 1000;
        using FileStream file = File.Create(path);
        using Stream stream = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionLevel.Fastest) : file;
        stream.Write([0, 0, 8, 3, 0, 0, 0, (byte)count, 0, 0, Side >> 8, Side & 0xFF, 0, 0, Side >> 8, Side & 0xFF]);
        byte[] image = new byte[Side * Side];
        for (uint i = 0, state = 1; i < count * image.Length; i++)
        {
            state = (state * 1664525) + 1013904223;
            image[i % image.Length] = (byte)((state >> 24) & 15);
            if ((i + 1) % image.Length == 0)
            {
                stream.Write(image);
            }
        }
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
