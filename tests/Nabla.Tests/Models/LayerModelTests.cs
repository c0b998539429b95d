using System.Buffers.Binary;
using System.Security.Cryptography;
using Nabla.Models;
using Nabla.Models.Formats.Onnx;
using Nabla.Network;
using Nabla.Tests.Support;
using Xunit;

namespace Nabla.Tests.Models;

/// <summary>Models of more than dense layers on their way through files.</summary>
public sealed class LayerModelTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public static NetworkOptions Architecture { get; } = new()
    {
        Inputs = 4,
        Layers = [new Dense(5), new BatchNormalization(), new Activate(Activation.Relu), new Dropout(0.2), new Dense(3, Activation.Softmax)],
        Cost = Cost.LogLikelihood,
    };

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(Precision.Single)]
    [InlineData(Precision.Double)]
    public void A_model_file_keeps_every_bit_of_parameters_and_state(Precision precision)
    {
        Model model = Draw(precision);
        model.Save(folder["m"]);
        var read = Model.Load(folder["m"]);
        Assert.Equal(model.Architecture, read.Architecture);
        Assert.Equal(precision, read.Parameters.Precision);
        RequireSame(model.Parameters, read.Parameters);
        Assert.Equal(model.WeightsSha256, read.WeightsSha256);
        foreach (double[] sample in Samples())
        {
            Assert.Equal(model.Predict(sample).Outputs, read.Predict(sample).Outputs);
        }

        byte[] first = File.ReadAllBytes(folder["m"]);
        read.Save(folder["m"]);
        Assert.Equal(first, File.ReadAllBytes(folder["m"]));
    }

    /// <summary>The graph holds two dense layers. Their numbers are rounded to 32 bits once, and a float has 2⁻²⁴ = 6e-8 of relative error.</summary>
    [Fact]
    public void An_onnx_file_holds_the_folded_dense_network()
    {
        const double Tolerance = 1e-6;
        Model model = Draw(Precision.Single);
        OnnxFile.Save(model, folder["m.onnx"]);
        Model read = OnnxFile.Load(folder["m.onnx"]);
        Assert.Equal([new Dense(5, Activation.Relu), new Dense(3, Activation.Softmax)], read.Architecture.Layers);
        Assert.Equal(model.Classes, read.Classes);
        foreach (double[] sample in Samples())
        {
            Assert.All(
                model.Predict(sample).Outputs.Zip(read.Predict(sample).Outputs),
                pair => Assert.InRange(Math.Abs(pair.First - pair.Second) / pair.First, 0, Tolerance));
        }
    }

    [Theory]
    [InlineData(Precision.Single)]
    [InlineData(Precision.Double)]
    public void The_weights_hash_is_over_trained_tensors_and_state_in_the_order_of_the_file(Precision precision)
    {
        Parameters parameters = Draw(precision).Parameters;
        Assert.Equal(
            ["layers.0.weight", "layers.0.bias", "layers.1.weight", "layers.1.bias", "layers.1.running_mean", "layers.1.running_var", "layers.2.weight", "layers.2.bias"],
            parameters.Tensors.Select(tensor => tensor.Name));
        int size = precision == Precision.Single ? sizeof(float) : sizeof(double);
        double[] values = [.. parameters.Tensors.SelectMany(parameters.Read)];
        byte[] bytes = new byte[values.Length * size];
        for (int i = 0; i < values.Length; i++)
        {
            if (precision == Precision.Single)
            {
                BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * size), (float)values[i]);
            }
            else
            {
                BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(i * size), values[i]);
            }
        }

        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), WeightsHash.Of(parameters));
        ParameterTensor variance = parameters.Tensors.Single(tensor => tensor.Name == "layers.1.running_var");
        string before = WeightsHash.Of(parameters);
        parameters.Write(variance, [9, 9, 9, 9, 9]);
        Assert.NotEqual(before, WeightsHash.Of(parameters));
    }

    /// <summary>Parameters in which no two tensors are equal, state included.</summary>
    internal static Parameters Drawn(NetworkOptions architecture, Precision precision)
    {
        Parameters parameters = ParameterInitializer.Draw(architecture, Initializer.Large, precision, 3);
        int k = 0;
        foreach (ParameterTensor tensor in parameters.Tensors.Where(tensor => tensor.Shape.Count == 1))
        {
            // Between 0.5 and 1.5: a variance must be positive.
            parameters.Write(tensor, [.. Enumerable.Range(0, tensor.Count).Select(_ => 1 + (Math.Sin(++k) / 2))]);
        }

        return parameters;
    }

    internal static void RequireSame(Parameters expected, Parameters actual)
    {
        Assert.Equal(expected.Tensors.Select(tensor => tensor.Name), actual.Tensors.Select(tensor => tensor.Name));
        Assert.All(expected.Tensors.Zip(actual.Tensors), pair => Assert.Equal(expected.Read(pair.First), actual.Read(pair.Second)));
    }

    private static Model Draw(Precision precision) => new(Architecture, Drawn(Architecture, precision), ["a", "b", "c"]);

    private static double[][] Samples() => [.. Enumerable.Range(0, 20).Select(i => Enumerable.Range(0, Architecture.Inputs).Select(j => Math.Sin((7 * i) + j)).ToArray())];
}
