using System.Globalization;
using System.Text.Json;
using Nabla.Cli.Tests.Support;
using Nabla.Data.Images.Pixels;
using Nabla.Data.Images.Png;
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

    [Fact]
    public void Areas_and_log_loss_are_those_of_the_outputs_by_definition()
    {
        JsonElement json = NablaProgram.Run("evaluate", models.Digits, "digits:300", "--json").Json;
        double[][] outputs = [.. NablaProgram.Run("predict", models.Digits, "digits:300", "--probabilities").Lines.Skip(1)
            .Select(line => line.Split(',').Skip(2).Select(cell => double.Parse(cell, CultureInfo.InvariantCulture)).ToArray())];
        Dataset test = DataSource.Open("digits:300").Test!;
        int[] labels = [.. Enumerable.Range(0, test.Count).Select(test.Label)];
        double[] areas = [.. Enumerable.Range(0, 10).Select(AreaByPairs)];
        Assert.Equal(areas, json.GetProperty("classes").EnumerateArray().Select(c => c.GetProperty("roc_auc").GetDouble()), (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal(areas.Average(), json.GetProperty("roc_auc").GetDouble(), 1e-12);
        Assert.Equal(outputs.Select((row, i) => -Math.Log(row[labels[i]] / row.Sum())).Average(), json.GetProperty("log_loss").GetDouble(), 1e-6);

        double AreaByPairs(int c)
        {
            var pairs = from i in Enumerable.Range(0, labels.Length)
                        from j in Enumerable.Range(0, labels.Length)
                        where labels[i] == c && labels[j] != c
                        select outputs[i][c] > outputs[j][c] ? 1 : outputs[i][c] == outputs[j][c] ? 0.5 : 0;
            return pairs.Average();
        }
    }

    [Fact]
    public void Pictures_need_what_they_show()
    {
        string file = models.At("picture.png");
        NablaProgram.Run("evaluate", models.Quadrants, "moons", "--worst", file).RequireRefused($"--worst {file}", "no images");
        NablaProgram.Run("evaluate", models.Quadrants, "moons", "--confusion", models.At("no/such/folder.png")).RequireRefused("does not exist");
        Assert.False(File.Exists(file));
        NablaProgram.Run("evaluate", models.Quadrants, "moons", "--confusion", file).RequireDone();
        ProgramResult result = NablaProgram.Run("evaluate", models.Quadrants, "moons");
        Assert.Contains("log-loss", result.Output, StringComparison.Ordinal);
        Assert.Contains("ROC-AUC", result.Output, StringComparison.Ordinal);

        // Two right and two wrong cells of 56 × 56, each with a few strokes of text.
        GreyImage picture = PngReader.Read(file);
        Assert.InRange(picture.Shape.Rows, 100, 400);
        Assert.Equal(4, picture.Pixels.ToArray().GroupBy(grey => grey).Where(group => group.Key < 255 && group.Count() > 2000).Sum(group => (int)Math.Round(group.Count() / 2900.0)));
    }

    [Fact]
    public void Images_do_not_go_into_a_model_of_numbers()
    {
        using (FileStream stream = File.Create(models.At("one.png")))
        {
            PngWriter.WriteGrey(stream, [1, 2], 2);
        }

        NablaProgram.Run("predict", models.Quadrants, models.At("one.png")).RequireRefused("does not take images", "2 numbers");
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
