using System.Text.Json;
using Nabla.Cli.Tests.Support;
using Nabla.Data.Images.Pixels;
using Nabla.Data.Images.Png;
using Xunit;

namespace Nabla.Cli.Tests.Commands;

public sealed class ImageCommandTests(ImageFolders images) : IClassFixture<ImageFolders>
{
    [Fact]
    public void A_folder_is_trained_on_at_the_size_that_was_asked_for()
    {
        images.Training.RequireDone();
        JsonElement start = JsonDocument.Parse(images.Training.Lines[0]).RootElement;
        Assert.Equal((86, 10, 24), (start.GetProperty("train").GetInt32(), start.GetProperty("validation").GetInt32(), start.GetProperty("test").GetInt32()));
        Assert.Equal([196, 10], start.GetProperty("sizes").EnumerateArray().Select(size => size.GetInt32()));
        NablaProgram.Run("train", "--resume", images.Run, "--size", "28x28").RequireRefused("--size cannot be changed by --resume");
        NablaProgram.Run("train", "--resume", images.Run, "--quiet").RequireDone();
    }

    [Fact]
    public void Evaluate_brings_the_folder_to_the_size_of_the_model_and_finds_the_test_part_again()
    {
        JsonElement done = JsonDocument.Parse(images.Training.Lines[^1]).RootElement, json = NablaProgram.Run("evaluate", images.Run, images.Images, "--json").Json;
        Assert.Equal(24, json.GetProperty("samples").GetInt32());
        Assert.Equal(done.GetProperty("test_accuracy").GetDouble(), json.GetProperty("accuracy").GetDouble());
        Assert.Equal(120, NablaProgram.Run("evaluate", images.Run, images.Images, "--test", "0", "--json").Json.GetProperty("samples").GetInt32());
    }

    [Fact]
    public void Predict_writes_a_line_for_each_file_of_a_folder_with_its_name()
    {
        ProgramResult result = NablaProgram.Run("predict", images.Run, images.Images);
        result.RequireDone();
        Assert.Equal("file,label,probability", result.Lines[0]);
        string[] files = [.. Directory.GetFiles(images.Images, "*.png", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(images.Images, file).Replace('\\', '/')).Order(StringComparer.Ordinal)];
        Assert.Equal(ImageFolders.Count, files.Length);
        Assert.Equal(files, result.Lines.Skip(1).Select(line => line.Split(',')[0]));

        // What the model says of all of them is what evaluate counts.
        int right = result.Lines.Skip(1).Count(line => line.StartsWith(line.Split(',')[1] + "/", StringComparison.Ordinal));
        Assert.Equal(right, NablaProgram.Run("evaluate", images.Run, images.Images, "--test", "0", "--json").Json.GetProperty("correct").GetInt32());
    }

    [Fact]
    public void Predict_takes_one_file_of_any_size()
    {
        string small = Directory.GetFiles(Path.Combine(images.Images, "3"), "*.png").Order(StringComparer.Ordinal).First();
        GreyImage image = PngReader.Read(small);

        // Each pixel twice in both directions: by area it is the same picture.
        byte[] doubled = [.. Enumerable.Range(0, 56 * 56).Select(i => image.Pixels[(i / 56 / 2 * 28) + (i % 56 / 2)])];
        string large = images.Write("large.png", 56, doubled);
        JsonElement first = NablaProgram.Run("predict", images.Run, small, "--json", "--probabilities").Json;
        JsonElement second = NablaProgram.Run("predict", images.Run, large, "--json", "--probabilities").Json;
        Assert.Equal(small, first.GetProperty("file").GetString());
        Assert.Equal(large, second.GetProperty("file").GetString());
        Assert.Equal(first.GetProperty("probabilities").GetRawText(), second.GetProperty("probabilities").GetRawText());
        Assert.Equal(10, first.GetProperty("probabilities").EnumerateObject().Count());
    }

    [Fact]
    public void A_damaged_file_ends_predict_after_the_lines_before_it()
    {
        images.Write("damaged/a.png", 1, [0]);
        File.WriteAllBytes(images.At("damaged/b.png"), [.. File.ReadAllBytes(images.At("damaged/a.png")).Take(40)]);
        ProgramResult result = NablaProgram.Run("predict", images.Run, images.At("damaged"));
        Assert.Equal(2, result.ExitCode);
        Assert.Equal(2, result.Lines.Length);
        Assert.StartsWith("a.png,", result.Lines[1], StringComparison.Ordinal);
        Assert.Contains($"{images.At("damaged/b.png")}: byte 33", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Images_of_two_sizes_need_a_size()
    {
        images.Write("mixed/a/1.png", 2, [1, 2]);
        images.Write("mixed/a/2.png", 2, [3, 4]);
        images.Write("mixed/b/1.png", 1, [5]);
        images.Write("mixed/b/2.png", 1, [5]);
        NablaProgram.Run("data", "show", images.At("mixed")).RequireRefused(images.At("mixed/b/1.png"), "is 1×1", "--size");
        JsonElement json = NablaProgram.Run("data", "show", images.At("mixed"), "--size", "2x3", "--test", "0", "--validation", "0", "--json").Json;
        Assert.Contains("2", json.GetRawText(), StringComparison.Ordinal);
        NablaProgram.Run("data", "show", images.At("mixed"), "--size", "2").RequireRefused("--size: '2'", "28x28");
        NablaProgram.Run("data", "show", "moons", "--size", "2x2").RequireRefused("Leave --size out");
    }

    [Fact]
    public void Evaluate_draws_the_confusion_matrix_and_the_worst_mistakes()
    {
        string confusion = images.At("confusion.png"), worst = images.At("worst.png");
        ProgramResult result = NablaProgram.Run("evaluate", images.Run, images.Images, "--test", "0", "--confusion", confusion, "--worst", worst, "--json");
        JsonElement json = result.Json;

        // Where a sample of 0 is right the first cell is blue, of luminance below white.
        GreyImage matrix = PngReader.Read(confusion);
        Assert.InRange(matrix.Shape.Rows, 10 * 56, 1000);
        Assert.Contains((byte)255, matrix.Pixels.ToArray());
        int mistakes = json.GetProperty("samples").GetInt32() - json.GetProperty("correct").GetInt32();
        Assert.InRange(mistakes, 1, ImageFolders.Count);
        Assert.InRange(PngReader.Read(worst).Shape.Columns, 3 * 112, 1100);
        NablaProgram.Run("evaluate", images.Run, images.Images, "--confusion", confusion).RequireRefused(confusion, "--force");
        ProgramResult again = NablaProgram.Run("evaluate", images.Run, images.Images, "--confusion", confusion, "--worst", worst, "--force");
        again.RequireDone();
        Assert.Contains($"{worst}: the ", again.Output, StringComparison.Ordinal);
        NablaProgram.Run("evaluate", images.Run, images.Images, "--confusion", worst, "--worst", worst, "--force").RequireRefused("different files");
    }

    [Fact]
    public void Classes_that_the_model_does_not_know_are_refused()
    {
        images.Write("other/3/1.png", 1, [0]);
        images.Write("other/cat/1.png", 1, [0]);
        NablaProgram.Run("evaluate", images.Run, images.At("other")).RequireRefused(images.At("other/cat"), "no such class", "0, 1, 2");
    }
}
