using Nabla.Models.Formats;
using Nabla.Network;
using Nabla.Network.Activations;
using Nabla.Network.Costs;
using Nabla.Network.Initializers;
using Xunit;

namespace Nabla.Tests.Models.Formats;

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
    [InlineData(new[] { 5 }, new int[0], "layers.1.bias is no parameter of the network, which has layers 0 to 0. Pass --hidden 5 or another file.")]
    [InlineData(new[] { 5 }, new[] { 5, 5 }, "layers.2.weight is missing; the network has it as [5, 5]. Pass --hidden 5 or another file.")]
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

    private static NetworkOptions Architecture(params int[] hidden) =>
        NetworkOptions.FeedForward(3, hidden, 5, Activation.Tanh, Activation.Softmax, Cost.LogLikelihood);

    private Parameters Save(int[] hidden, Precision precision)
    {
        Parameters parameters = ParameterInitializer.Draw(Architecture(hidden), Initializer.Large, precision, 1);
        SafetensorsWriter.Write(folder["w"], [], [.. ParameterTensors.Of(parameters)]);
        return parameters;
    }
}
