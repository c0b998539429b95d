using System.Buffers.Binary;
using System.Text;
using Nabla.Models.Formats.Safetensors;
using Nabla.Tests.Support;
using Xunit;

namespace Nabla.Tests.Models.Formats.Safetensors;

public sealed class SafetensorsReaderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>Each took gigabytes or minutes: a header may have a hundred million bytes.</summary>
    [Fact]
    public void A_header_of_too_many_names_axes_or_letters_is_refused()
    {
        const string Empty = "{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]}";
        RequireRefused("more than 65536 tensors", "{" + string.Join(',', Enumerable.Range(0, 65_537).Select(i => $"\"{i}\":{Empty}")) + "}");
        RequireRefused("more than 65536 entries", "{\"__metadata__\":{" + string.Join(',', Enumerable.Range(0, 65_537).Select(i => $"\"{i}\":\"\"")) + "}}");
        RequireRefused("more than 64 numbers", "{\"a\":{\"dtype\":\"U8\",\"shape\":[" + string.Join(',', Enumerable.Repeat("0", 65)) + "],\"data_offsets\":[0,0]}}");
        RequireRefused("more than 4096 bytes", $"{{\"{new string('n', 4097)}\":{Empty}}}");

        void RequireRefused(string message, string header)
        {
            byte[] json = Encoding.UTF8.GetBytes(header);
            string path = folder.Write("limits", [.. BitConverter.GetBytes((long)json.Length), .. json]);
            Assert.Contains(message, Assert.Throws<InvalidDataException>(() => SafetensorsReader.Open(path).Dispose()).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_file_written_by_hand_is_read()
    {
        // 1, −2 as F32; 0.1 as F64; 1.5 as F16 (0x3E00); −2 as BF16 (0xC000); a boolean.
        const string Header = """
            {"__metadata__":{"k":"v\u00e9"},"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"d":{"dtype":"F64","shape":[],"data_offsets":[8,16]},
            "h":{"dtype":"F16","shape":[1,1],"data_offsets":[16,18]},"b":{"dtype":"BF16","shape":[1],"data_offsets":[18,20]},
            "t":{"dtype":"BOOL","shape":[1],"data_offsets":[20,21]},"e":{"dtype":"I64","shape":[0,7],"data_offsets":[21,21]}}
            """;
        byte[] data = Convert.FromHexString("0000803F" + "000000C0" + "9A9999999999B93F" + "003E" + "00C0" + "01");
        using SafetensorsReader reader = SafetensorsReader.Open(Write(Header, data));
        Assert.Equal("vé", reader.Metadata["k"]);
        Assert.Equal(["a", "d", "h", "b", "t", "e"], reader.Tensors.OrderBy(tensor => tensor.End).ThenBy(tensor => tensor.Start).Select(tensor => tensor.Name));
        Assert.Equal("[1, 1]", Tensor(reader, "h").ShapeText);
        Assert.Equal([1f, -2f], Read(reader, "a"));
        Assert.Equal([0.1f], Read(reader, "d"));
        Assert.Equal([1.5f], Read(reader, "h"));
        Assert.Equal([-2f], Read(reader, "b"));
        double[] one = new double[1];
        reader.Read(Tensor(reader, "a"), 1, one);
        Assert.Equal(-2, one[0]);
        Assert.Throws<InvalidDataException>(() => Read(reader, "t"));
    }

    // Each breaks one rule of the format; eight bytes of data follow.
    [Theory]
    [InlineData("[]", "does not start a JSON object")]
    [InlineData(" {}", "does not start a JSON object")]
    [InlineData("{", "header")]
    [InlineData("{}{}", "header")]
    [InlineData("{}", "8 follow")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", "bytes behind the last tensor")]
    [InlineData("""{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,12]}}""", "cut off")]
    [InlineData("""{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}""", "does not fill")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", "gap or overlap")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", "gap or overlap")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", "twice")]
    [InlineData("""{"__metadata__":{"a":"1","a":"2"},"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", "twice")]
    [InlineData("""{"__metadata__":{"a":1},"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", "expected String")]
    [InlineData("""{"a":{"dtype":"F99","shape":[2],"data_offsets":[0,8]}}""", "F99")]
    [InlineData("""{"a":{"shape":[2],"data_offsets":[0,8]}}""", "needs dtype")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8,8]}}""", "data_offsets")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}""", "whole numbers")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2.0],"data_offsets":[0,8]}}""", "whole numbers")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,8]}}""", "does not fill")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}""", "does not fill")]
    [InlineData("""{"\ud800":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", "header")]
    [InlineData("""{"a":{"dtype":"F4","shape":[3],"data_offsets":[0,8]}}""", "does not fill")]
    public void A_broken_rule_is_named(string header, string message)
    {
        string path = Write(header, new byte[8]);
        string found = Assert.Throws<InvalidDataException>(() => SafetensorsReader.Open(path)).Message;
        Assert.StartsWith(path, found, StringComparison.Ordinal);
        Assert.Contains(message, found, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ulong.MaxValue)]
    [InlineData(100_000_001ul)]
    [InlineData(9ul)]
    public void A_header_longer_than_the_file_takes_no_memory(ulong length)
    {
        byte[] bytes = new byte[16];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, length);
        string path = folder.Write("x.safetensors", bytes);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<InvalidDataException>(() => SafetensorsReader.Open(path));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void What_is_missing_or_a_folder_is_said_so()
    {
        Assert.Throws<FileNotFoundException>(() => SafetensorsReader.Open(folder["none"]));
        Assert.Contains("is a folder", Assert.Throws<FileNotFoundException>(() => SafetensorsReader.Open(folder.Root)).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidDataException>(() => SafetensorsReader.Open(folder.Write("short", new byte[7])));
        Assert.Throws<InvalidDataException>(() => SafetensorsReader.Open(folder.Write("utf8", [2, 0, 0, 0, 0, 0, 0, 0, (byte)'{', 0xFF])));
    }

    private static TensorInfo Tensor(SafetensorsReader reader, string name) => reader.Tensors.Single(tensor => tensor.Name == name);

    private static float[] Read(SafetensorsReader reader, string name)
    {
        float[] values = new float[(int)Tensor(reader, name).Count];
        reader.Read(Tensor(reader, name), 0, values);
        return values;
    }

    private string Write(string header, byte[] data)
    {
        byte[] json = Encoding.UTF8.GetBytes(header), length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, json.Length);
        return folder.Write("x.safetensors", [.. length, .. json, .. data]);
    }
}
