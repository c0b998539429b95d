using System.Buffers;
using System.Globalization;

namespace Nabla.Models.Formats.Onnx.Protobuf;

/// <summary>A repeated numeric field as packed bytes, whether the file has it packed, unpacked or mixed.</summary>
internal sealed class ProtobufNumbers
{
    private ReadOnlyMemory<byte> first;
    private ArrayBufferWriter<byte>? all;

    /// <summary>The elements in order: little-endian numbers, or varints.</summary>
    public ReadOnlySpan<byte> Bytes => all is null ? first.Span : all.WrittenSpan;

    public bool IsEmpty => Bytes.IsEmpty;

    /// <summary>Adds the current field of a reader. A single packed run, as every exporter writes, is not copied.</summary>
    public void Add(in ProtobufReader reader, ProtobufWireType element)
    {
        if (reader.Type != ProtobufWireType.LengthDelimited && reader.Type != element)
        {
            throw reader.Damaged($"field {reader.Field} is encoded as {reader.Type}; expected numbers");
        }

        if (first.IsEmpty && all is null)
        {
            first = reader.Value;
            return;
        }

        if (all is null)
        {
            all = new ArrayBufferWriter<byte>();
            all.Write(first.Span);
        }

        all.Write(reader.Value.Span);
    }

    /// <summary>The elements as whole numbers.</summary>
    /// <param name="maximum">The most elements.</param>
    /// <exception cref="InvalidDataException">There are more, or one is cut off or too large.</exception>
    public long[] ReadVarints(int maximum)
    {
        var numbers = new List<long>();
        ulong value = 0;
        int shift = 0;
        foreach (byte b in Bytes)
        {
            if (shift > 63 || (shift == 63 && b > 1))
            {
                throw new InvalidDataException("a number has more than 64 bits");
            }

            value |= (ulong)(b & 0x7F) << shift;
            shift += 7;
            if (b >= 0x80)
            {
                continue;
            }

            if (numbers.Count == maximum)
            {
                throw new InvalidDataException($"there are more than {maximum.ToString(CultureInfo.InvariantCulture)} whole numbers");
            }

            numbers.Add(unchecked((long)value));
            (value, shift) = (0, 0);
        }

        return shift == 0 ? [.. numbers] : throw new InvalidDataException("a number is cut off");
    }
}
