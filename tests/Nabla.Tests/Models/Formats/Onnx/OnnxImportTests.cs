using System.Text.Json;
using Nabla.Models.Formats.Onnx;
using Nabla.Network.Activations;
using Nabla.Tests.Support;
using Xunit;

namespace Nabla.Tests.Models.Formats.Onnx;

/// <summary>Files that PyTorch has exported, and the graphs of scikit-learn's networks; the numbers are those programs' own.</summary>
public sealed class OnnxImportTests
{
    /// <summary>The files hold 32-bit numbers, and the expected values were computed from them in 64 bits.</summary>
    private const double Tolerance = 1e-5;

    private static readonly JsonElement Expected = Golden.Read("onnx/expected.json");

    public static TheoryData<string> Names => [.. Expected.EnumerateObject().Select(network => network.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_network_of_another_program_computes_the_same_here(string name)
    {
        Model model = OnnxFile.Load(At(name));
        JsonElement expected = Expected.GetProperty(name);
        int inputs = expected.GetProperty("inputs").GetInt32();
        double[] factors = Numbers(expected, "factors", inputs, 1), summands = Numbers(expected, "summands", inputs, 0);
        Assert.Equal(inputs, model.Architecture.Inputs);
        int sample = 0;
        foreach (JsonElement row in expected.GetProperty("outputs").EnumerateArray())
        {
            double[] x = [.. Enumerable.Range(0, inputs).Select(j => (((((sample * 7919) + (j * 104729) + 17) % 509) - 254) / 127.0 * factors[j]) + summands[j])];
            double[] outputs = new double[model.Architecture.Outputs];
            model.Predict((ReadOnlySpan<double>)x, outputs);
            double[] wanted = row.Doubles();
            Assert.Equal(wanted.Length, outputs.Length);
            Assert.All(wanted.Zip(outputs), pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 0, Tolerance));
            sample++;
        }

        Assert.Equal(8, sample);
        if (expected.TryGetProperty("classes", out JsonElement classes))
        {
            Assert.Equal(classes.EnumerateArray().Select(c => c.GetString()), model.Classes);
        }
    }

    [Fact]
    public void The_activations_of_PyTorch_are_recognised()
    {
        NetworkOptions network = OnnxFile.Load(At("torch-activations")).Architecture;
        Assert.Equal(
            [Activation.Tanh, Activation.Sigmoid, Activation.LeakyRelu, Activation.Gelu, Activation.Softplus, Activation.Linear],
            network.Layers.Select(layer => layer.Activation));
    }

    [Fact]
    public void The_kind_of_output_decides_what_the_model_is()
    {
        Model softmax = OnnxFile.Load(At("torch-image-relu-softmax")), sigmoid = OnnxFile.Load(At("torch-double-sigmoid")), linear = OnnxFile.Load(At("torch-activations"));
        Assert.Equal((4, TargetCoding.OneHot, Precision.Single), (softmax.Classes.Count, softmax.Targets, softmax.Parameters.Precision));
        Assert.Equal(new ImageShape(4, 5), softmax.Image);
        Assert.Equal((2, TargetCoding.Binary, Precision.Double), (sigmoid.Classes.Count, sigmoid.Targets, sigmoid.Parameters.Precision));
        Assert.True(linear.IsRegression);
        Assert.Equal("torch-activations.onnx", linear.Facts.Data);
    }

    [Fact]
    public void One_factor_before_a_softmax_is_its_constant()
    {
        // x/0.75 in the file.
        Assert.Equal(1 / 0.75, Assert.IsType<Softmax>(OnnxFile.Load(At("torch-scaled-input")).Architecture.OutputActivation).Constant, 1e-7);
    }

    [Theory]
    [InlineData("refused-convolution", "(Conv): the operator is not supported")]
    [InlineData("refused-skip", "(Add): it combines two values that come from the input")]
    public void More_than_a_chain_of_dense_layers_is_refused_with_the_node(string name, string message)
    {
        string found = Assert.Throws<InvalidDataException>(() => OnnxFile.Load(At(name))).Message;
        Assert.Contains(": node ", found, StringComparison.Ordinal);
        Assert.Contains(message, found, StringComparison.Ordinal);
    }

    private static string At(string name) => Path.Combine(Golden.Folder("onnx"), name + ".onnx");

    private static double[] Numbers(JsonElement expected, string name, int count, double otherwise) =>
        expected.TryGetProperty(name, out JsonElement numbers) ? numbers.Doubles() : [.. Enumerable.Repeat(otherwise, count)];
}
