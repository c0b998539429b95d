using System.Text.Json;
using Nabla.Cli.Tests.Support;
using Xunit;

namespace Nabla.Cli.Tests.Commands;

/// <summary><c>inspect</c>, <c>export</c>, <c>import</c>.</summary>
public sealed class ModelFileCommandTests(KnownModels models) : IClassFixture<KnownModels>
{
    [Fact]
    public void Inspect_gives_the_statistics_of_known_weights()
    {
        // Weights −1, 0, 1, 0 and biases 0, 0: mean 0, deviation √(2/4), norm √2.
        JsonElement json = NablaProgram.Run("inspect", models.Quadrants, "--json").Json;
        JsonElement layer = Assert.Single(json.GetProperty("layers").EnumerateArray());
        JsonElement weight = layer.GetProperty("weight");
        Assert.Equal(6, json.GetProperty("parameters").GetInt32());
        Assert.Equal("double", json.GetProperty("precision").GetString());
        Assert.Equal("log-likelihood", json.GetProperty("cost").GetString());
        Assert.Equal("softmax", layer.GetProperty("activation").GetString());
        Assert.Equal(0, weight.GetProperty("mean").GetDouble());
        Assert.Equal(Math.Sqrt(0.5), weight.GetProperty("std").GetDouble(), 1e-15);
        Assert.Equal(-1, weight.GetProperty("min").GetDouble());
        Assert.Equal(1, weight.GetProperty("max").GetDouble());
        Assert.Equal(Math.Sqrt(2), weight.GetProperty("norm").GetDouble(), 1e-15);
        Assert.Equal(0, layer.GetProperty("bias").GetProperty("norm").GetDouble());
        Assert.Equal(Model.Load(models.Quadrants).WeightsSha256, json.GetProperty("weights_sha256").GetString());
    }

    [Fact]
    public void Inspect_shows_layers_and_training_facts()
    {
        ProgramResult result = NablaProgram.Run("inspect", models.Digits);
        result.RequireDone();
        Assert.Contains("9,550", result.Output, StringComparison.Ordinal);
        Assert.Contains("12×784", result.Output, StringComparison.Ordinal);
        Assert.Contains("optimizer", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Inspect_lists_the_tensors_of_a_plain_safetensors_file()
    {
        string file = WritePlain("plain.safetensors");
        JsonElement json = NablaProgram.Run("inspect", file, "--json").Json;
        Assert.Equal(["layers.0.weight", "layers.0.bias"], json.GetProperty("tensors").EnumerateArray().Select(tensor => tensor.GetProperty("name").GetString()));
        Assert.Contains("[1, 2]", NablaProgram.Run("inspect", file).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_folder_stands_for_its_model()
    {
        string run = Directory.CreateDirectory(models.At("run")).FullName;
        File.Copy(models.Quadrants, Path.Combine(run, "model.safetensors"));
        Assert.Equal(6, NablaProgram.Run("inspect", run, "--json").Json.GetProperty("parameters").GetInt32());
    }

    [Fact]
    public void A_model_survives_network2_JSON_and_back_to_the_bit()
    {
        string json = models.At("network.json"), back = models.At("back.safetensors");
        NablaProgram.Run("export", models.Digits, "--to", "network2", json).RequireDone();
        NablaProgram.Run("import", json, "--out", back).RequireDone();
        Model before = Model.Load(models.Digits), after = Model.Load(back);
        for (int unit = 0; unit < 10; unit++)
        {
            Assert.Equal(before.Parameters.GetBias(1, unit), after.Parameters.GetBias(1, unit));
            for (int input = 0; input < 12; input++)
            {
                Assert.Equal(before.Parameters.GetWeight(1, unit, input), after.Parameters.GetWeight(1, unit, input));
            }
        }

        Assert.Equal(before.Architecture.Cost, after.Architecture.Cost);
    }

    [Fact]
    public void A_model_survives_ONNX_and_back()
    {
        string onnx = models.At("network.onnx"), back = models.At("from-onnx.safetensors");
        NablaProgram.Run("export", models.Digits, "--to", "onnx", onnx).RequireDone();
        NablaProgram.Run("import", onnx, "--out", back).RequireDone();
        Assert.Equal(Model.Load(models.Digits).WeightsSha256, Model.Load(back).WeightsSha256);
        Assert.Equal(Model.Load(models.Digits).Classes, Model.Load(back).Classes);
    }

    [Fact]
    public void Import_puts_the_output_that_is_named_on_a_graph_that_ends_with_weighted_inputs()
    {
        string weights = WritePlain("linear.safetensors"), linear = models.At("linear-model.safetensors"), onnx = models.At("linear.onnx"), model = models.At("sigmoid.safetensors");
        NablaProgram.Run("import", weights, "--output", "linear", "--out", linear).RequireDone();
        NablaProgram.Run("export", linear, "--to", "onnx", onnx).RequireDone();
        NablaProgram.Run("import", onnx, "--activation", "relu", "--out", model).RequireRefused("--activation");
        NablaProgram.Run("import", onnx, "--output", "sigmoid", "--out", model).RequireDone();
        // One sigmoid tells class 1 from class 0: z = 2·0 + 3·0 + 1.
        string[] cells = NablaProgram.RunWith("0,0\n", "predict", model).Lines[1].Split(',');
        Assert.Equal("1", cells[0]);
        Assert.Equal(1 / (1 + Math.Exp(-1)), double.Parse(cells[1], System.Globalization.CultureInfo.InvariantCulture), 1e-6);
        NablaProgram.Run("export", model, "--to", "onnx", onnx, "--force").RequireDone();
        NablaProgram.Run("import", onnx, "--output", "softmax", "--out", models.At("no.safetensors")).RequireRefused("ends with sigmoid units");
    }

    [Fact]
    public void Export_as_safetensors_keeps_the_model()
    {
        string copy = models.At("copy.safetensors");
        NablaProgram.Run("export", models.Digits, copy, "--to", "safetensors").RequireDone();
        Assert.Equal(File.ReadAllBytes(models.Digits), File.ReadAllBytes(copy));
    }

    [Fact]
    public void Nothing_is_overwritten_unasked()
    {
        string file = models.Write("precious.json", "precious");
        NablaProgram.Run("export", models.Digits, "--to", "network2", file).RequireRefused("precious.json exists already", "--force");
        Assert.Equal("precious", File.ReadAllText(file));
        NablaProgram.Run("export", models.Digits, "--to", "network2", file, "--force").RequireDone();
        NablaProgram.Run("import", file, "--out", models.Quadrants).RequireRefused("--force");
    }

    [Fact]
    public void Export_refuses_what_the_format_cannot_say()
    {
        NablaProgram.Run("export", models.Quadrants, "--to", "network2", models.At("no.json")).RequireRefused("igmoid");
        NablaProgram.Run("export", models.Digits, "--to", "png", models.At("no.png")).RequireRefused("--to png", "network2");
        NablaProgram.Run("export", models.Digits, models.At("no.json")).RequireRefused("--to");
        NablaProgram.Run("export", models.Digits, "--to", "network2", models.At("missing/no.json")).RequireRefused("does not exist");
        Assert.False(File.Exists(models.At("no.json")));
    }

    [Fact]
    public void Plain_weights_become_a_model_with_the_activation_that_is_named()
    {
        string file = WritePlain("weights.safetensors"), model = models.At("imported.safetensors");
        NablaProgram.Run("import", file, "--out", model).RequireRefused("--output");
        NablaProgram.Run("import", file, "--output", "linear").RequireRefused("overwritten by its own import", "--out");
        NablaProgram.Run("import", file, "--output", "linear", "--out", model).RequireDone();
        // Weights 2 and 3, bias 1: 2·10 + 3·100 + 1.
        Assert.Equal(["value_0", "321"], NablaProgram.RunWith("10,100\n", "predict", model).Lines);
    }

    [Theory]
    [InlineData("damaged.json", "{\"sizes\":[2,")]
    [InlineData("empty.json", "")]
    [InlineData("text.json", "hello")]
    [InlineData("text.onnx", "hello")]
    [InlineData("empty.onnx", "")]
    public void A_damaged_file_is_named(string name, string text)
    {
        string file = models.Write(name, text), model = models.At(name + ".safetensors");
        NablaProgram.Run("import", file, "--out", model).RequireRefused(name);
        Assert.False(File.Exists(model));
    }

    [Theory]
    [InlineData("array.json", "[[1,2],[3,4]]", "starts with '[[1,2],[3'")]
    [InlineData("lines.json", " \n[\n  1\n]", "starts with '['")]
    [InlineData("hello.txt", "hello", "starts with 'hello'")]
    [InlineData("picture.png", "\u0002PNG", "starts with the bytes 02504E47")]
    public void A_file_of_no_format_is_told_what_import_reads(string name, string text, string start)
    {
        string file = models.Write(name, text), model = models.At(name + ".safetensors");
        NablaProgram.Run("import", file, "--output", "linear", "--out", model).RequireRefused(name, start, "network2 JSON, one object", "ONNX", "safetensors");
        Assert.False(File.Exists(model));
    }

    [Fact]
    public void A_file_that_is_called_safetensors_is_refused_as_one() =>
        NablaProgram.Run("import", models.Write("cut.safetensors", "[1]"), "--out", models.At("no.safetensors")).RequireRefused("cut.safetensors", "too few for a safetensors file");

    /// <summary>A safetensors file by hand: one unit with weights 2 and 3 and bias 1.</summary>
    private string WritePlain(string name)
    {
        byte[] header = """{"layers.0.weight":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]},"layers.0.bias":{"dtype":"F32","shape":[1],"data_offsets":[8,12]}}"""u8.ToArray();
        using var file = new BinaryWriter(File.Create(models.At(name)));
        file.Write((long)header.Length);
        file.Write(header);
        file.Write(2f);
        file.Write(3f);
        file.Write(1f);
        return models.At(name);
    }
}
