using System.Buffers.Binary;
using System.IO.Compression;

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

    /// <summary>Reads a file.</summary>
    /// <exception cref="InvalidDataException">The content is not what the format demands; the message says where.</exception>
    public static IdxContent Read(string path, int rank)
    {
        using FileStream file = File.OpenRead(path);
        if (!file.CanSeek)
        {
            throw new InvalidDataException($"{path}: is a pipe or a device, expected a file.");
        }

        return Read(file, file.Length, path, rank);
    }

    /// <summary>Reads a stream of known length; <paramref name="name"/> stands in messages.</summary>
    public static IdxContent Read(Stream stream, long length, string name, int rank)
    {
        Span<byte> start = stackalloc byte[2];
        int got = stream.ReadAtLeast(start, 2, throwOnEndOfStream: false);
        stream.Position = 0;
        bool gzipped = got == 2 && start[0] == 0x1F && start[1] == 0x8B;
        if (!gzipped)
        {
            return ReadPlain(stream, length, name, rank);
        }

        try
        {
            using var inflated = new GZipStream(stream, CompressionMode.Decompress);
            return ReadPlain(inflated, length * LargestInflation, name, rank, exact: false);
        }
        catch (InvalidDataException error) when (!error.Message.StartsWith(name, StringComparison.Ordinal))
        {
            throw new InvalidDataException($"{name}: the gzip data is damaged ({error.Message.TrimEnd('.')}). Fetch the file again.", error);
        }
    }

    private static IdxContent ReadPlain(Stream stream, long available, string name, int rank, bool exact = true)
    {
        Span<byte> header = stackalloc byte[4];
        ReadHeader(stream, header, name, 0);
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
        long elements = 1;
        for (int i = 0; i < rank; i++)
        {
            ReadHeader(stream, header, name, 4 + (4 * i));
            uint size = BinaryPrimitives.ReadUInt32BigEndian(header);
            if (size is 0 or > int.MaxValue)
            {
                throw new InvalidDataException($"{name}: byte {4 + (4 * i)}: dimension {i} is {size}, expected 1 to {int.MaxValue}.");
            }

            dimensions[i] = (int)size;
            // Both factors stay below 2^31. Held against the length alone, three sizes behind a gzip file of 4 MB could pass 2^63.
            elements = elements > Array.MaxLength ? long.MaxValue : elements * size;
        }

        int headerLength = 4 + (4 * rank);
        if (elements > Array.MaxLength || elements > available - headerLength || (exact && elements != available - headerLength))
        {
            throw new InvalidDataException(
                $"{name}: the header claims {string.Join(" × ", dimensions)} bytes, but the file {(exact ? $"has {available - headerLength}" : "cannot hold them")}: it is truncated or damaged. Fetch it again.");
        }

        return new IdxContent(dimensions, ReadElements(stream, (int)elements, name, headerLength));
    }

    /// <summary>Takes memory as the bytes arrive, so that a lie costs no more than the file is worth.</summary>
    private static byte[] ReadElements(Stream stream, int count, string name, int offset)
    {
        byte[] bytes = new byte[Math.Min(count, 1 << 20)];
        int done = 0;
        while (done < count)
        {
            if (done == bytes.Length)
            {
                Array.Resize(ref bytes, (int)Math.Min(count, 2L * bytes.Length));
            }

            int got = stream.Read(bytes, done, bytes.Length - done);
            if (got == 0)
            {
                throw new InvalidDataException($"{name}: the data ends at byte {offset + done} of {offset + (long)count}: it is truncated. Fetch the file again.");
            }

            done += got;
        }

        return stream.ReadByte() < 0
            ? bytes
            : throw new InvalidDataException($"{name}: there is more data behind byte {offset + (long)count}, where the header says the end is.");
    }

    private static void ReadHeader(Stream stream, Span<byte> bytes, string name, int offset)
    {
        int got = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        if (got < bytes.Length)
        {
            throw new InvalidDataException($"{name}: the header ends at byte {offset + got}: this is no IDX file, or only its beginning.");
        }
    }
}
