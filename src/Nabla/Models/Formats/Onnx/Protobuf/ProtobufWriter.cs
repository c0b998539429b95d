using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Nabla.Models.Formats.Onnx.Protobuf;

/// <summary>Writes the fields of one small protobuf message into memory.</summary>
internal sealed class ProtobufWriter
{
    private readonly ArrayBufferWriter<byte> bytes = new();

    /// <summary>The bytes written so far.</summary>
    public long Length => bytes.WrittenCount;

    /// <summary>The written bytes.</summary>
    public ReadOnlySpan<byte> Written => bytes.WrittenSpan;

    /// <summary>A whole number; negative ones take ten bytes.</summary>
    public ProtobufWriter Integer(int field, long value)
    {
        Tag(field, ProtobufWireType.Varint);
        Varint(unchecked((ulong)value));
        return this;
    }

    /// <summary>A 32-bit real number.</summary>
    public ProtobufWriter Real(int field, float value)
    {
        Tag(field, ProtobufWireType.Fixed32);
        Span<byte> four = stackalloc byte[sizeof(float)];
        BinaryPrimitives.WriteSingleLittleEndian(four, value);
        bytes.Write(four);
        return this;
    }

    /// <summary>Text as UTF-8.</summary>
    public ProtobufWriter Text(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

    /// <summary>Bytes.</summary>
    public ProtobufWriter Bytes(int field, ReadOnlySpan<byte> value)
    {
        Announce(field, value.Length);
        bytes.Write(value);
        return this;
    }

    /// <summary>A message.</summary>
    public ProtobufWriter Message(int field, ProtobufWriter message) => Bytes(field, message.Written);

    /// <summary>Appends the fields of another message.</summary>
    public ProtobufWriter Append(ProtobufWriter other)
    {
        bytes.Write(other.Written);
        return this;
    }

    /// <summary>Writes a tag and a length; the caller writes the bytes.</summary>
    public ProtobufWriter Announce(int field, long length)
    {
        Tag(field, ProtobufWireType.LengthDelimited);
        Varint((ulong)length);
        return this;
    }

    private void Tag(int field, ProtobufWireType type) => Varint(((ulong)field << 3) | (ulong)type);

    private void Varint(ulong value)
    {
        while (value >= 0x80)
        {
            Byte((byte)(value | 0x80));
            value >>= 7;
        }

        Byte((byte)value);
    }

    private void Byte(byte value) => bytes.Write([value]);
}
