using System.Text.Json;
using Nabla.Cli.Tests.Support;
using Xunit;

namespace Nabla.Cli.Tests.Commands;

/// <summary>The command line and the library give the same network for the same data.</summary>
public sealed class LibraryTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("nabla-library-");

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData("digits:1000")]
    [InlineData("spirals")]
    [InlineData("classes.csv")]
    [InlineData("values.csv")]
    public void Train_and_Model_Train_give_the_same_bits(string source)
    {
        string data = Source(source);
        ProgramResult result = NablaProgram.Run("train", data, "--json", "--quiet", "--run", Path.Combine(folder.FullName, "run"));
        Assert.Equal(0, result.ExitCode);
        using JsonDocument done = JsonDocument.Parse(result.Output.Trim().Split('\n')[^1]);
        Assert.Equal(done.RootElement.GetProperty("weights_sha256").GetString(), Model.Train(DataSource.Open(data)).WeightsSha256);
    }

    private string Source(string source)
    {
        if (!source.EndsWith(".csv", StringComparison.Ordinal))
        {
            return source;
        }

        string path = Path.Combine(folder.FullName, source);
        bool isReal = source == "values.csv";
        File.WriteAllLines(path, ["a,colour,y", .. Enumerable.Range(0, 150).Select(i =>
            $"{i * 7 % 50},{(i % 3 == 0 ? "red" : "blue")},{(isReal ? $"{100 * (i * 7 % 50)}" : i * 7 % 50 > 25 ? "many" : "few")}")]);
        return path;
    }
}
