using System.Buffers.Binary;
using System.Security.Cryptography;
using Nabla.Models;
using Nabla.Network;
using Nabla.Tests.Support;
using Xunit;

namespace Nabla.Tests.Models;

public class WeightsHashTests
{
    // Python: hashlib.sha256(struct.pack('<11f', 1, 2, 3, 4, 5, 6, .5, -.5, 7, 8, .25)).hexdigest(), and the same with '<11d'.
    [Theory]
    [InlineData(Precision.Single, "06137be46bd63b32e2866cbf592b45178ab69d221652ad5f2f6c5cbad2cf9022")]
    [InlineData(Precision.Double, "3187b2ceef80f9075d90a2319d606a6356cda17860517476e2f85b63d0a95ae7")]
    public void The_hash_is_over_rows_of_weights_then_biases_layer_by_layer(Precision precision, string expected)
    {
        NetworkOptions architecture = NetworkOptions.FeedForward(3, [2], 1, Activation.Sigmoid, Activation.Sigmoid, Cost.CrossEntropy);
        var parameters = new Parameters(architecture, precision);
        double[,] first = { { 1, 2, 3 }, { 4, 5, 6 } };
        for (int unit = 0; unit < 2; unit++)
        {
            for (int input = 0; input < 3; input++)
            {
                parameters.SetWeight(0, unit, input, first[unit, input]);
            }
        }

        parameters.SetBias(0, 0, 0.5);
        parameters.SetBias(0, 1, -0.5);
        parameters.SetWeight(1, 0, 0, 7);
        parameters.SetWeight(1, 0, 1, 8);
        parameters.SetBias(1, 0, 0.25);
        Assert.Equal(expected, WeightsHash.Of(parameters));
    }

    [Theory]
    [InlineData(Precision.Single)]
    [InlineData(Precision.Double)]
    public void The_hash_is_that_of_the_bytes_behind_the_header_of_a_model_file_state_included(Precision precision)
    {
        var architecture = new NetworkOptions { Inputs = 3, Layers = [new Dense(20), new BatchNormalization(), new Activate(Activation.Relu), new Dense(2)], Cost = Cost.Quadratic };
        var parameters = new Parameters(architecture, precision);
        double next = 0;
        foreach (ParameterTensor tensor in parameters.Tensors)
        {
            parameters.Write(tensor, [.. Enumerable.Range(0, tensor.Count).Select(_ => next += 0.5)]);
        }

        using var folder = new TemporaryFolder();
        new Model(architecture, parameters, []).Save(folder["m"]);
        byte[] file = File.ReadAllBytes(folder["m"]);
        ReadOnlySpan<byte> data = file.AsSpan(sizeof(long) + (int)BinaryPrimitives.ReadInt64LittleEndian(file));
        Assert.Equal(((4 * 20) + (4 * 20) + (21 * 2)) * (precision == Precision.Single ? sizeof(float) : sizeof(double)), data.Length);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(data)), WeightsHash.Of(parameters));
    }
}
