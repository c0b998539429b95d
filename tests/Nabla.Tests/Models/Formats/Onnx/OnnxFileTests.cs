using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Nabla.Models.Formats.Onnx;
using Nabla.Network.Activations;
using Nabla.Tests.Support;
using Xunit;

namespace Nabla.Tests.Models.Formats.Onnx;

public sealed class OnnxFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_model_survives_the_way_out_and_back() => Prop.ForAll<uint>(seed =>
    {
        Model model = SampleModels.Draw(seed);
        OnnxFile.Save(model, folder["m.onnx"]);
        Model read = OnnxFile.Load(folder["m.onnx"]);
        Assert.Equal(SampleModels.Values(model.Parameters.ToPrecision(Precision.Single)), SampleModels.Values(read.Parameters));
        Assert.Equal(Precision.Single, read.Parameters.Precision);
        Assert.Equal(model.Classes, read.Classes);
        Assert.Equal(model.Facts, read.Facts);
        Assert.Equal((model.Image, model.Targets, model.Architecture.Cost), (read.Image, read.Targets, read.Architecture.Cost));
        Assert.Equal(model.Architecture.OutputActivation, read.Architecture.OutputActivation);
        Assert.Equal(Units(model.Architecture), Units(read.Architecture));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_graph_alone_says_the_network_where_the_metadata_of_Nabla_is_missing() => Prop.ForAll<uint>(seed =>
    {
        Model model = SampleModels.Draw(seed);
        OnnxFile.Save(model, folder["m.onnx"]);
        // As long as the old key, so that no length changes.
        byte[] bytes = File.ReadAllBytes(folder["m.onnx"]);
        bytes.AsSpan()[bytes.AsSpan().LastIndexOf("\x05nabla"u8)..][1] = (byte)'x';
        Model read = OnnxFile.Load(folder.Write("m.onnx", bytes));
        Assert.Equal(SampleModels.Values(model.Parameters.ToPrecision(Precision.Single)), SampleModels.Values(read.Parameters));
        Assert.Equal(Units(model.Architecture), Units(read.Architecture));
        Assert.Equal(model.Architecture.Cost, read.Architecture.Cost);
        if (model.Architecture.OutputActivation is Softmax softmax)
        {
            Assert.Equal((float)softmax.Constant, (float)Assert.IsType<Softmax>(read.Architecture.OutputActivation).Constant);
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_step_layer_survives_the_way_out_and_back()
    {
        var architecture = new NetworkOptions
        {
            Inputs = 2,
            Layers = [new Dense(3, Activation.Step), new Dense(2, new PerUnit([Activation.Step, Activation.Linear]))],
            Cost = Cost.Quadratic,
        };
        var model = new Model(architecture, SampleModels.Parameters(architecture, Precision.Single, [.. Enumerable.Range(0, 17).Select(i => i / 4.0)]), []);
        OnnxFile.Save(model, folder["m.onnx"]);
        Assert.Equal(Units(architecture), Units(OnnxFile.Load(folder["m.onnx"]).Architecture));
    }

    [Fact]
    public void A_negative_zero_keeps_its_sign()
    {
        NetworkOptions architecture = NetworkOptions.FeedForward(1, [], 1, Activation.Linear, Activation.Linear, Cost.Quadratic);
        OnnxFile.Save(new Model(architecture, SampleModels.Parameters(architecture, Precision.Single, -0.0, -0.0), []), folder["m.onnx"]);
        Parameters read = OnnxFile.Load(folder["m.onnx"]).Parameters;
        Assert.True(double.IsNegative(read.GetWeight(0, 0, 0)) && double.IsNegative(read.GetBias(0, 0)));
    }

    [Fact]
    public void The_same_model_gives_the_same_bytes()
    {
        OnnxFile.Save(SampleModels.Draw(3), folder["a.onnx"]);
        OnnxFile.Save(SampleModels.Draw(3), folder["b.onnx"]);
        Assert.Equal(File.ReadAllBytes(folder["a.onnx"]), File.ReadAllBytes(folder["b.onnx"]));
    }

    [Theory]
    [InlineData(1e39, 1)]
    [InlineData(1, 1e39)]
    [InlineData(1, 1e-46)]
    public void Numbers_beyond_32_bits_are_refused_and_nothing_is_written(double weight, double constant)
    {
        NetworkOptions architecture = NetworkOptions.FeedForward(1, [], 1, Activation.Linear, new Softmax(constant), Cost.LogLikelihood);
        var model = new Model(architecture, SampleModels.Parameters(architecture, Precision.Double, weight, 0), []);
        Assert.Contains("32-bit", Assert.Throws<ArgumentException>(() => OnnxFile.Save(model, folder["m.onnx"])).Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Root));
    }

    [Fact]
    public void Metadata_of_another_network_than_the_graph_is_refused()
    {
        OnnxFile.Save(SampleModels.Draw(3), folder["m.onnx"]);
        byte[] bytes = File.ReadAllBytes(folder["m.onnx"]);
        int at = bytes.AsSpan().LastIndexOf("\"inputs\":"u8) + "\"inputs\":".Length;
        bytes[at] = (byte)(bytes[at] == '1' ? '2' : '1');
        string message = Assert.Throws<InvalidDataException>(() => OnnxFile.Load(folder.Write("m.onnx", bytes))).Message;
        Assert.Contains("metadata 'model'", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_a_newer_version_is_refused_with_that_sentence()
    {
        OnnxFile.Save(SampleModels.Draw(3), folder["m.onnx"]);
        byte[] bytes = File.ReadAllBytes(folder["m.onnx"]);
        bytes[bytes.AsSpan().LastIndexOf("\x05nabla\x12\x01"u8) + 8] = (byte)'7';
        string message = Assert.Throws<InvalidDataException>(() => OnnxFile.Load(folder.Write("m.onnx", bytes))).Message;
        Assert.Contains("This file was written by a newer version of Nabla", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_is_named() =>
        Assert.Contains("none.onnx", Assert.Throws<FileNotFoundException>(() => OnnxFile.Load(folder["none.onnx"])).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("hello")]
    [InlineData("{\"sizes\":[1]}")]
    public void What_is_no_ONNX_file_is_refused(string text) =>
        Assert.Throws<InvalidDataException>(() => OnnxFile.Load(folder.Write("m.onnx", Encoding.UTF8.GetBytes(text))));

    private static IEnumerable<(int, int, Activation)> Units(NetworkOptions network) =>
        network.Layers.SelectMany((layer, index) => Enumerable.Range(0, network.UnitsOf(index)).Select(unit => (index, network.InputsOf(index), Unit(layer.Activation, unit))));

    /// <summary>The activation of one unit. The constant of a softmax, which the graph holds as a 32-bit number, is compared apart.</summary>
    private static Activation Unit(Activation activation, int unit) => activation switch
    {
        PerUnit mixed => mixed.Units[unit],
        Softmax => Activation.Softmax,
        _ => activation,
    };
}
