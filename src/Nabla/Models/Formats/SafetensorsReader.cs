using System.Buffers.Binary;
using System.Numerics;

namespace Nabla.Models.Formats;

/// <summary>An open safetensors file: 8 bytes with the length of the header, the header as JSON, and the tensors' bytes, little-endian.</summary>
public sealed class SafetensorsReader : IDisposable
{
    /// <summary>The longest header that the format's reference implementation accepts; it stops a small file from claiming all memory.</summary>
    private const long MaximumHeaderLength = 100_000_000;

    private const int ChunkBytes = 1 << 16;

    private readonly FileStream stream;
    private readonly SafetensorsHeader header;
    private readonly long dataStart;
    private readonly byte[] chunk = new byte[ChunkBytes];

    private SafetensorsReader(string path, FileStream stream)
    {
        FileName = path;
        this.stream = stream;
        long length = stream.Length;
        if (length < 8)
        {
            throw new InvalidDataException($"{path}: {length} bytes are too few for a safetensors file, which starts with 8 bytes that hold the length of its header.");
        }

        stream.ReadExactly(chunk.AsSpan(0, 8));
        ulong headerLength = BinaryPrimitives.ReadUInt64LittleEndian(chunk);
        if (headerLength > MaximumHeaderLength || headerLength > (ulong)(length - 8))
        {
            throw new InvalidDataException($"{path}: byte 0 claims a header of {headerLength} bytes in a file of {length}. It is no safetensors file, or it is cut off.");
        }

        byte[] json = new byte[(int)headerLength];
        stream.ReadExactly(json);
        dataStart = 8 + json.Length;
        header = SafetensorsHeader.Parse(path, json, length - dataStart);
    }

    /// <summary>The path of the file, as it was given.</summary>
    public string FileName { get; }

    /// <summary>The file's metadata.</summary>
    public IReadOnlyDictionary<string, string> Metadata => header.Metadata;

    /// <summary>Every tensor, in the order of their bytes.</summary>
    public IReadOnlyList<TensorInfo> Tensors => header.Tensors;

    /// <summary>Opens a file and checks all of it but the values.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file breaks a rule of the format; the message says which and where.</exception>
    public static SafetensorsReader Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        FileStream stream = FormatFiles.OpenRead(path);
        try
        {
            return new SafetensorsReader(path, stream);
        }
        catch (EndOfStreamException e)
        {
            stream.Dispose();
            throw new InvalidDataException($"{path}: the file became shorter while it was read.", e);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Reads elements of a tensor of real numbers, row-major; narrowed to nearest.</summary>
    /// <param name="tensor">A tensor of this file, of type F64, F32, F16 or BF16.</param>
    /// <param name="first">The first element.</param>
    /// <param name="destination">Takes as many elements as it is long.</param>
    /// <exception cref="InvalidDataException">The tensor is of another type.</exception>
    public void Read(TensorInfo tensor, long first, Span<double> destination) => Read<double>(tensor, first, destination);

    /// <inheritdoc cref="Read(TensorInfo, long, Span{double})"/>
    public void Read(TensorInfo tensor, long first, Span<float> destination) => Read<float>(tensor, first, destination);

    /// <inheritdoc/>
    public void Dispose() => stream.Dispose();

    internal void Read<T>(TensorInfo tensor, long first, Span<T> destination) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(tensor);
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first + destination.Length, tensor.Count, nameof(destination));
        if (!TensorType.IsReal(tensor.ElementType))
        {
            throw new InvalidDataException($"{FileName}: {tensor.Name} has elements of type {tensor.ElementType}; expected F32 or F64.");
        }

        int size = TensorType.Bits(tensor.ElementType)!.Value / 8;
        stream.Position = dataStart + tensor.Start + (first * size);
        while (!destination.IsEmpty)
        {
            int count = Math.Min(destination.Length, ChunkBytes / size);
            Span<byte> bytes = chunk.AsSpan(0, count * size);
            try
            {
                stream.ReadExactly(bytes);
            }
            catch (EndOfStreamException e)
            {
                throw new InvalidDataException($"{FileName}: the file became shorter while it was read.", e);
            }

            Convert(tensor.ElementType, bytes, destination[..count]);
            destination = destination[count..];
        }
    }

    private static void Convert<T>(string type, ReadOnlySpan<byte> bytes, Span<T> values) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = type switch
            {
                TensorType.Single => T.CreateTruncating(BinaryPrimitives.ReadSingleLittleEndian(bytes[(4 * i)..])),
                TensorType.Double => T.CreateTruncating(BinaryPrimitives.ReadDoubleLittleEndian(bytes[(8 * i)..])),
                TensorType.Half => T.CreateTruncating(BinaryPrimitives.ReadHalfLittleEndian(bytes[(2 * i)..])),
                // BF16 is the upper half of an F32.
                _ => T.CreateTruncating(BitConverter.Int32BitsToSingle(BinaryPrimitives.ReadUInt16LittleEndian(bytes[(2 * i)..]) << 16)),
            };
        }
    }
}
