using System.Text;
using Nabla.Data.Tables.Schema;
using Nabla.Models.Formats.Network2;
using Nabla.Runs;
using Nabla.Tests.Support;
using Xunit;

namespace Nabla.Tests.Models;

/// <summary>Models that know the columns of the table they were trained on.</summary>
public sealed class TableModelTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Everything_that_is_known_of_the_columns_goes_through_the_file()
    {
        Model model = Trained("n;b;d;c;id;y\n1,5;yes;2024-01-01 12:00;r∇d;k1;a\n;no;2024-01-02;blue;k2;b\n3,5;?;2024-01-03;r∇d;k3;a\n4,5;no;2024-01-04;;k4;b\n", new TableOptions { DecimalComma = true });
        string path = folder["m.safetensors"];
        model.Save(path);
        Model loaded = Model.Load(path);
        Assert.Equal(Text(model.Columns!), Text(loaded.Columns!));
        Assert.Equal(model.Columns!.Width, loaded.Architecture.Inputs);
        var row = new Dictionary<string, string?> { ["n"] = "2,5", ["b"] = "yes", ["d"] = "2024-01-02", ["c"] = null, ["id"] = "z" };
        Assert.Equal(model.Predict(row).Outputs, loaded.Predict(row).Outputs);
        string again = folder["again.safetensors"];
        loaded.Save(again);
        Assert.Equal(File.ReadAllBytes(path), File.ReadAllBytes(again));

        static string Text(TableSchema schema) => string.Join('\n', schema.Names)
            + string.Join('\n', schema.Inputs.Select(column => $"{column with { Categories = [] }}{string.Join('|', column.Categories)}"))
            + string.Join('\n', schema.Targets) + string.Join('\n', schema.Ignored) + string.Join('|', schema.Classes) + schema.DecimalComma + schema.Fingerprint;
    }

    /// <summary>y = 3x + 100 is linear: a network without hidden layers finds it, and what it says is in the unit of y.</summary>
    [Fact]
    public void Predictions_and_errors_of_a_regression_are_in_the_unit_of_the_target()
    {
        string text = "x,y\n" + string.Concat(Enumerable.Range(0, 40).Select(i => $"{i},{100 + (3 * i)}\n"));
        DataSplit data = Open(text, new TableOptions { Task = TableTask.Regress });
        NetworkOptions network = NetworkOptions.FeedForward(1, [], 1, Activation.Linear, Activation.Linear, Cost.Quadratic);
        TrainingResult result = Trainer.Train(network, data, new TrainingOptions { Epochs = 100, BatchSize = 4, LearningRate = 0.1, Threads = 1, Precision = Precision.Double });
        Model model = Model.From(result, data.Train);
        Assert.Equal(100 + (3 * 7.5), Assert.Single(model.Predict(new Dictionary<string, string?> { ["x"] = "7.5" }).Outputs), 1e-3);

        // Weights of zero predict the mean everywhere: the error is then the deviation of the target, √(9·(40² − 1)/12), and R² is 0.
        Evaluation mean = Evaluator.Evaluate(network, new Parameters(network, Precision.Double), data.Train);
        Assert.Equal(Math.Sqrt(9 * 1599 / 12.0), mean.RootMeanSquaredError!.Value, 1e-9);
        Assert.Equal(3 * 10.0, mean.MeanAbsoluteError!.Value, 1e-9);
        Assert.Equal(0, mean.R2!.Value, 1e-9);
    }

    [Theory]
    [InlineData("\"kind\":\"numeric\"", "\"kind\":\"boolean2\"")]
    [InlineData("\"name\":\"x\"", "\"name\":\"y\"")]
    [InlineData("\"name\":\"x\"", "\"name\":null")]
    [InlineData("\"scale\":1.118033988749895", "\"scale\":-1")]
    [InlineData("\"has_missing_indicator\":false", "\"has_missing_indicator\":true")]
    public void A_file_whose_columns_contradict_each_other_or_the_network_is_refused(string from, string to)
    {
        string path = folder["m.safetensors"];
        Trained("x,y\n1,a\n2,b\n3,a\n4,b\n", null).Save(path);
        byte[] bytes = File.ReadAllBytes(path);
        int length = BitConverter.ToInt32(bytes, 0);
        string header = Encoding.UTF8.GetString(bytes, 8, length);
        string changed = header.Replace(from.Replace("\"", "\\\"", StringComparison.Ordinal), to.Replace("\"", "\\\"", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.NotEqual(header, changed);
        byte[] text = Encoding.UTF8.GetBytes(changed);
        folder.Write("m.safetensors", [.. BitConverter.GetBytes((long)text.Length), .. text, .. bytes[(8 + length)..]]);
        Assert.Contains(path, Assert.Throws<InvalidDataException>(() => Model.Load(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_is_not_resumed_on_a_table_of_which_a_byte_has_changed()
    {
        string[] rows = [.. Enumerable.Range(0, 40).Select(i => $"{i},{i % 2}")];
        string path = folder.Write("t.csv", Encoding.UTF8.GetBytes("x,y\n" + string.Join('\n', rows)));
        RunData run = RunData.Of(DataSource.Open(path));
        run.Require(DataSource.Open(path));

        // All numbers doubled scale to the same inputs: only the text tells.
        File.WriteAllText(path, "x,y\n" + string.Join('\n', Enumerable.Range(0, 40).Select(i => $"{2 * i},{i % 2}")));
        Assert.Throws<InvalidDataException>(() => run.Require(DataSource.Open(path)));
    }

    [Fact]
    public void A_format_that_has_no_place_for_columns_is_refused()
    {
        Model model = Trained("x,y\n1,a\n2,b\n3,a\n4,b\n", null, Activation.Sigmoid);
        Assert.Contains("would be lost", Assert.Throws<ArgumentException>(() => Network2Json.Save(model, folder["n.json"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_without_a_column_that_the_model_takes_is_refused_by_its_name()
    {
        Model model = Trained("x,z,y\n1,1,a\n2,3,b\n3,2,a\n4,1,b\n", null);
        Assert.Contains("no column 'z'", Assert.Throws<ArgumentException>(() => model.Predict(new Dictionary<string, string?> { ["x"] = "1" })).Message, StringComparison.Ordinal);
        Assert.Contains("'z' is 'many'", Assert.Throws<ArgumentException>(() => model.Predict(new Dictionary<string, string?> { ["x"] = "1", ["z"] = "many" })).Message, StringComparison.Ordinal);
    }

    private DataSplit Open(string text, TableOptions? options) => DataSource.Open(new DataRequest
    {
        Source = folder.Write("t.csv", Encoding.UTF8.GetBytes(text)),
        Test = SplitSize.None,
        Validation = SplitSize.None,
        Table = options,
    });

    private Model Trained(string text, TableOptions? options, Activation? activation = null)
    {
        Activation output = activation ?? Activation.Softmax;
        DataSplit data = Open(text, options);
        NetworkOptions network = NetworkOptions.FeedForward(data.Train.InputCount, [3], 2, output == Activation.Sigmoid ? Activation.Sigmoid : Activation.Tanh, output, output == Activation.Sigmoid ? Cost.CrossEntropy : Cost.LogLikelihood);
        return Model.From(Trainer.Train(network, data, new TrainingOptions { Epochs = 1, Threads = 1 }), data.Train);
    }
}
