using System.Text.Json;
using Nabla.Cli.Tests.Support;
using Xunit;

namespace Nabla.Cli.Tests.Commands;

public sealed class EvaluateCommandTests(KnownModels models) : IClassFixture<KnownModels>
{
    [Fact]
    public void The_confusion_matrix_adds_up_to_samples_and_right_answers()
    {
        JsonElement json = NablaProgram.Run("evaluate", models.Digits, "digits:300", "--json").Json;
        int[][] confusion = [.. json.GetProperty("confusion").EnumerateArray().Select(row => row.EnumerateArray().Select(cell => cell.GetInt32()).ToArray())];
        Assert.Equal(60, json.GetProperty("samples").GetInt32());
        Assert.Equal("test", json.GetProperty("part").GetString());
        Assert.Equal(60, confusion.Sum(row => row.Sum()));
        int right = Enumerable.Range(0, 10).Sum(i => confusion[i][i]);
        Assert.Equal(right, json.GetProperty("correct").GetInt32());
        Assert.Equal(right / 60.0, json.GetProperty("accuracy").GetDouble(), 1e-15);
        Assert.Equal(confusion.Select(row => row.Sum()), json.GetProperty("classes").EnumerateArray().Select(c => c.GetProperty("support").GetInt32()));
        Assert.InRange(json.GetProperty("expected_calibration_error").GetDouble(), 0, 1);
    }

    [Theory]
    [InlineData("train", 216)]
    [InlineData("validation", 24)]
    [InlineData("test", 60)]
    public void Each_part_can_be_measured(string part, int samples) =>
        Assert.Equal(samples, NablaProgram.Run("evaluate", models.Digits, "digits:300", "--part", part, "--json").Json.GetProperty("samples").GetInt32());

    [Fact]
    public void Without_a_test_part_all_is_measured()
    {
        JsonElement json = NablaProgram.Run("evaluate", models.Digits, "digits:300", "--test", "0", "--json").Json;
        Assert.Equal("all", json.GetProperty("part").GetString());
        Assert.Equal(300, json.GetProperty("samples").GetInt32());
    }

    [Fact]
    public void The_answer_does_not_depend_on_the_threads() => Assert.Equal(
        NablaProgram.Run("evaluate", models.Digits, "digits:300", "--json", "--threads", "1").Output,
        NablaProgram.Run("evaluate", models.Digits, "digits:300", "--json", "--threads", "2").Output);

    [Fact]
    public void A_pipe_gets_plain_text()
    {
        ProgramResult result = NablaProgram.Run("evaluate", models.Digits, "digits:300");
        result.RequireDone();
        Assert.Contains("accuracy", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001B', result.Output);
        Assert.All(result.Output, letter => Assert.False(letter is >= '─' and <= '╿', "a box-drawing letter"));
        Assert.All(result.Output.Split('\n'), line => Assert.Equal(line.TrimEnd(), line));
    }

    [Fact]
    public void Data_that_does_not_fit_is_refused_with_figures()
    {
        NablaProgram.Run("evaluate", models.Digits, "xor").RequireRefused("2 inputs", "784 inputs (28×28)");
        NablaProgram.Run("evaluate", models.Quadrants, "spirals").RequireRefused("3 classes", "2");
        NablaProgram.Run("evaluate", models.Digits, "digits:300", "--validation", "0", "--part", "validation").RequireRefused("no validation part");
        NablaProgram.Run("evaluate", models.Digits, "digits:300", "--part", "half").RequireRefused("--part half", "validation");
        NablaProgram.Run("evaluate", models.Digits, "digits:300", "--threads", "0").RequireRefused("--threads 0");
        NablaProgram.Run("evaluate", models.Digits).RequireRefused("DATA");
    }

    [Fact]
    public void Classes_of_another_name_are_remarked_on_standard_error()
    {
        ProgramResult result = NablaProgram.Run("evaluate", models.Quadrants, "moons", "--json");
        result.RequireDone();
        Assert.Contains("left, right", result.Error, StringComparison.Ordinal);
        Assert.Single(result.Lines);
    }
}
