using System.Text.Json;
using Nabla.Cli.Tests.Support;
using Xunit;

namespace Nabla.Cli.Tests.Commands;

public sealed class DataCommandTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("nabla-data-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void List_names_every_built_in_set_and_the_downloads()
    {
        ProgramResult result = NablaProgram.Run("data", "list", "--json");
        result.RequireDone();
        string?[] names = [.. result.Lines.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("name").GetString())];
        Assert.Subset(names.ToHashSet(), new HashSet<string?> { "digits", "moons", "spirals", "circles", "blobs", "xor", "mnist", "fashion-mnist" });
        Assert.Contains("built in", NablaProgram.Run("data", "list").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Show_counts_the_classes_and_draws_samples()
    {
        JsonElement json = NablaProgram.Run("data", "show", "digits:200", "--json").Json;
        Assert.Equal(200, json.GetProperty("samples").GetInt32());
        Assert.Equal(200, json.GetProperty("classes").EnumerateArray().Sum(c => c.GetProperty("samples").GetInt32()));
        Assert.Equal([28, 28], json.GetProperty("image").EnumerateArray().Select(size => size.GetInt32()));
        ProgramResult drawn = NablaProgram.Run("data", "show", "digits:200", "--samples", "2");
        drawn.RequireDone();
        Assert.Contains("@", drawn.Output, StringComparison.Ordinal);
        Assert.NotEqual(drawn.Output, NablaProgram.Run("data", "show", "digits:200", "--samples", "2", "--augment", "rotate:30").Output);
    }

    [Fact]
    public void Points_are_drawn_in_the_plane()
    {
        ProgramResult result = NablaProgram.Run("data", "show", "xor:200");
        result.RequireDone();
        Assert.Contains("o A  + B", result.Output, StringComparison.Ordinal);
        Assert.Contains("x from -0.9", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("digits:200", 0)]
    [InlineData("moons:200", 2)]
    public void A_picture_is_a_PNG_of_grey_or_colour(string data, byte colourType)
    {
        string file = Path.Combine(folder, "sheet.png");
        NablaProgram.Run("data", "show", data, "--png", file).RequireDone();
        byte[] png = File.ReadAllBytes(file);
        Assert.Equal([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], png[..8]);
        Assert.Equal(colourType, png[25]);
        NablaProgram.Run("data", "show", data, "--png", file).RequireRefused("--force");
    }

    [Fact]
    public void Digits_are_written_as_IDX_that_is_read_again()
    {
        string target = Path.Combine(folder, "digits");
        NablaProgram.Run("data", "make", "digits", target, "--count", "200", "--seed", "3").RequireDone();
        Assert.Equal(4, Directory.GetFiles(target).Length);
        // IDX: 16 bytes of header, then the pixels of the four fifths that are trained on.
        Assert.Equal(16 + (160 * 784), new FileInfo(Path.Combine(target, "train-images-idx3-ubyte")).Length);
        Assert.Equal(8 + 40, new FileInfo(Path.Combine(target, "t10k-labels-idx1-ubyte")).Length);
        Assert.Equal(40, NablaProgram.Run("data", "show", target, "--part", "test", "--json").Json.GetProperty("samples").GetInt32());
        NablaProgram.Run("data", "make", "digits", target).RequireRefused("is not empty");
    }

    [Fact]
    public void Points_are_written_as_CSV_and_the_seed_decides_them()
    {
        string[] first = Make("a", "1"), same = Make("b", "1"), other = Make("c", "2");
        Assert.Equal("x,y,class", first[0]);
        Assert.Equal(151, first.Length);
        Assert.Equal(first, same);
        Assert.NotEqual(first, other);

        string[] Make(string name, string seed)
        {
            string target = Path.Combine(folder, name);
            NablaProgram.Run("data", "make", "moons", target, "--count", "150", "--seed", seed).RequireDone();
            return File.ReadAllLines(Path.Combine(target, "moons.csv"));
        }
    }

    [Fact]
    public void Wrong_usage_is_refused_with_what_was_expected()
    {
        NablaProgram.Run("data", "show", "digit").RequireRefused("Did you mean digits?");
        NablaProgram.Run("data", "get", "moons").RequireRefused("mnist");
        NablaProgram.Run("data", "show", "moons", "--augment", "rotate:5").RequireRefused("no images");
        NablaProgram.Run("data", "show", "digits:100", "--augment", "twist:5").RequireRefused("twist:5");
        NablaProgram.Run("data", "make", "digits:100", Path.Combine(folder, "x"), "--count", "5").RequireRefused("--count 5");
        NablaProgram.Run("data", "make", Path.Combine(folder, "table.csv"), Path.Combine(folder, "y")).RequireRefused("is a table already");
        Assert.False(Directory.Exists(Path.Combine(folder, "y")));
        NablaProgram.Run("data", "show", "moons", "--part", "some").RequireRefused("--part some");
    }

    [Theory]
    [InlineData("evaluate")]
    [InlineData("predict")]
    [InlineData("inspect")]
    [InlineData("export")]
    [InlineData("import")]
    [InlineData("data", "list")]
    [InlineData("data", "get")]
    [InlineData("data", "show")]
    [InlineData("data", "make")]
    public void Help_ends_with_two_examples(params string[] command)
    {
        ProgramResult result = NablaProgram.Run([.. command, "--help"]);
        result.RequireDone();
        string examples = result.Output[result.Output.IndexOf("Examples:", StringComparison.Ordinal)..];
        Assert.Equal(2, examples.Split('\n').Count(line => line.Contains($"nabla {string.Join(' ', command)}", StringComparison.Ordinal)));
    }
}
