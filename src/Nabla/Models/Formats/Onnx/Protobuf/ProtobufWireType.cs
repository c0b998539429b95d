namespace Nabla.Models.Formats.Onnx.Protobuf;

/// <summary>How a protobuf field is encoded: the lowest three bits of its tag.</summary>
internal enum ProtobufWireType
{
    /// <summary>Seven bits a byte, least significant first; the highest bit says that more follow.</summary>
    Varint = 0,

    /// <summary>Eight bytes, little-endian.</summary>
    Fixed64 = 1,

    /// <summary>A varint with the length, then as many bytes: text, bytes, a message or packed numbers.</summary>
    LengthDelimited = 2,

    /// <summary>Four bytes, little-endian.</summary>
    Fixed32 = 5,
}
