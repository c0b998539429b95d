using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Nabla.Cli.Tests.Support;
using Xunit;

namespace Nabla.Cli.Tests.Commands;

public sealed class PredictCommandTests(KnownModels models) : IClassFixture<KnownModels>
{
    // 1/(1 + e^−2) and 1/(1 + e^−6): two softmax inputs that differ by 2 and 6.
    private const double OneAside = 0.88079707797788244;
    private const double ThreeAside = 0.99752737684336526;

    [Fact]
    public void Rows_on_standard_input_give_label_and_probability_a_line()
    {
        ProgramResult result = NablaProgram.RunWith("1,5\n-3,5\n", "predict", models.Quadrants);
        result.RequireDone();
        Assert.Equal("label,probability", result.Lines[0]);
        AssertLine("right", OneAside, result.Lines[1]);
        AssertLine("left", ThreeAside, result.Lines[2]);
        Assert.Equal(3, result.Lines.Length);
    }

    [Theory]
    [InlineData("x,y\n1,5\n")]
    [InlineData("\uFEFF1,5\r\n\r\n")]
    [InlineData("x\ty\n1\t5\n")]
    [InlineData("\"1\" ; 5")]
    [InlineData("1e0,+5.0")]
    public void Header_and_separator_are_found(string text)
    {
        ProgramResult result = NablaProgram.Run("predict", models.Quadrants, models.Write("rows.csv", text));
        result.RequireDone();
        Assert.Equal(2, result.Lines.Length);
        AssertLine("right", OneAside, result.Lines[1]);
    }

    [Fact]
    public void Probabilities_of_all_classes_stand_behind_the_winner()
    {
        ProgramResult result = NablaProgram.RunWith("1,5\n", "predict", models.Quadrants, "--probabilities");
        Assert.Equal("label,probability,left,right", result.Lines[0]);
        string[] cells = result.Lines[1].Split(',');
        Assert.Equal(1, Number(cells[2]) + Number(cells[3]), 1e-15);
        Assert.Equal(OneAside, Number(cells[3]), 1e-15);
    }

    [Fact]
    public void Json_is_an_object_a_line()
    {
        ProgramResult result = NablaProgram.RunWith("1,5\n-3,5\n", "predict", models.Quadrants, "-", "--json", "--probabilities");
        result.RequireDone();
        JsonElement[] lines = [.. result.Lines.Select(line => JsonDocument.Parse(line).RootElement)];
        Assert.Equal(["right", "left"], lines.Select(line => line.GetProperty("label").GetString()));
        Assert.Equal(ThreeAside, lines[1].GetProperty("probabilities").GetProperty("left").GetDouble(), 1e-15);
    }

    [Theory]
    [InlineData("1,5\n1,2,3\n", ":2: 3 columns, but the model takes 2 inputs")]
    [InlineData("x,y\n1,five\n", ":2: column 2 is 'five'")]
    [InlineData("1,\n", ":1: column 2 is empty")]
    [InlineData("1,2\n\nNaN,3\n", ":3: column 1 is NaN")]
    [InlineData("1,1e39\n", ":1: column 2 is 1e39")]
    [InlineData("x,y,class\n", ":1: 3 columns")]
    public void A_wrong_row_is_named_by_file_and_line(string text, string message)
    {
        string file = models.Write("wrong.csv", text);
        NablaProgram.Run("predict", models.Quadrants, file).RequireRefused(file + message);
    }

    [Fact]
    public void What_stands_before_a_wrong_row_is_predicted()
    {
        ProgramResult result = NablaProgram.RunWith("1,5\nwrong\n", "predict", models.Quadrants);
        result.RequireRefused("standard input:2: 1 column");
        Assert.Equal(2, result.Lines.Length);
    }

    [Fact]
    public void A_row_is_answered_before_the_next_one_comes_and_an_interrupt_ends_the_wait()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no SIGTERM.");
        }

        using Process process = NablaProgram.Start("predict", models.Quadrants);
        process.StandardInput.WriteLine("1,5");
        process.StandardInput.Flush();
        Assert.Equal("label,probability", process.StandardOutput.ReadLine());
        AssertLine("right", OneAside, process.StandardOutput.ReadLine()!);
        using (Process kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]))
        {
            kill.WaitForExit();
        }

        process.WaitForExit();
        Assert.Equal(130, process.ExitCode);
    }

    [Fact]
    public void Images_of_a_data_set_and_of_an_IDX_file_give_the_same_answers()
    {
        string folder = models.At("idx");
        NablaProgram.Run("data", "make", "digits", folder, "--count", "100").RequireDone();
        ProgramResult named = NablaProgram.Run("predict", models.Digits, "digits:100"), file = NablaProgram.Run("predict", models.Digits, Path.Combine(folder, "t10k-images-idx3-ubyte"));
        named.RequireDone();
        Assert.Equal(21, named.Lines.Length);
        Assert.Equal(named.Output, file.Output);
        Assert.Equal(named.Output, NablaProgram.Run("predict", models.Digits, folder).Output);
    }

    [Fact]
    public void Data_that_does_not_fit_is_refused_with_both_figures() =>
        NablaProgram.Run("predict", models.Digits, "moons").RequireRefused("2 inputs", "784");

    [Fact]
    public void A_missing_model_and_a_file_that_is_none_are_refused()
    {
        NablaProgram.Run("predict", models.At("none.safetensors")).RequireRefused("none.safetensors: no such file");
        NablaProgram.Run("predict", models.Write("text.safetensors", "no model")).RequireRefused("text.safetensors");
        NablaProgram.Run("predict", models.Folder).RequireRefused("has no model.safetensors");
    }

    private static void AssertLine(string label, double probability, string line)
    {
        string[] cells = line.Split(',');
        Assert.Equal(label, cells[0]);
        Assert.Equal(probability, Number(cells[1]), 1e-15);
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
