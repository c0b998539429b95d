using System.Buffers.Binary;
using System.Globalization;
using Nabla.Models.Formats.Onnx.Protobuf;
using Nabla.Models.Formats.Onnx.Schema;

namespace Nabla.Models.Formats.Onnx.Reading;

/// <summary>A tensor of a file. Its elements are converted when they are read.</summary>
internal sealed class OnnxTensor
{
    /// <summary>The most whole numbers of a tensor: they are shapes, axes and class labels.</summary>
    private const int MaximumIntegers = 1 << 16;

    private readonly string file;
    private readonly ReadOnlyMemory<byte> raw;
    private readonly ProtobufNumbers? packed;

    /// <summary>Makes a tensor and checks its length against its shape.</summary>
    /// <param name="file">The file, for messages.</param>
    /// <param name="name">Its name.</param>
    /// <param name="type">The type of its elements.</param>
    /// <param name="shape">Its axes.</param>
    /// <param name="raw">Its elements, little-endian; or nothing.</param>
    /// <param name="packed">Its elements as the field of their type, where they are not raw.</param>
    /// <param name="texts">Its elements where they are texts.</param>
    /// <exception cref="InvalidDataException">The number of elements does not match the shape.</exception>
    public OnnxTensor(string file, string name, OnnxElementType type, long[] shape, ReadOnlyMemory<byte> raw, ProtobufNumbers? packed, IReadOnlyList<string> texts)
    {
        (this.file, Name, Type, Shape, this.raw, this.packed, Texts) = (file, name, type, shape, raw, packed, texts);
        long count = 1;
        foreach (long axis in shape)
        {
            // A file that is read whole cannot hold a tensor of more elements.
            if (axis < 0 || (axis != 0 && count > int.MaxValue / axis))
            {
                throw Refuse("its axes are negative, or their product is larger than a file can hold");
            }

            count *= axis;
        }

        Count = (int)count;
        int? width = type switch
        {
            OnnxElementType.Single => sizeof(float),
            OnnxElementType.Double or OnnxElementType.Int64 => sizeof(long),
            OnnxElementType.Int32 => sizeof(int),
            _ => null,
        };
        // Varints have no fixed width: they are counted when they are read.
        bool isFixed = packed is null || packed.IsEmpty || IsReal;
        long length = packed is null || packed.IsEmpty ? raw.Length : packed.Bytes.Length;
        if (width is { } bytes && isFixed && length != (long)Count * bytes)
        {
            throw Refuse($"its shape needs {((long)Count * bytes).ToString(CultureInfo.InvariantCulture)} bytes, but it has {length.ToString(CultureInfo.InvariantCulture)}");
        }
    }

    public string Name { get; }

    public OnnxElementType Type { get; }

    public IReadOnlyList<long> Shape { get; }

    /// <summary>Number of elements.</summary>
    public int Count { get; }

    /// <summary>Texts, where the elements are texts.</summary>
    public IReadOnlyList<string> Texts { get; }

    /// <summary>Whether the elements are 32-bit or 64-bit real numbers.</summary>
    public bool IsReal => Type is OnnxElementType.Single or OnnxElementType.Double;

    /// <summary>Whether every byte of its elements is 0.</summary>
    public bool IsZero => !Elements.ContainsAnyExcept((byte)0);

    /// <summary>The elements, little-endian. Only of real numbers.</summary>
    public ReadOnlySpan<byte> Elements => packed is { IsEmpty: false } ? packed.Bytes : raw.Span;

    /// <summary>An element of a real tensor.</summary>
    public static double Read(ReadOnlySpan<byte> elements, OnnxElementType type, int index) => type == OnnxElementType.Single
        ? BinaryPrimitives.ReadSingleLittleEndian(elements[(index * sizeof(float))..])
        : BinaryPrimitives.ReadDoubleLittleEndian(elements[(index * sizeof(double))..]);

    /// <summary>All elements of a real tensor.</summary>
    /// <exception cref="InvalidDataException">The elements are not 32-bit or 64-bit real numbers.</exception>
    public double[] ReadReals()
    {
        RequireReal();
        ReadOnlySpan<byte> elements = Elements;
        double[] reals = new double[Count];
        for (int i = 0; i < reals.Length; i++)
        {
            reals[i] = Read(elements, Type, i);
        }

        return reals;
    }

    /// <exception cref="InvalidDataException">The elements are not 32-bit or 64-bit real numbers.</exception>
    public void RequireReal()
    {
        if (!IsReal)
        {
            throw Refuse(Type is OnnxElementType.Half or OnnxElementType.BFloat16
                ? $"its numbers are of type {Type}: Nabla computes in 32 and 64 bits. Export the network in float32"
                : $"its elements are of type {Type}; expected Single or Double");
        }
    }

    /// <summary>All elements of a short tensor of whole numbers.</summary>
    public long[] ReadIntegers()
    {
        if (Type is not (OnnxElementType.Int64 or OnnxElementType.Int32) || Count > MaximumIntegers)
        {
            throw Refuse($"{Count.ToString(CultureInfo.InvariantCulture)} elements of type {Type} are not a shape, axes or labels");
        }

        if (packed is { IsEmpty: false })
        {
            return ReadPacked();
        }

        long[] numbers = new long[Count];
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = Type == OnnxElementType.Int64
                ? BinaryPrimitives.ReadInt64LittleEndian(raw.Span[(i * sizeof(long))..])
                : BinaryPrimitives.ReadInt32LittleEndian(raw.Span[(i * sizeof(int))..]);
        }

        return numbers;
    }

    private long[] ReadPacked()
    {
        long[] numbers;
        try
        {
            numbers = packed!.ReadVarints(MaximumIntegers);
        }
        catch (InvalidDataException e)
        {
            throw Refuse(e.Message);
        }

        return numbers.Length == Count
            ? numbers
            : throw Refuse($"its shape needs {Count.ToString(CultureInfo.InvariantCulture)} numbers, but it has {numbers.Length.ToString(CultureInfo.InvariantCulture)}");
    }

    private InvalidDataException Refuse(string reason) => new($"{file}: the tensor {OnnxText.Quote(Name)} [{string.Join(", ", Shape)}]: {reason}.");
}
