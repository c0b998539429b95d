using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Nabla.Models.Formats.Onnx.Protobuf;

/// <summary>
/// Reads the fields of one protobuf message in order. Every length is compared with the bytes left before it is used.
/// There is no recursion, so that nesting in a file cannot exhaust the stack.
/// </summary>
/// <remarks>Encoding: Protocol Buffers documentation, "Encoding". Groups, which ONNX never had, are refused.</remarks>
internal struct ProtobufReader
{
    /// <summary>The most bytes of a 64-bit varint.</summary>
    private const int MaximumVarintLength = 10;

    /// <summary>The largest field number.</summary>
    private const ulong MaximumField = (1UL << 29) - 1;

    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    private readonly string file;
    private readonly ReadOnlyMemory<byte> bytes;
    private readonly int end;
    private int position;
    private int fieldStart;
    private int valueStart;
    private int valueEnd;
    private ulong number;

    /// <param name="file">The file name, for messages.</param>
    /// <param name="bytes">The whole file.</param>
    public ProtobufReader(string file, ReadOnlyMemory<byte> bytes) : this(file, bytes, 0, bytes.Length)
    {
    }

    private ProtobufReader(string file, ReadOnlyMemory<byte> bytes, int start, int end)
    {
        this.file = file;
        this.bytes = bytes;
        position = start;
        this.end = end;
    }

    /// <summary>The number of the current field.</summary>
    public int Field { get; private set; }

    /// <summary>The encoding of the current field.</summary>
    public ProtobufWireType Type { get; private set; }

    /// <summary>The position of the current field in the file.</summary>
    public readonly int FieldStart => fieldStart;

    /// <summary>The bytes of the value; the length of a length-delimited field is left out.</summary>
    public readonly ReadOnlyMemory<byte> Value => bytes[valueStart..valueEnd];

    /// <summary>Reads the next field.</summary>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="InvalidDataException">The message is damaged.</exception>
    public bool Read()
    {
        if (position == end)
        {
            return false;
        }

        fieldStart = position;
        ulong tag = ReadVarint();
        ulong field = tag >> 3;
        if (field is 0 or > MaximumField)
        {
            throw Damaged($"{field.ToString(CultureInfo.InvariantCulture)} is not a field number of a protobuf message");
        }

        Field = (int)field;
        Type = (ProtobufWireType)(tag & 7);
        valueStart = position;
        switch (Type)
        {
            case ProtobufWireType.Varint:
                number = ReadVarint();
                break;
            case ProtobufWireType.Fixed64:
                Skip(sizeof(ulong));
                number = BinaryPrimitives.ReadUInt64LittleEndian(bytes.Span[valueStart..]);
                break;
            case ProtobufWireType.Fixed32:
                Skip(sizeof(uint));
                number = BinaryPrimitives.ReadUInt32LittleEndian(bytes.Span[valueStart..]);
                break;
            case ProtobufWireType.LengthDelimited:
                ulong length = ReadVarint();
                valueStart = position;
                Skip(length);
                break;
            default:
                throw Damaged($"field {Field} has wire type {(int)Type}, which ONNX does not use");
        }

        valueEnd = position;
        return true;
    }

    /// <summary>The field as a whole number.</summary>
    public readonly long GetInt64()
    {
        Require(ProtobufWireType.Varint);
        return unchecked((long)number);
    }

    /// <summary>The field as a 32-bit real number.</summary>
    public readonly float GetSingle()
    {
        Require(ProtobufWireType.Fixed32);
        return BitConverter.UInt32BitsToSingle((uint)number);
    }

    /// <summary>The field as text of at most <paramref name="maximum"/> bytes of UTF-8.</summary>
    public readonly string GetString(int maximum)
    {
        Require(ProtobufWireType.LengthDelimited);
        if (valueEnd - valueStart > maximum)
        {
            throw Damaged($"field {Field} is a text of {valueEnd - valueStart} bytes; expected at most {maximum}");
        }

        try
        {
            return StrictUtf8.GetString(Value.Span);
        }
        catch (DecoderFallbackException e)
        {
            throw new InvalidDataException(Damaged($"field {Field} is not valid UTF-8").Message, e);
        }
    }

    /// <summary>The field as a message.</summary>
    public readonly ProtobufReader GetMessage()
    {
        Require(ProtobufWireType.LengthDelimited);
        return new ProtobufReader(file, bytes, valueStart, valueEnd);
    }

    /// <summary>The field as bytes, not copied.</summary>
    public readonly ReadOnlyMemory<byte> GetBytes()
    {
        Require(ProtobufWireType.LengthDelimited);
        return Value;
    }

    /// <summary>An error with its byte position.</summary>
    public readonly InvalidDataException Damaged(string reason) => new(
        $"{file}: byte {fieldStart.ToString(CultureInfo.InvariantCulture)}: {reason}. The file is damaged, or is not an ONNX file.");

    private readonly void Require(ProtobufWireType type)
    {
        if (Type != type)
        {
            throw Damaged($"field {Field} is encoded as {Type}; expected {type}");
        }
    }

    private void Skip(ulong length)
    {
        if (length > (ulong)(end - position))
        {
            throw Damaged($"field {Field} claims {length.ToString(CultureInfo.InvariantCulture)} bytes, but {end - position} are left");
        }

        position += (int)length;
    }

    private ulong ReadVarint()
    {
        ReadOnlySpan<byte> span = bytes.Span;
        ulong value = 0;
        for (int i = 0; i < MaximumVarintLength; i++)
        {
            if (position == end)
            {
                throw Damaged("a number is cut off");
            }

            byte b = span[position++];
            if (i == MaximumVarintLength - 1 && b > 1)
            {
                break;
            }

            value |= (ulong)(b & 0x7F) << (7 * i);
            if (b < 0x80)
            {
                return value;
            }
        }

        throw Damaged("a number has more than 64 bits");
    }
}
