using System.Text;
using Nabla.Models.Formats.Safetensors;
using Nabla.Tests.Support;
using Xunit;

namespace Nabla.Tests.Models.Formats.Safetensors;

public sealed class SafetensorsWriterTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_small_file_has_exactly_the_bytes_of_the_format()
    {
        NetworkOptions architecture = NetworkOptions.FeedForward(3, [], 2, Activation.Sigmoid, Activation.Sigmoid, Cost.CrossEntropy);
        Parameters parameters = SampleModels.Parameters(architecture, Precision.Single, 1, 2, 3, -1, -2, -3, 0.5, -0.5);
        SafetensorsWriter.Write(folder["x"], [new("k", "a \"b\"")], [.. ParameterTensors.Of(parameters)]);

        // IEEE 754: 1 = 3F800000, 2 = 40000000, 3 = 40400000, ½ = 3F000000.
        const string Json = """{"__metadata__":{"k":"a \"b\""},"layers.0.weight":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]},"layers.0.bias":{"dtype":"F32","shape":[2],"data_offsets":[24,32]}}""";
        byte[] header = Encoding.ASCII.GetBytes(Json.PadRight((Json.Length + 7) / 8 * 8));
        byte[] data = Convert.FromHexString("0000803F" + "00000040" + "00004040" + "000080BF" + "000000C0" + "000040C0" + "0000003F" + "000000BF");
        Assert.Equal([(byte)header.Length, 0, 0, 0, 0, 0, 0, 0, .. header, .. data], File.ReadAllBytes(folder["x"]));
    }

    [Fact]
    public void The_data_starts_at_a_multiple_of_eight()
    {
        for (int length = 0; length < 9; length++)
        {
            SafetensorsWriter.Write(folder["x"], [new("k", new string('é', length))], [new("e", "F64", [0], _ => { })]);
            Assert.Equal(0, new FileInfo(folder["x"]).Length % 8);
            using SafetensorsReader reader = SafetensorsReader.Open(folder["x"]);
            Assert.Equal(length, reader.Metadata["k"].Length);
        }
    }

    [Fact]
    public void A_writer_that_fails_leaves_the_old_file_alone()
    {
        folder.Write("x", [1, 2, 3]);
        Assert.Throws<InvalidOperationException>(() =>
            SafetensorsWriter.Write(folder["x"], [], [new("e", "F32", [1], _ => throw new InvalidOperationException())]));
        Assert.Equal([1, 2, 3], File.ReadAllBytes(folder["x"]));
        Assert.Single(Directory.GetFileSystemEntries(folder.Root));
    }
}
