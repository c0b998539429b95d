using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Nabla.Models.Formats.Network2;
using Nabla.Tests.Support;
using Xunit;

namespace Nabla.Tests.Models.Formats.Network2;

public sealed class Network2JsonTests : IDisposable
{
    private const string Good = """
        {"sizes": [2, 2, 1], "weights": [[[0.5, -1.5e-3], [2, 3]], [[4, 5]]],
         "biases": [[[0.1], [-0.1]], [[7]]], "cost": "CrossEntropyCost"}
        """;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_file_of_the_book_is_read()
    {
        Model model = Network2Json.Load(folder.Write("n.json", Encoding.UTF8.GetBytes(Good)));
        Assert.Equal((2, 2, Cost.CrossEntropy, Precision.Double), (model.Architecture.Inputs, model.Architecture.Layers.Count, model.Architecture.Cost, model.Parameters.Precision));
        Assert.All(model.Architecture.Layers, layer => Assert.Equal(Activation.Sigmoid, layer.Activation));
        Assert.Equal(-1.5e-3, model.Parameters.GetWeight(0, 0, 1));
        Assert.Equal(2, model.Parameters.GetWeight(0, 1, 0));
        Assert.Equal(5, model.Parameters.GetWeight(1, 0, 1));
        Assert.Equal(-0.1, model.Parameters.GetBias(0, 1));
        Assert.Equal(7, model.Parameters.GetBias(1, 0));
        Assert.Equal(["0"], model.Classes);
    }

    [Fact]
    public void Every_number_survives_the_way_out_and_back() => Prop.ForAll<uint, bool>((seed, quadratic) =>
    {
        NetworkOptions architecture = NetworkOptions.FeedForward(
            3, [1 + (int)(seed % 5)], 2, Activation.Sigmoid, Activation.Sigmoid, quadratic ? Cost.Quadratic : Cost.CrossEntropy);
        Parameters parameters = ParameterInitializer.Draw(architecture, Initializer.Large, seed % 2 == 0 ? Precision.Single : Precision.Double, seed);
        Network2Json.Save(new Model(architecture, parameters, ["0", "1"]), folder["n.json"]);
        Model read = Network2Json.Load(folder["n.json"]);
        Assert.Equal(SampleModels.Values(parameters), SampleModels.Values(read.Parameters));
        Assert.Equal(architecture.Cost, read.Architecture.Cost);
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("[2, 2, 1]", "[2, 2, 1, 1]", "weights", 1)]
    [InlineData("[2, 2, 1]", "[100000, 100000]", "more numbers than", 0)]
    [InlineData("[2, 2, 1]", "[2147483647, 2147483647, 1]", "more numbers than", 0)]
    [InlineData("[2, 2, 1]", "[2]", "at least inputs and outputs", 0)]
    [InlineData("[2, 2, 1]", "[2, 0, 1]", "whole numbers from 1", 1)]
    [InlineData("[2, 3]", "[2, 3, 4]", "weights[0] ([2][2] by sizes)", 1)]
    [InlineData("[2, 3]", "[2]", "weights[0]", 1)]
    [InlineData("[4, 5]", "[4, 1e400]", "too large", 1)]
    [InlineData("[4, 5]", "[4, NaN]", "invalid", 1)]
    [InlineData("[-0.1]", "-0.1", "biases[0] ([2][1] by sizes)", 2)]
    [InlineData("[-0.1]", "[\"-0.1\"]", "String; expected Number", 2)]
    [InlineData("CrossEntropyCost", "LogLikelihoodCost", "LogLikelihoodCost", 0)]
    [InlineData("\"cost\": \"CrossEntropyCost\"", "\"kost\": 1", "cost is missing", 0)]
    [InlineData("\"cost\"", "\"sizes\": [2], \"cost\"", "sizes appears twice", 2)]
    [InlineData("\"biases\"", "\"weights\"", "weights appears twice", 2)]
    public void A_broken_file_is_refused_with_line_and_reason(string old, string replacement, string message, int line)
    {
        string path = folder.Write("n.json", Encoding.UTF8.GetBytes(Good.Replace(old, replacement, StringComparison.Ordinal)));
        string found = Assert.Throws<InvalidDataException>(() => Network2Json.Load(path)).Message;
        Assert.StartsWith(line == 0 ? path + ":" : $"{path}:{line}: byte ", found, StringComparison.Ordinal);
        Assert.Contains(message, found, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_format_cannot_say_is_refused_with_the_reason()
    {
        RefuseExport(NetworkOptions.FeedForward(2, [2], 2, Activation.Tanh, Activation.Sigmoid, Cost.Quadratic), TargetCoding.OneHot, "layer 0 has tanh units");
        RefuseExport(NetworkOptions.FeedForward(2, [2], 2, Activation.Sigmoid, Activation.Softmax, Cost.LogLikelihood), TargetCoding.OneHot, "layer 1 has softmax units");
        RefuseExport(NetworkOptions.FeedForward(2, [2], 1, Activation.Sigmoid, Activation.Sigmoid, Cost.Quadratic), TargetCoding.Binary, "Binary");
    }

    private void RefuseExport(NetworkOptions architecture, TargetCoding targets, string reason)
    {
        var model = new Model(architecture, new Parameters(architecture, Precision.Single), ["a", "b"], null, targets);
        Assert.Contains(reason, Assert.Throws<ArgumentException>(() => Network2Json.Save(model, folder["n.json"])).Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Root));
    }
}
