using System.Globalization;
using System.Text.Json;
using Nabla.Cli.Tests.Support;
using Xunit;

namespace Nabla.Cli.Tests.Commands;

/// <summary>Tables from training to prediction.</summary>
public sealed class TableCommandTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("nabla-tables-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    /// <summary>
    /// scikit-learn 1.2.1, StandardScaler and MLPClassifier with its defaults, five splits of a fifth, stratified, random_state 0 to 4: iris 0.940 (0.833
    /// to 1), wine 0.989 (0.972 to 1), digits8x8 0.978 (0.975 to 0.981). One split of 30 or 36 rows says no more than to a row or three; so the floors
    /// are its mean less about twice the deviation of such a share.
    /// </summary>
    [Theory]
    [InlineData("iris", 4, 0.86)]
    [InlineData("wine", 13, 0.94)]
    [InlineData("digits8x8", 64, 0.965)]
    public void A_table_with_no_options_reaches_what_scikit_learn_reaches(string name, int inputs, double floor)
    {
        string? data = Environment.GetEnvironmentVariable("NABLA_DATA");
        string table = Path.Combine(data ?? "", "tables", name + ".csv");
        Assert.SkipWhen(string.IsNullOrEmpty(data) || !File.Exists(table), "NABLA_DATA names no folder with this table.");
        string run = At("run");
        ProgramResult trained = NablaProgram.Run("train", table, "--run", run, "--json", "--quiet");
        trained.RequireDone();
        double accuracy = JsonDocument.Parse(trained.Lines[^1]).RootElement.GetProperty("test_accuracy").GetDouble();
        Assert.InRange(accuracy, floor, 1);
        Assert.Equal(accuracy, NablaProgram.Run("evaluate", run, table, "--json").Json.GetProperty("accuracy").GetDouble());
        Assert.Equal(inputs, NablaProgram.Run("inspect", run, "--json").Json.GetProperty("inputs").GetInt32());
    }

    [Fact]
    public void A_column_of_weights_is_no_input_and_rare_classes_can_be_balanced()
    {
        // A class of one row in ten, where nothing tells the rows apart: only the weights decide what is predicted.
        string table = At("rare.csv"), run = At("run");
        File.WriteAllLines(table, ["x,w,class", .. Enumerable.Range(0, 400).Select(i => $"{i % 2},{(i % 10 == 0 ? 20 : 1)},{(i % 10 == 0 ? "rare" : "common")}")]);
        string[] settings = ["--preset", "plain", "--hidden", "none", "--epochs", "20", "--lr", "0.5", "--validation", "0", "--quiet"];
        Assert.Equal("common", Predicted("--ignore", "w"));
        Assert.Equal("rare", Predicted("--weights-column", "w"));
        Assert.Contains("\"class_weights\": \"balanced\"", TrainedWith("--ignore", "w", "--class-weight", "balanced"), StringComparison.Ordinal);

        NablaProgram.Run(["train", table, .. settings, "--run", At("no"), "--weights-column", "class"]).RequireRefused("cannot hold the weights of the rows and be the target");
        NablaProgram.Run(["train", table, .. settings, "--run", At("no"), "--weights-column", "z"]).RequireRefused("z");
        File.AppendAllText(table, "1,-2,rare\n");
        NablaProgram.Run(["train", table, .. settings, "--run", At("no"), "--weights-column", "w"]).RequireRefused("the weight 'w' of row 401 is negative");
        NablaProgram.Run("train", "digits:100", "--weights-column", "w", "--run", At("no")).RequireRefused("--weights-column applies to tables");

        string Predicted(params string[] options)
        {
            TrainedWith(options);
            Assert.Contains("holds the weights", options[0] == "--weights-column" ? NablaProgram.Run("inspect", run).Output : "holds the weights", StringComparison.Ordinal);
            return NablaProgram.RunWith("x\n0\n", "predict", run).Lines[1].Split(',')[0];
        }

        string TrainedWith(params string[] options)
        {
            if (Directory.Exists(run))
            {
                Directory.Delete(run, recursive: true);
            }

            NablaProgram.Run(["train", table, .. settings, "--run", run, .. options]).RequireDone();
            return File.ReadAllText(Path.Combine(run, "run.json"));
        }
    }

    [Fact]
    public void Rows_are_predicted_by_the_names_of_their_columns_in_any_order()
    {
        string run = TrainColours(out _);
        ProgramResult ordered = NablaProgram.RunWith("id,size,colour\n7,9,red\n8,1,blue\n", "predict", run);
        ordered.RequireDone();
        Assert.Equal(["label,probability", "big", "small"], ordered.Lines.Select((line, i) => i == 0 ? line : line.Split(',')[0]));
        Assert.Equal(ordered.Output, NablaProgram.RunWith("colour;size\nred;9\nblue;1\n", "predict", run).Output);
        Assert.Equal(ordered.Output, NablaProgram.RunWith("9,red\n1,blue\n", "predict", run).Output);
        Assert.Equal(ordered.Output, NablaProgram.RunWith("7,9,red,?\n8,1,blue,\n", "predict", run).Output);

        ProgramResult kept = NablaProgram.RunWith("id,size,note,colour\n7,9,\"a, b\",red\n", "predict", run, "--keep");
        Assert.Equal("id,note,label,probability", kept.Lines[0]);
        Assert.StartsWith("7,\"a, b\",big,", kept.Lines[1], StringComparison.Ordinal);
        JsonElement line = NablaProgram.RunWith("id,size,colour\n7,9,red\n", "predict", run, "--keep", "--json").Json;
        Assert.Equal("7", line.GetProperty("kept").GetProperty("id").GetString());
        Assert.Equal("big", line.GetProperty("label").GetString());
    }

    [Fact]
    public void Rows_that_do_not_fit_are_named_by_file_line_and_column()
    {
        string run = TrainColours(out _);
        NablaProgram.RunWith("id,size\n7,9\n", "predict", run).RequireRefused("standard input:1: the column 'colour' is missing");
        NablaProgram.RunWith("size,colour\n1,red\nlarge,red\n", "predict", run).RequireRefused("standard input:3: column 'size' is 'large': expected a number");
        NablaProgram.RunWith("1,2,3,4,5\n", "predict", run).RequireRefused("standard input:1: 5 columns and no known name");
        NablaProgram.Run("predict", run, "moons").RequireRefused("moons");
        NablaProgram.Run("evaluate", run, "moons").RequireRefused("'moons' is not a table");
        File.WriteAllText(At("new.csv"), "size,colour,class\n1,red,huge\n");
        NablaProgram.Run("evaluate", run, At("new.csv")).RequireRefused("new.csv:2: the target 'class' is 'huge', which is not a class of the training data");
    }

    [Fact]
    public void A_new_table_is_measured_whole_and_the_training_table_by_its_test_part()
    {
        string run = TrainColours(out string table);
        Assert.Equal(12, NablaProgram.Run("evaluate", run, table, "--json").Json.GetProperty("samples").GetInt32());
        File.WriteAllText(At("new.csv"), "class,colour,size\nbig,red,9\nsmall,blue,1\nsmall,green,2\n");
        JsonElement whole = NablaProgram.Run("evaluate", run, At("new.csv"), "--json").Json;
        Assert.Equal(3, whole.GetProperty("samples").GetInt32());
        Assert.Equal("all", whole.GetProperty("part").GetString());
        Assert.Equal(1, whole.GetProperty("accuracy").GetDouble());
    }

    [Fact]
    public void A_regression_reports_errors_in_the_unit_of_its_target_and_predicts_under_its_name()
    {
        string table = At("line.csv");
        File.WriteAllText(table, "price,size\n" + string.Concat(Enumerable.Range(0, 200).Select(i => string.Create(CultureInfo.InvariantCulture, $"{500 + (10 * (i % 50)) + (i % 3)},{i % 50}\n"))));
        ProgramResult trained = NablaProgram.Run("train", table, "--target", "price", "--run", At("run"), "--json", "--quiet");
        trained.RequireDone();
        JsonElement done = JsonDocument.Parse(trained.Lines[^1]).RootElement;
        // The prices spread over 144; what is left is the noise of i mod 3, about 0.8.
        Assert.InRange(done.GetProperty("test_r2").GetDouble(), 0.99, 1);
        Assert.InRange(done.GetProperty("test_rmse").GetDouble(), 0.5, 15);
        Assert.True(JsonDocument.Parse(trained.Lines[1]).RootElement.TryGetProperty("validation_rmse", out _));
        JsonElement evaluated = NablaProgram.Run("evaluate", At("run"), table, "--json").Json;
        Assert.Equal(done.GetProperty("test_rmse").GetDouble(), evaluated.GetProperty("rmse").GetDouble(), 1e-9);
        ProgramResult predicted = NablaProgram.RunWith("size\n20\n", "predict", At("run"));
        Assert.Equal("price", predicted.Lines[0]);
        Assert.InRange(double.Parse(predicted.Lines[1], CultureInfo.InvariantCulture), 690, 712);
        Assert.InRange(NablaProgram.RunWith("size\n20\n", "predict", At("run"), "--json").Json.GetProperty("values").GetProperty("price").GetDouble(), 690, 712);
    }

    [Fact]
    public void Columns_are_shown_and_options_of_tables_are_refused_elsewhere()
    {
        string run = TrainColours(out string table);
        JsonElement columns = NablaProgram.Run("inspect", run, "--json").Json.GetProperty("columns");
        Assert.Equal(["size", "colour", "class", "id"], columns.EnumerateArray().Select(column => column.GetProperty("column").GetString()));
        Assert.Contains("colour", NablaProgram.Run("inspect", run).Output, StringComparison.Ordinal);
        ProgramResult shown = NablaProgram.Run("data", "show", table, "--kinds", "size=categorical", "--target", "class", "--ignore", "id");
        shown.RequireDone();
        Assert.Contains("as asked for", shown.Output, StringComparison.Ordinal);
        NablaProgram.Run("train", "moons", "--target", "x").RequireRefused("--target applies to tables");
        NablaProgram.Run("train", table, "--kinds", "size").RequireRefused("expected COLUMN=KIND");
        NablaProgram.Run("train", table, "--target", "weight").RequireRefused("no column 'weight'", "id, size, colour, class");
        NablaProgram.Run("train", At("none.csv")).RequireRefused("none.csv: there is no such file");
    }

    [Fact]
    public void A_run_on_a_table_is_resumed_only_while_the_table_is_the_same()
    {
        string run = TrainColours(out string table);
        NablaProgram.Run("train", "--resume", run, "--quiet").RequireDone();
        File.AppendAllText(table, "60,3,red,small\n");
        NablaProgram.Run("train", "--resume", run, "--quiet").RequireRefused("has changed since the run began");
    }

    /// <summary>60 rows whose class is told by their size, with a useless number and a name that does not matter.</summary>
    private string TrainColours(out string table)
    {
        table = At("colours.csv");
        string[] colours = ["red", "blue", "green"];
        File.WriteAllText(table, "id,size,colour,class\n" + string.Concat(Enumerable.Range(0, 60).Select(i => $"{i},{i * 7 % 10},{colours[i % 3]},{(i * 7 % 10 >= 5 ? "big" : "small")}\n")));
        NablaProgram.Run("train", table, "--ignore", "id", "--run", At("colours"), "--epochs", "60", "--quiet").RequireDone();
        return At("colours");
    }

    private string At(string name) => Path.Combine(folder, name);
}
