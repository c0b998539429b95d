using System.Buffers.Binary;
using System.IO.Compression;
using Nabla.Data.Files;
using Nabla.Data.Storage;
using Nabla.Numerics.Memory;

namespace Nabla.Data.Idx;

/// <summary>The content of an IDX file of unsigned bytes.</summary>
/// <param name="Dimensions">The sizes, slowest index first.</param>
/// <param name="Bytes">The elements.</param>
internal sealed record IdxContent(int[] Dimensions, byte[] Bytes);

/// <summary>
/// Reads IDX files of unsigned bytes. Gzip is recognised by the first bytes of a file, not by its name.
/// </summary>
/// <remarks>
/// Nothing in a file is trusted: sizes are checked against the file's length before memory is allocated.
/// </remarks>
internal static class IdxReader
{
    /// <summary>Deflate cannot shrink by more than 1032 to 1, so a larger size in the header is false.</summary>
    private const long LargestInflation = 1040;

    private const byte UnsignedByte = 0x08;

    /// <summary>Bytes that are read between two reports of progress.</summary>
    private const int BytesAtOnce = 1 << 20;

    /// <summary>Images, rows, columns.</summary>
    private const int ImageRank = 3;

    /// <summary>Reads a file.</summary>
    /// <exception cref="InvalidDataException">The content violates the format; the message says where.</exception>
    public static IdxContent Read(string path, int rank)
    {
        using FileStream file = OrdinaryFile.OpenRead(path, "an IDX file");
        return Read(file, file.Length, path, rank);
    }

    /// <summary>Reads a stream of known length; <paramref name="name"/> is for messages.</summary>
    public static IdxContent Read(Stream stream, long length, string name, int rank) => Unpack(stream, length, name, (plain, available, isExact) =>
    {
        (int[] dimensions, long elements) = ReadHeader(plain, available, name, rank, isExact);
        return elements <= Array.MaxLength
            ? new IdxContent(dimensions, ReadElements(plain, (int)elements, isExact, name, HeaderLength(rank), null))
            : throw SizeError(name, dimensions, $"at most {Array.MaxLength} can be held");
    });

    /// <summary>
    /// Opens images: in memory if they fit the budget. Otherwise a plain
    /// file is mapped, and a gzip file is unpacked into a temporary one.
    /// </summary>
    /// <returns>The pixels of all images, and the shape of an image.</returns>
    /// <exception cref="InvalidDataException">The content violates the format; the message says where.</exception>
    public static (IInputStorage Pixels, ImageShape Shape) OpenImages(string path, MemoryBudget budget, IProgress<double>? progress = null)
    {
        FileStream file = OrdinaryFile.OpenRead(path, "an IDX file");
        var fileProgress = new FileProgress(file, progress);
        bool isMapped = false;
        try
        {
            return Unpack(file, file.Length, path, (plain, available, isExact) =>
            {
                (int[] dimensions, long elements) = ReadHeader(plain, available, path, ImageRank, isExact);
                long pixels = (long)dimensions[1] * dimensions[2];
                if (pixels > Array.MaxLength)
                {
                    throw SizeError(path, dimensions, $"an image has at most {Array.MaxLength} pixels");
                }

                var shape = new ImageShape(dimensions[1], dimensions[2]);
                if (elements <= Array.MaxLength && budget.TryReserve(elements))
                {
                    return (new ByteInputs(ReadElements(plain, (int)elements, isExact, path, HeaderLength(ImageRank), fileProgress), shape.Pixels), shape);
                }

                isMapped = ReferenceEquals(plain, file);
                return ((IInputStorage)new MappedByteInputs(
                    isMapped ? new MappedBuffer(file, HeaderLength(ImageRank), elements) : MapElements(plain, elements, path, HeaderLength(ImageRank), fileProgress), shape.Pixels, isShared: isMapped), shape);
            });
        }
        finally
        {
            if (!isMapped)
            {
                file.Dispose();
            }
        }
    }

    /// <summary>
    /// Reads a stream from its start, unpacking gzip. <paramref name="read"/> gets the content, the largest possible
    /// length, and whether that length is exact.
    /// </summary>
    private static T Unpack<T>(Stream stream, long length, string name, Func<Stream, long, bool, T> read)
    {
        Span<byte> start = stackalloc byte[2];
        int count = stream.ReadAtLeast(start, 2, throwOnEndOfStream: false);
        stream.Position = 0;
        bool isGzip = count == 2 && start[0] == 0x1F && start[1] == 0x8B;
        if (!isGzip)
        {
            return read(stream, length, true);
        }

        try
        {
            using var inflated = new GZipStream(stream, CompressionMode.Decompress);
            return read(inflated, length * LargestInflation, false);
        }
        catch (InvalidDataException error) when (!error.Message.StartsWith(name, StringComparison.Ordinal))
        {
            throw new InvalidDataException($"{name}: the gzip data is damaged ({error.Message.TrimEnd('.')}). Download the file again.", error);
        }
    }

    private static int HeaderLength(int rank) => 4 + (4 * rank);

    private static (int[] Dimensions, long Elements) ReadHeader(Stream stream, long available, string name, int rank, bool isExact)
    {
        Span<byte> header = stackalloc byte[4];
        ReadHeaderBytes(stream, header, name, 0);
        if (header[0] != 0 || header[1] != 0)
        {
            throw new InvalidDataException($"{name}: byte 0: an IDX file starts with two zero bytes, this one with {header[0]:X2} {header[1]:X2}.");
        }

        if (header[2] != UnsignedByte)
        {
            throw new InvalidDataException($"{name}: byte 2: element type 0x{header[2]:X2}; only unsigned bytes (0x08) are read.");
        }

        if (header[3] != rank)
        {
            throw new InvalidDataException($"{name}: byte 3: {header[3]} dimensions, expected {rank}{(rank == 1 ? " (labels)" : " (images)")}.");
        }

        int[] dimensions = new int[rank];
        Int128 elements = 1;
        for (int i = 0; i < rank; i++)
        {
            ReadHeaderBytes(stream, header, name, 4 + (4 * i));
            uint size = BinaryPrimitives.ReadUInt32BigEndian(header);
            if (size is 0 or > int.MaxValue)
            {
                throw new InvalidDataException($"{name}: byte {4 + (4 * i)}: dimension {i} is {size}, expected 1 to {int.MaxValue}.");
            }

            dimensions[i] = (int)size;
            // The product of three sizes below 2^31 can exceed 64 bits, but not 128.
            elements *= size;
        }

        long held = available - HeaderLength(rank);
        if (elements > held || (isExact && elements != held))
        {
            throw SizeError(name, dimensions, $"the file {(isExact ? $"has {held}" : "cannot hold them")}: it is truncated or damaged. Download it again");
        }

        return isExact || !Inflation.IsBomb((long)elements, available / LargestInflation)
            ? (dimensions, (long)elements)
            : throw new InvalidDataException($"{name}: its {available / LargestInflation} bytes unpack to more than {Inflation.LargestRatio} times as many, which no set of images does. If it is one, unpack it first.");
    }

    private static InvalidDataException SizeError(string name, int[] dimensions, string problem) =>
        new($"{name}: the header claims {string.Join(" × ", dimensions)} bytes, but {problem}.");

    /// <summary>Copies the elements into a temporary file.</summary>
    private static MappedBuffer MapElements(Stream stream, long count, string name, int offset, FileProgress fileProgress)
    {
        using var scratch = new ScratchFile(name);
        byte[] buffer = new byte[1 << 16];
        while (scratch.Length < count)
        {
            int got = stream.Read(buffer, 0, (int)Math.Min(buffer.Length, count - scratch.Length));
            if (got == 0)
            {
                throw TruncationError(name, offset + scratch.Length, offset + count);
            }

            scratch.Write(buffer.AsSpan(0, got));
            fileProgress.Report();
        }

        RequireEnd(stream, name, offset + count);
        return scratch.Map();
    }

    /// <summary>
    /// Allocates memory for all elements if the length of the file confirms their number; otherwise as bytes arrive, so
    /// that a false header costs no more memory than the file has content.
    /// </summary>
    private static byte[] ReadElements(Stream stream, int count, bool isExact, string name, int offset, FileProgress? fileProgress)
    {
        byte[] bytes = HugePages.NewUninitializedArray<byte>(isExact ? count : Math.Min(count, 1 << 20));
        int done = 0;
        while (done < count)
        {
            if (done == bytes.Length)
            {
                byte[] more = HugePages.NewUninitializedArray<byte>((int)Math.Min(count, 2L * done));
                bytes.CopyTo(more, 0);
                bytes = more;
            }

            int wanted = Math.Min(BytesAtOnce, bytes.Length - done), got = stream.ReadAtLeast(bytes.AsSpan(done, wanted), wanted, throwOnEndOfStream: false);
            done += got;
            if (got < wanted)
            {
                throw TruncationError(name, offset + done, offset + (long)count);
            }

            fileProgress?.Report();
        }

        RequireEnd(stream, name, offset + (long)count);
        return bytes;
    }

    private static InvalidDataException TruncationError(string name, long at, long end) =>
        new($"{name}: the data ends at byte {at} of {end}: it is truncated. Download the file again.");

    private static void RequireEnd(Stream stream, string name, long end)
    {
        if (stream.ReadByte() >= 0)
        {
            throw new InvalidDataException($"{name}: there is more data after byte {end}, where the data should end according to the header.");
        }
    }

    private static void ReadHeaderBytes(Stream stream, Span<byte> bytes, string name, int offset)
    {
        int got = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        if (got < bytes.Length)
        {
            throw new InvalidDataException($"{name}: the header ends at byte {offset + got}: this is not an IDX file, or only its beginning.");
        }
    }
}
