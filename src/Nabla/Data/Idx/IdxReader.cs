using System.Buffers.Binary;
using System.IO.Compression;
using Nabla.Data.Files;
using Nabla.Data.Storage;
using Nabla.Numerics.Memory;

namespace Nabla.Data.Idx;

/// <summary>The content of an IDX file: unsigned bytes and their dimensions.</summary>
/// <param name="Dimensions">Sizes from the slowest to the fastest index.</param>
/// <param name="Bytes">The elements.</param>
internal sealed record IdxContent(int[] Dimensions, byte[] Bytes);

/// <summary>Reads IDX files of unsigned bytes, plain or gzipped (told by their first bytes, not by their name).</summary>
/// <remarks>Nothing is believed: a claimed size is held against the file's length before memory is taken.</remarks>
internal static class IdxReader
{
    /// <summary>Deflate cannot shrink more than 1032 to 1, so a larger claim is a lie.</summary>
    private const long LargestInflation = 1040;

    private const byte UnsignedByte = 0x08;

    /// <summary>Bytes that are read before the next share is told.</summary>
    private const int BytesAtOnce = 1 << 20;

    /// <summary>Images, rows, columns.</summary>
    private const int ImageRank = 3;

    /// <summary>Reads a file.</summary>
    /// <exception cref="InvalidDataException">The content is not what the format demands; the message says where.</exception>
    public static IdxContent Read(string path, int rank)
    {
        using FileStream file = OrdinaryFile.OpenRead(path, "an IDX file");
        return Read(file, file.Length, path, rank);
    }

    /// <summary>Reads a stream of known length; <paramref name="name"/> stands in messages.</summary>
    public static IdxContent Read(Stream stream, long length, string name, int rank) => Unpack(stream, length, name, (plain, available, exact) =>
    {
        (int[] dimensions, long elements) = ReadHeader(plain, available, name, rank, exact);
        return elements <= Array.MaxLength
            ? new IdxContent(dimensions, ReadElements(plain, (int)elements, exact, name, HeaderLength(rank), null))
            : throw Claims(name, dimensions, $"at most {Array.MaxLength} can be held");
    });

    /// <summary>Opens images: in the memory where the budget has room for them; otherwise in the file itself, or, if it is gzipped, in a temporary one.</summary>
    /// <returns>The pixels of all images, and the shape of one.</returns>
    /// <exception cref="InvalidDataException">The content is not what the format demands; the message says where.</exception>
    public static (IInputStorage Pixels, ImageShape Shape) OpenImages(string path, MemoryBudget budget, IProgress<double>? reading = null)
    {
        FileStream file = OrdinaryFile.OpenRead(path, "an IDX file");
        var share = new ReadingShare(file, reading);
        bool isMapped = false;
        try
        {
            return Unpack(file, file.Length, path, (plain, available, exact) =>
            {
                (int[] dimensions, long elements) = ReadHeader(plain, available, path, ImageRank, exact);
                long pixels = (long)dimensions[1] * dimensions[2];
                if (pixels > Array.MaxLength)
                {
                    throw Claims(path, dimensions, $"an image has at most {Array.MaxLength} pixels");
                }

                var shape = new ImageShape(dimensions[1], dimensions[2]);
                if (elements <= Array.MaxLength && budget.TryTake(elements))
                {
                    return (new ByteInputs(ReadElements(plain, (int)elements, exact, path, HeaderLength(ImageRank), share), shape.Pixels), shape);
                }

                isMapped = ReferenceEquals(plain, file);
                return ((IInputStorage)new MappedByteInputs(
                    isMapped ? new MappedBuffer(file, HeaderLength(ImageRank), elements) : MapElements(plain, elements, path, HeaderLength(ImageRank), share), shape.Pixels, isShared: isMapped), shape);
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

    /// <summary>Reads what a stream holds, from its start, gzipped or not. The reader gets the content, how long it may be, and whether it is exactly so long.</summary>
    private static T Unpack<T>(Stream stream, long length, string name, Func<Stream, long, bool, T> read)
    {
        Span<byte> start = stackalloc byte[2];
        int got = stream.ReadAtLeast(start, 2, throwOnEndOfStream: false);
        stream.Position = 0;
        bool gzipped = got == 2 && start[0] == 0x1F && start[1] == 0x8B;
        if (!gzipped)
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
            throw new InvalidDataException($"{name}: the gzip data is damaged ({error.Message.TrimEnd('.')}). Fetch the file again.", error);
        }
    }

    private static int HeaderLength(int rank) => 4 + (4 * rank);

    private static (int[] Dimensions, long Elements) ReadHeader(Stream stream, long available, string name, int rank, bool exact)
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
            // Three sizes below 2^31 pass 64 bits, but not 128.
            elements *= size;
        }

        long held = available - HeaderLength(rank);
        if (elements > held || (exact && elements != held))
        {
            throw Claims(name, dimensions, $"the file {(exact ? $"has {held}" : "cannot hold them")}: it is truncated or damaged. Fetch it again");
        }

        return exact || !Inflation.IsBomb((long)elements, available / LargestInflation)
            ? (dimensions, (long)elements)
            : throw new InvalidDataException($"{name}: its {available / LargestInflation} bytes unpack to more than {Inflation.Largest} times as many, which no set of images does. Unpack it first if it is one.");
    }

    private static InvalidDataException Claims(string name, int[] dimensions, string but) =>
        new($"{name}: the header claims {string.Join(" × ", dimensions)} bytes, but {but}.");

    /// <summary>Takes a temporary file as the bytes arrive.</summary>
    private static MappedBuffer MapElements(Stream stream, long count, string name, int offset, ReadingShare share)
    {
        using var scratch = new ScratchFile(name);
        byte[] buffer = new byte[1 << 16];
        while (scratch.Length < count)
        {
            int got = stream.Read(buffer, 0, (int)Math.Min(buffer.Length, count - scratch.Length));
            if (got == 0)
            {
                throw Ends(name, offset + scratch.Length, offset + count);
            }

            scratch.Write(buffer.AsSpan(0, got));
            share.Tell();
        }

        RequireEnd(stream, name, offset + count);
        return scratch.Map();
    }

    /// <summary>Takes memory for all elements where the length of the file proves them; otherwise as the bytes arrive, so that a lie costs no more than the file is worth.</summary>
    private static byte[] ReadElements(Stream stream, int count, bool exact, string name, int offset, ReadingShare? share)
    {
        byte[] bytes = HugePages.NewUninitializedArray<byte>(exact ? count : Math.Min(count, 1 << 20));
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
                throw Ends(name, offset + done, offset + (long)count);
            }

            share?.Tell();
        }

        RequireEnd(stream, name, offset + (long)count);
        return bytes;
    }

    private static InvalidDataException Ends(string name, long at, long end) =>
        new($"{name}: the data ends at byte {at} of {end}: it is truncated. Fetch the file again.");

    private static void RequireEnd(Stream stream, string name, long end)
    {
        if (stream.ReadByte() >= 0)
        {
            throw new InvalidDataException($"{name}: there is more data behind byte {end}, where the header says the end is.");
        }
    }

    private static void ReadHeaderBytes(Stream stream, Span<byte> bytes, string name, int offset)
    {
        int got = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        if (got < bytes.Length)
        {
            throw new InvalidDataException($"{name}: the header ends at byte {offset + got}: this is no IDX file, or only its beginning.");
        }
    }
}
