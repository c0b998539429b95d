using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Nabla.Data.Files;

namespace Nabla.Models.Formats.Safetensors;

/// <summary>An open safetensors file: 8 bytes with the length of the header, the header as JSON, and the tensors' bytes, little-endian.</summary>
public sealed class SafetensorsReader : IDisposable
{
    /// <summary>The longest header that the format's reference implementation accepts; it stops a small file from claiming all memory.</summary>
    internal const long MaximumHeaderLength = 100_000_000;

    private const int ChunkBytes = 1 << 16;

    private readonly Stream stream;
    private readonly bool ownsStream;
    private readonly SafetensorsHeader header;
    private readonly long dataStart;
    private readonly byte[] chunk = new byte[ChunkBytes];

    private SafetensorsReader(string path, Stream stream, bool ownsStream)
    {
        FileName = path;
        this.stream = stream;
        this.ownsStream = ownsStream;
        long origin = stream.Position, length = stream.Length - origin;
        if (length < 8)
        {
            throw new InvalidDataException($"{path}: {length} bytes are too few for a safetensors file, which starts with the 8-byte length of its header.");
        }

        stream.ReadExactly(chunk.AsSpan(0, 8));
        ulong headerLength = BinaryPrimitives.ReadUInt64LittleEndian(chunk);
        if (headerLength > MaximumHeaderLength || headerLength > (ulong)(length - 8))
        {
            throw new InvalidDataException($"{path}: byte 0 claims a header of {headerLength} bytes in a file of {length}. It is not a safetensors file, or it is cut off.");
        }

        byte[] json = new byte[(int)headerLength];
        stream.ReadExactly(json);
        dataStart = origin + 8 + json.Length;
        header = SafetensorsHeader.Parse(path, json, length - 8 - json.Length);
    }

    /// <summary>The path of the file, as it was given.</summary>
    public string FileName { get; }

    /// <summary>The file's metadata.</summary>
    public IReadOnlyDictionary<string, string> Metadata => header.Metadata;

    /// <summary>The tensors in the order of their bytes.</summary>
    public IReadOnlyList<TensorInfo> Tensors => header.Tensors;

    /// <summary>Opens a file and checks everything but the values.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file breaks a rule of the format; the message says which and where.</exception>
    public static SafetensorsReader Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        FileStream stream = OrdinaryFile.OpenRead(path, "a safetensors file");
        try
        {
            return new SafetensorsReader(path, stream, ownsStream: true);
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

    /// <summary>Reads a stream from its position to its end, and checks everything but the values.</summary>
    /// <remarks>A stream that cannot seek is copied into memory: no more than its header announces, as far as it arrives.</remarks>
    /// <param name="stream">The stream. It stays open.</param>
    /// <exception cref="InvalidDataException">The bytes break a rule of the format; the message says which and where.</exception>
    public static SafetensorsReader Open(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        const string name = "the stream";
        try
        {
            return stream.CanSeek ? new SafetensorsReader(name, stream, ownsStream: false) : new SafetensorsReader(name, StreamCopy.Of(stream, name), ownsStream: true);
        }
        catch (EndOfStreamException e)
        {
            throw new InvalidDataException($"{name}: it became shorter while it was read.", e);
        }
    }

    /// <summary>Reads elements of a tensor of real numbers, row-major; narrowed to nearest.</summary>
    /// <param name="tensor">A tensor of this file, of type F64, F32, F16 or BF16.</param>
    /// <param name="first">The first element.</param>
    /// <param name="destination">Receives as many elements as it is long.</param>
    /// <exception cref="InvalidDataException">The tensor is of another type.</exception>
    public void Read(TensorInfo tensor, long first, Span<double> destination)
    {
        int size = Seek(tensor, first, destination.Length);
        while (!destination.IsEmpty)
        {
            ReadOnlySpan<byte> bytes = NextChunk(destination.Length, size);
            int count = bytes.Length / size;
            if (tensor.ElementType == TensorType.Double && BitConverter.IsLittleEndian)
            {
                bytes.CopyTo(MemoryMarshal.AsBytes(destination));
            }
            else
            {
                for (int i = 0; i < count; i++)
                {
                    destination[i] = Value(tensor.ElementType, bytes, i);
                }
            }

            destination = destination[count..];
        }
    }

    /// <inheritdoc cref="Read(TensorInfo, long, Span{double})"/>
    public void Read(TensorInfo tensor, long first, Span<float> destination)
    {
        int size = Seek(tensor, first, destination.Length);
        while (!destination.IsEmpty)
        {
            ReadOnlySpan<byte> bytes = NextChunk(destination.Length, size);
            int count = bytes.Length / size;
            if (tensor.ElementType == TensorType.Single && BitConverter.IsLittleEndian)
            {
                bytes.CopyTo(MemoryMarshal.AsBytes(destination));
            }
            else
            {
                for (int i = 0; i < count; i++)
                {
                    destination[i] = (float)Value(tensor.ElementType, bytes, i);
                }
            }

            destination = destination[count..];
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (ownsStream)
        {
            stream.Dispose();
        }
    }

    /// <summary>Moves to an element.</summary>
    /// <returns>The size of an element in bytes.</returns>
    private int Seek(TensorInfo tensor, long first, int count)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first + count, tensor.Count);
        if (!TensorType.IsReal(tensor.ElementType))
        {
            throw new InvalidDataException($"{FileName}: {tensor.Name} has elements of type {tensor.ElementType}; expected F32 or F64.");
        }

        int size = TensorType.Bits(tensor.ElementType)!.Value / 8;
        stream.Position = dataStart + tensor.Start + (first * size);
        return size;
    }

    /// <summary>The bytes of the next elements: as many as wanted, at most a chunk.</summary>
    private ReadOnlySpan<byte> NextChunk(int wanted, int size)
    {
        Span<byte> bytes = chunk.AsSpan(0, Math.Min(wanted, ChunkBytes / size) * size);
        try
        {
            stream.ReadExactly(bytes);
        }
        catch (EndOfStreamException e)
        {
            throw new InvalidDataException($"{FileName}: the file became shorter while it was read.", e);
        }

        return bytes;
    }

    /// <summary>Element i, exact: F64 holds every value of the other types.</summary>
    private static double Value(string type, ReadOnlySpan<byte> bytes, int i) => type switch
    {
        TensorType.Single => BinaryPrimitives.ReadSingleLittleEndian(bytes[(4 * i)..]),
        TensorType.Double => BinaryPrimitives.ReadDoubleLittleEndian(bytes[(8 * i)..]),
        TensorType.Half => (double)BinaryPrimitives.ReadHalfLittleEndian(bytes[(2 * i)..]),
        // BF16 is the upper half of an F32.
        _ => BitConverter.Int32BitsToSingle(BinaryPrimitives.ReadUInt16LittleEndian(bytes[(2 * i)..]) << 16),
    };
}
