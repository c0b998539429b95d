using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Nabla.Data.Tables.Schema;
using Nabla.Data.Tables.Text;
using Nabla.Models.Formats.Json;
using Nabla.Models.Formats.Onnx;
using Nabla.Models.Formats.Onnx.Reading;
using Nabla.Models.Formats.Onnx.Schema;
using Nabla.Tests.Support;
using Xunit;

namespace Nabla.Tests.Models.Formats.Onnx;

/// <summary>Models of tables as graphs. What such a graph computes is compared in ONNX Runtime, by tests/onnx/check.cjs.</summary>
public sealed class OnnxTableTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_model_of_a_table_survives_the_way_out_and_back(bool isMixed)
    {
        Model model = isMixed ? SampleTables.Mixed() : SampleTables.Numbers();
        OnnxFile.Save(model, folder["m.onnx"]);
        Model read = OnnxFile.Load(folder["m.onnx"]);

        // The document holds all but the parameters.
        Assert.Equal(ModelJson.Write(model), ModelJson.Write(read));
        Assert.Equal(model.WeightsSha256, read.WeightsSha256);
        var row = new Dictionary<string, string?> { ["size"] = "80,5", ["open"] = "no", ["fixed"] = null, ["colour"] = "blue", ["born"] = "2024-02-29 12:30" };
        Assert.Equal(model.Predict(row).Outputs, read.Predict(row).Outputs);
        OnnxFile.Save(read, folder["again.onnx"]);
        Assert.Equal(File.ReadAllBytes(folder["m.onnx"]), File.ReadAllBytes(folder["again.onnx"]));
    }

    [Fact]
    public void Columns_of_numbers_share_one_input()
    {
        OnnxModel graph = Exported(SampleTables.Numbers());
        OnnxValueInfo input = Assert.Single(graph.Inputs);
        Assert.Equal(("input", OnnxElementType.Single), (input.Name, input.Type));
        Assert.Equal([-1, 3], input.Shape!);
        Assert.Equal(["label", "probabilities"], graph.Outputs.Select(output => output.Name));
        Assert.Equal("""["size","open","fixed"]""", graph.Metadata["columns"]);
    }

    [Fact]
    public void Where_a_column_is_no_number_each_has_an_input_of_its_own()
    {
        OnnxModel graph = Exported(SampleTables.Mixed());
        Assert.Equal(
            [("size", OnnxElementType.Single), ("colour", OnnxElementType.Text), ("born", OnnxElementType.Double), ("open", OnnxElementType.Single), ("fixed", OnnxElementType.Single)],
            graph.Inputs.Select(input => (input.Name, input.Type)));
        Assert.All(graph.Inputs, input => Assert.Equal([-1, 1], input.Shape!));
        Assert.Equal([-1, 2], Assert.Single(graph.Outputs).Shape!);
    }

    [Theory]
    [InlineData("label", "columns.1")]
    [InlineData("probabilities", "columns.1")]
    [InlineData("layers.0.weight", "columns.1")]
    [InlineData("columns.0", "columns.1")]
    [InlineData("", "columns.1")]
    [InlineData("input", "input")]
    [InlineData("layers", "layers")]
    public void A_column_whose_name_the_graph_needs_itself_is_called_by_its_place(string name, string expected)
    {
        Model model = SampleTables.Classifier(SampleTables.Colour, SampleTables.Size with { Name = name });
        Assert.Equal(["colour", expected], Exported(model).Inputs.Select(input => input.Name));
        Assert.Equal(name, OnnxFile.Load(folder["m.onnx"]).Columns!.Inputs[1].Name);
    }

    [Fact]
    public void A_column_with_a_very_long_name_is_called_by_its_place()
    {
        string name = new('x', 5000);
        Assert.Equal(["colour", "columns.1"], Exported(SampleTables.Classifier(SampleTables.Colour, SampleTables.Size with { Name = name })).Inputs.Select(input => input.Name));
        Assert.Equal(name, OnnxFile.Load(folder["m.onnx"]).Columns!.Inputs[1].Name);
    }

    [Fact]
    public void The_number_of_nodes_does_not_grow_with_the_columns()
    {
        static InputColumn Numbered(InputColumn column, int index) => column with { Name = $"{column.Name} {index}" };
        InputColumn[] two = [.. Enumerable.Range(0, 2).Select(i => Numbered(SampleTables.Size, i))], hundred = [.. Enumerable.Range(0, 100).Select(i => Numbered(SampleTables.Size, i))];
        Assert.Equal(Exported(SampleTables.Classifier(two)).Nodes.Count, Exported(SampleTables.Classifier(hundred)).Nodes.Count);
        InputColumn[] dates = [.. Enumerable.Range(0, 20).Select(i => Numbered(SampleTables.Born, i))];
        Assert.Equal(Exported(SampleTables.Classifier(dates[..2])).Nodes.Count, Exported(SampleTables.Classifier(dates)).Nodes.Count);
    }

    [Fact]
    public void A_column_that_only_ever_held_rare_names_makes_a_graph() =>
        Assert.Contains(Exported(SampleTables.Classifier(SampleTables.Colour with { Categories = [], Imputed = -1 })).Nodes, node => node.Operator == "LabelEncoder");

    [Fact]
    public void Exactly_the_texts_that_mean_missing_are_listed_as_such()
    {
        string[] spellings = [.. CellText.MissingSpellings()];
        // 2 without letters; na and n/a in 2², nan in 2³, null in 2⁴ ways.
        Assert.Equal(2 + 4 + 4 + 8 + 16, spellings.Distinct().Count());
        Assert.All(spellings, text => Assert.True(CellText.IsMissing(Encoding.UTF8.GetBytes(text))));
        Gen<string> texts = Gen.Elements('n', 'N', 'a', 'A', '/', 'u', 'l', 'L', '?', 'é').ArrayOf().Select(letters => new string(letters));
        Prop.ForAll(texts.ToArbitrary(), text => CellText.IsMissing(Encoding.UTF8.GetBytes(text)) == spellings.Contains(text)).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData(3e38, 1e38)]
    [InlineData(0, 1e39)]
    public void Targets_beyond_32_bits_are_refused_and_nothing_is_written(double center, double scale)
    {
        Model model = SampleTables.Regression([SampleTables.Size], new TargetColumn { Name = "stars", Center = center, Scale = scale });
        Assert.Contains("'stars'", Assert.Throws<ArgumentException>(() => OnnxFile.Save(model, folder["m.onnx"])).Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Root));
    }

    [Theory]
    [InlineData("\"scale\":20.25", "\"scale\":-0.25", "has a negative scale or a scaling that is not finite")]
    [InlineData("\"name\":\"size\"", "\"name\":\"open\"", "twice")]
    [InlineData("\"has_missing_indicator\":true", "\"has_missing_indicator\":null", "metadata 'model'")]
    [InlineData("\"units\":4", "\"units\":5", "describes a different network from the graph")]
    [InlineData("\"inputs\":4,", "\"inputs\":5,", "metadata 'model'")]
    [InlineData("layers.0.Gemm", "columns.Gemm.", "which no earlier node computes")]
    public void Metadata_that_contradicts_itself_or_the_graph_is_refused(string from, string to, string message)
    {
        OnnxFile.Save(SampleTables.Numbers(), folder["m.onnx"]);
        byte[] bytes = File.ReadAllBytes(folder["m.onnx"]), before = Encoding.UTF8.GetBytes(from), after = Encoding.UTF8.GetBytes(to);
        Assert.Equal(before.Length, after.Length);
        after.CopyTo(bytes.AsSpan(bytes.AsSpan().IndexOf(before)));
        InvalidDataException found = Assert.Throws<InvalidDataException>(() => OnnxFile.Load(folder.Write("m.onnx", bytes)));
        Assert.Contains(message, found.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_the_metadata_of_Nabla_the_encoding_in_the_graph_is_not_understood()
    {
        OnnxFile.Save(SampleTables.Numbers(), folder["m.onnx"]);
        byte[] bytes = File.ReadAllBytes(folder["m.onnx"]);
        bytes.AsSpan()[bytes.AsSpan().LastIndexOf("\x05nabla"u8)..][1] = (byte)'x';
        Assert.Contains("(IsNaN)", Assert.Throws<InvalidDataException>(() => OnnxFile.Load(folder.Write("m.onnx", bytes))).Message, StringComparison.Ordinal);
    }

    private OnnxModel Exported(Model model)
    {
        OnnxFile.Save(model, folder["m.onnx"]);
        return new OnnxParser("m.onnx", File.ReadAllBytes(folder["m.onnx"])).Parse();
    }
}
