using Nabla.Models.Formats.Onnx.Protobuf;
using Xunit;

namespace Nabla.Tests.Models.Formats.Onnx.Protobuf;

/// <summary>The examples of the Protocol Buffers documentation ("Encoding"), byte by byte, and what must be refused.</summary>
public class ProtobufTests
{
    [Fact]
    public void The_number_150_is_two_bytes()
    {
        byte[] message = [0x08, 0x96, 0x01];
        var reader = new ProtobufReader("f", message);
        Assert.True(reader.Read());
        Assert.Equal((1, 150L), (reader.Field, reader.GetInt64()));
        Assert.False(reader.Read());
        Assert.Equal(message, new ProtobufWriter().Integer(1, 150).Written.ToArray());
    }

    [Fact]
    public void A_text_carries_its_length()
    {
        byte[] message = [0x12, 0x07, 0x74, 0x65, 0x73, 0x74, 0x69, 0x6e, 0x67];
        var reader = new ProtobufReader("f", message);
        Assert.True(reader.Read());
        Assert.Equal((2, "testing"), (reader.Field, reader.GetString(7)));
        Assert.Equal(message, new ProtobufWriter().Text(2, "testing").Written.ToArray());
    }

    [Fact]
    public void A_message_in_a_message_is_a_text_of_bytes()
    {
        byte[] message = [0x1a, 0x03, 0x08, 0x96, 0x01];
        var reader = new ProtobufReader("f", message);
        Assert.True(reader.Read());
        ProtobufReader inner = reader.GetMessage();
        Assert.True(inner.Read());
        Assert.Equal((3, 150L), (reader.Field, inner.GetInt64()));
        Assert.Equal(message, new ProtobufWriter().Message(3, new ProtobufWriter().Integer(1, 150)).Written.ToArray());
    }

    [Fact]
    public void Packed_and_single_elements_mean_the_same()
    {
        // Field 6 with 3, 270, 86942: packed as in the documentation, one by one, and both in turn.
        byte[][] messages =
        [
            [0x32, 0x06, 0x03, 0x8e, 0x02, 0x9e, 0xa7, 0x05],
            [0x30, 0x03, 0x30, 0x8e, 0x02, 0x30, 0x9e, 0xa7, 0x05],
            [0x32, 0x03, 0x03, 0x8e, 0x02, 0x30, 0x9e, 0xa7, 0x05],
        ];
        foreach (byte[] message in messages)
        {
            var reader = new ProtobufReader("f", message);
            var numbers = new ProtobufNumbers();
            while (reader.Read())
            {
                numbers.Add(reader, ProtobufWireType.Varint);
            }

            Assert.Equal([3, 270, 86942], numbers.ReadVarints(3));
            Assert.Throws<InvalidDataException>(() => numbers.ReadVarints(2));
        }
    }

    [Fact]
    public void Minus_two_takes_ten_bytes()
    {
        byte[] message = [0x08, 0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01];
        var reader = new ProtobufReader("f", message);
        Assert.True(reader.Read());
        Assert.Equal(-2, reader.GetInt64());
        Assert.Equal(message, new ProtobufWriter().Integer(1, -2).Written.ToArray());
    }

    [Fact]
    public void Real_numbers_are_little_endian()
    {
        // 1.5 is 3FC00000.
        byte[] message = [0x15, 0x00, 0x00, 0xc0, 0x3f];
        var reader = new ProtobufReader("f", message);
        Assert.True(reader.Read());
        Assert.Equal(1.5f, reader.GetSingle());
        Assert.Equal(message, new ProtobufWriter().Real(2, 1.5f).Written.ToArray());
    }

    [Theory]
    [InlineData("12 07 74", "claims 7 bytes, but 1 are left")]
    [InlineData("12 FF FF FF FF FF FF FF FF FF 01", "claims 18446744073709551615 bytes, but 0 are left")]
    [InlineData("08", "cut off")]
    [InlineData("08 96", "cut off")]
    [InlineData("08 FF FF FF FF FF FF FF FF FF 02", "more than 64 bits")]
    [InlineData("08 FF FF FF FF FF FF FF FF FF FF 01", "more than 64 bits")]
    [InlineData("00 01", "not a field number")]
    [InlineData("80 80 80 80 10 01", "not a field number")]
    [InlineData("0B 0C", "wire type 3")]
    [InlineData("0E 01", "wire type 6")]
    [InlineData("0D 01 02 03", "claims 4 bytes, but 3 are left")]
    [InlineData("09 01 02 03 04 05 06 07", "claims 8 bytes, but 7 are left")]
    public void Damage_is_refused_with_the_byte(string hex, string message)
    {
        byte[] bytes = Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
        string found = Assert.Throws<InvalidDataException>(() => new ProtobufReader("f.onnx", bytes).Read()).Message;
        Assert.StartsWith("f.onnx: byte 0: ", found, StringComparison.Ordinal);
        Assert.Contains(message, found, StringComparison.Ordinal);
    }

    [Fact]
    public void A_field_of_another_type_and_text_that_is_none_are_refused()
    {
        Assert.Contains("expected LengthDelimited", Assert.Throws<InvalidDataException>(() => At(0x08, 0x01).GetString(9)).Message, StringComparison.Ordinal);
        Assert.Contains("UTF-8", Assert.Throws<InvalidDataException>(() => At(0x0A, 0x01, 0xFF).GetString(9)).Message, StringComparison.Ordinal);
        Assert.Contains("at most 1", Assert.Throws<InvalidDataException>(() => At(0x0A, 0x02, 0x41, 0x41).GetString(1)).Message, StringComparison.Ordinal);
    }

    private static ProtobufReader At(params byte[] bytes)
    {
        var reader = new ProtobufReader("f", bytes);
        Assert.True(reader.Read());
        return reader;
    }
}
