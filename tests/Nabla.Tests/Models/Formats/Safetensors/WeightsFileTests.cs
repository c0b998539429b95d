using System.Globalization;
using Nabla.Models.Formats.Safetensors;
using Nabla.Tests.Support;
using Xunit;

namespace Nabla.Tests.Models.Formats.Safetensors;

public sealed class WeightsFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(Precision.Single, Precision.Single)]
    [InlineData(Precision.Single, Precision.Double)]
    [InlineData(Precision.Double, Precision.Single)]
    [InlineData(Precision.Double, Precision.Double)]
    public void Either_type_is_read_into_either_precision(Precision from, Precision to)
    {
        Parameters parameters = Save([4, 2], from);
        Parameters read = WeightsFile.Load(folder["w"], Architecture(4, 2), to);
        Assert.Equal(SampleModels.Values(parameters.ToPrecision(to)), SampleModels.Values(read));
    }

    [Theory]
    [InlineData(new[] { 30 }, new[] { 100 }, "layers.0.weight is [30, 3] but the network has [100, 3]. Pass --hidden 30 or another file.")]
    [InlineData(new[] { 30, 20 }, new[] { 30 }, "layers.1.weight is [20, 30] but the network has [5, 30]. Pass --hidden 30,20 or another file.")]
    [InlineData(new int[0], new[] { 30 }, "layers.0.weight is [5, 3] but the network has [30, 3]. Pass --hidden none or another file.")]
    [InlineData(new[] { 5 }, new int[0], "layers.1.weight is not a parameter of the network, which has layers 0 to 0. Pass --hidden 5 or another file.")]
    [InlineData(new[] { 5 }, new[] { 5, 5 }, "layer 2 is missing after layers.1.weight; the network has it as [5, 5]. Pass --hidden 5 or another file.")]
    public void Another_shape_is_refused_with_what_to_do(int[] file, int[] network, string message)
    {
        Save(file, Precision.Single);
        Assert.Equal($"{folder["w"]}: {message}", Assert.Throws<InvalidDataException>(() => WeightsFile.Load(folder["w"], Architecture(network), Precision.Single)).Message);
    }

    [Fact]
    public void A_number_that_overflows_the_precision_is_refused()
    {
        Parameters parameters = Save([], Precision.Double);
        parameters.SetBias(0, 2, 1e300);
        SafetensorsWriter.Write(folder["w"], [], [.. ParameterTensors.Of(parameters)]);
        Assert.Contains("layers.0.bias[2] is Infinity", Assert.Throws<InvalidDataException>(() => WeightsFile.Load(folder["w"], Architecture(), Precision.Single)).Message, StringComparison.Ordinal);
        Assert.Equal(1e300, WeightsFile.Load(folder["w"], Architecture(), Precision.Double).GetBias(0, 2));
    }

    [Theory]
    [InlineData("0", "2", "4")]
    [InlineData("net.8", "net.9", "net.10")]
    [InlineData("fc1", "fc2", "fc3")]
    [InlineData("model.block1.0", "model.block1.1", "model.block2.0")]
    [InlineData("linear_007", "linear_08", "linear_9")]
    public void Layers_stand_in_the_order_of_the_numbers_in_their_names(params string[] names)
    {
        Parameters parameters = Save([4, 2], Precision.Single, names);
        Assert.Equal(SampleModels.Values(parameters), SampleModels.Values(WeightsFile.Load(folder["w"], Architecture(4, 2), Precision.Single)));
        using SafetensorsReader reader = SafetensorsReader.Open(folder["w"]);
        Assert.Equal(names.Select(name => $"{name}.weight"), WeightsFile.FindWeights(reader).Select(weight => weight.Name));
    }

    [Theory]
    [InlineData("hidden", "middle", "classifier")]
    [InlineData("first.1", "second.0", "a")]
    public void Where_names_have_more_than_numbers_the_shapes_tell_the_order(params string[] names)
    {
        Parameters parameters = Save([4, 2], Precision.Single, names);
        Assert.Equal(SampleModels.Values(parameters), SampleModels.Values(WeightsFile.Load(folder["w"], Architecture(4, 2), Precision.Single)));
    }

    [Fact]
    public void A_single_layer_needs_no_name()
    {
        Parameters parameters = Save([], Precision.Single, "");
        Assert.Equal(SampleModels.Values(parameters), SampleModels.Values(WeightsFile.Load(folder["w"], Architecture(), Precision.Single)));
    }

    [Theory]
    [InlineData(new[] { "hidden", "middle", "out" }, new[] { 3, 3 }, "neither names nor shapes give the order of the layers")]
    [InlineData(new[] { "encoder", "decoder" }, new[] { 5 }, "neither names nor shapes give the order of the layers", 5)]
    [InlineData(new[] { "fc2", "fc1" }, new[] { 4 }, "fc2.weight is [4, 3], but fc1.weight before it is [5, 4]: each layer must have as many inputs as the layer before it has outputs.")]
    public void An_order_that_cannot_be_told_or_does_not_fit_is_refused(string[] names, int[] hidden, string message, int inputs = 3)
    {
        NetworkOptions architecture = Architecture(hidden) with { Inputs = inputs };
        SaveAs(names, ParameterInitializer.Draw(architecture, Initializer.Large, Precision.Single, 1));
        Assert.Contains(message, Assert.Throws<InvalidDataException>(() => WeightsFile.Load(folder["w"], architecture, Precision.Single)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fc1.weight:2,3 fc1.bias:2 fc1.running_mean:2", "the tensor fc1.running_mean is neither the weight nor the bias of a layer")]
    [InlineData("fc1.weight:2,3", "fc1.bias is missing beside fc1.weight [2, 3]; every layer has a bias")]
    [InlineData("fc1.bias:2", "fc1.weight is missing beside its bias")]
    [InlineData("fc1.weight:2,3 fc1.bias:3", "fc1.bias is [3], expected [2] beside fc1.weight [2, 3]")]
    [InlineData("fc1.weight:2 fc1.bias:2", "fc1.weight is [2], expected [outputs, inputs]")]
    [InlineData("fc1.weight:0,3 fc1.bias:0", "fc1.weight is [0, 3], expected [outputs, inputs]")]
    [InlineData("overweight:2,3 bias:2", "the tensor overweight is neither")]
    [InlineData("", "there are no tensors")]
    public void Tensors_that_make_no_dense_layers_are_refused_by_name(string tensors, string message)
    {
        SafetensorsWriter.Write(folder["w"], [], [.. tensors.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Zeros)]);
        Assert.Contains(message, Assert.Throws<InvalidDataException>(() => WeightsFile.Load(folder["w"], Architecture(), Precision.Single)).Message, StringComparison.Ordinal);

        static TensorContent Zeros(string text)
        {
            long[] shape = [.. text.Split(':')[1].Split(',').Select(axis => long.Parse(axis, CultureInfo.InvariantCulture))];
            return new TensorContent(text.Split(':')[0], TensorType.Single, shape, data => data.Write<float>(new float[shape.Aggregate(1L, (a, b) => a * b)]));
        }
    }

    private static NetworkOptions Architecture(params int[] hidden) =>
        NetworkOptions.FeedForward(3, hidden, 5, Activation.Tanh, Activation.Softmax, Cost.LogLikelihood);

    private Parameters Save(int[] hidden, Precision precision, params string[] names)
    {
        Parameters parameters = ParameterInitializer.Draw(Architecture(hidden), Initializer.Large, precision, 1);
        SaveAs(names.Length > 0 ? names : [.. Enumerable.Range(0, hidden.Length + 1).Select(layer => $"layers.{layer}")], parameters);
        return parameters;
    }

    /// <summary>In the order that other programs write: by the characters of the names, biases first.</summary>
    private void SaveAs(string[] names, Parameters parameters) => SafetensorsWriter.Write(
        folder["w"],
        [],
        [.. ParameterTensors.Of(parameters).Select((tensor, i) => tensor with { Name = $"{names[i / 2]}.{tensor.Name.Split('.')[^1]}".TrimStart('.') }).OrderBy(tensor => tensor.Name, StringComparer.Ordinal)]);
}
