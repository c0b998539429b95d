using System.Globalization;
using Nabla.Models.Formats.Onnx.Protobuf;

namespace Nabla.Models.Formats.Onnx.Reading;

/// <summary>Limits the parts of a file that become objects in memory.</summary>
internal sealed class OnnxParts
{
    /// <summary>The longest name, in bytes.</summary>
    public const int MaximumName = 1 << 12;

    /// <summary>Nodes, names, attributes and tensors together: a file of two-byte messages must not become hundreds of times its size in memory.</summary>
    private const int MaximumParts = 1 << 18;

    private int count;

    /// <summary>Counts the current field of a reader.</summary>
    /// <exception cref="InvalidDataException">There are too many parts.</exception>
    public ref readonly ProtobufReader Count(in ProtobufReader reader)
    {
        if (++count > MaximumParts)
        {
            throw reader.Damaged($"there are more than {MaximumParts.ToString(CultureInfo.InvariantCulture)} nodes, names, attributes and tensors, which no dense network needs");
        }

        return ref reader;
    }
}
