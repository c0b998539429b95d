using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;

namespace Nabla.Data.Images.Png;

/// <summary>Unpacks the rows of a PNG: zlib (RFC 1950), filters, passes.</summary>
internal sealed class PngRows
{
    /// <summary>Deflate cannot shrink by more than 1032 to 1, so a larger picture in the header is false.</summary>
    private const long LargestInflation = 1040;

    /// <summary>Bytes of the zlib header and of the checksum at the end.</summary>
    private const int ZlibFrame = 6;

    /// <summary>Number of bytes for which both sums stay below 2^32 (RFC 1950).</summary>
    private const int AdlerRun = 5552;

    private readonly PngHeader header;
    private readonly PngGreys greys;
    private readonly ReadOnlyMemory<byte> packed;
    private readonly string file;
    private readonly long offset;

    /// <summary>The two sums of Adler-32 over the unpacked bytes.</summary>
    private uint sum = 1;
    private uint sumOfSums;

    /// <param name="header">The header of the picture.</param>
    /// <param name="greys">Converts its samples to grey.</param>
    /// <param name="packed">The data of all IDAT chunks.</param>
    /// <param name="file">The name of the file, for messages.</param>
    /// <param name="offset">The offset of the first of them, for messages.</param>
    public PngRows(PngHeader header, PngGreys greys, ReadOnlyMemory<byte> packed, string file, long offset)
    {
        this.header = header;
        this.greys = greys;
        this.packed = packed;
        this.file = file;
        this.offset = offset;
    }

    /// <summary>Reads all pixels, [rows · columns].</summary>
    /// <exception cref="InvalidDataException">The data is damaged or does not match the picture.</exception>
    public byte[] Read()
    {
        RequireZlibHeader();
        long raw = header.RawLength;
        if (raw > packed.Length * LargestInflation)
        {
            throw Error($"{packed.Length} bytes cannot hold the {raw} bytes of a picture of {header.Shape}");
        }

        try
        {
            using var inflated = new ZLibStream(Packed(), CompressionMode.Decompress);
            byte[] pixels = ReadPasses(inflated);
            if (inflated.ReadByte() >= 0)
            {
                throw Error($"there are more than the {raw} bytes of a picture of {header.Shape}");
            }

            return RequireChecksum(pixels);
        }
        catch (Exception error) when (error is InvalidDataException or IOException && !error.Message.StartsWith(file, StringComparison.Ordinal))
        {
            throw Error($"the compression is damaged ({error.Message.TrimEnd('.')})");
        }
    }

    private MemoryStream Packed() => MemoryMarshal.TryGetArray(packed, out ArraySegment<byte> bytes)
        ? new MemoryStream(bytes.Array!, bytes.Offset, bytes.Count, writable: false)
        : new MemoryStream(packed.ToArray(), writable: false);

    private byte[] ReadPasses(ZLibStream inflated)
    {
        // Allocated only after the file has been found large enough to hold the pixels.
        byte[] pixels = new byte[header.Shape.Pixels];
        int bytesOfPixel = Math.Max(1, header.Channels * header.Depth / 8);
        foreach (PngPass pass in header.Passes)
        {
            int length = header.RowLength(pass), columns = pass.Columns(header.Shape);
            byte[] row = new byte[1 + length], above = new byte[1 + length];
            for (int i = 0; i < pass.Rows(header.Shape); i++)
            {
                int line = pass.Top + (i * pass.RowStep);
                int count = inflated.ReadAtLeast(row, row.Length, throwOnEndOfStream: false);
                if (count < row.Length)
                {
                    throw Error($"the data ends in row {line} of {header.Shape.Rows}: the file is truncated");
                }

                AddToChecksum(row);
                if (!PngFilters.Undo(row[0], row.AsSpan(1), above.AsSpan(1), bytesOfPixel))
                {
                    throw Error($"row {line} has filter {row[0]}, expected 0 to 4");
                }

                int wrong = greys.Write(row.AsSpan(1), columns, pixels.AsSpan((line * header.Shape.Columns) + pass.Left), pass.ColumnStep);
                if (wrong >= 0)
                {
                    throw Error($"row {line}, column {pass.Left + (wrong * pass.ColumnStep)}: the colour is not in the palette");
                }

                (row, above) = (above, row);
            }
        }

        return pixels;
    }

    /// <summary>
    /// Checks the two bytes of the zlib header: deflate, a window of
    /// at most 32 kB, no dictionary; as a number a multiple of 31.
    /// </summary>
    private void RequireZlibHeader()
    {
        ReadOnlySpan<byte> bytes = packed.Span;
        if (bytes.Length < ZlibFrame)
        {
            throw Error($"{bytes.Length} bytes of compressed data, expected at least {ZlibFrame}");
        }

        if ((bytes[0] & 0x0F) != 8 || bytes[0] >> 4 > 7 || (bytes[1] & 0x20) != 0 || ((bytes[0] << 8) | bytes[1]) % 31 != 0)
        {
            throw Error($"the compressed data begins with {bytes[0]:X2} {bytes[1]:X2}, which is not a zlib header such as 78 9C");
        }
    }

    /// <summary>Checks the checksum, because the platform does not notice the end of a truncated stream.</summary>
    private byte[] RequireChecksum(byte[] pixels)
    {
        uint actual = (sumOfSums << 16) | sum, expected = BinaryPrimitives.ReadUInt32BigEndian(packed.Span[^4..]);
        return actual == expected
            ? pixels
            : throw Error($"the checksum of the rows is {actual:X8}, but the data ends with {expected:X8}");
    }

    private void AddToChecksum(ReadOnlySpan<byte> bytes)
    {
        for (int start = 0; start < bytes.Length; start += AdlerRun)
        {
            foreach (byte value in bytes.Slice(start, Math.Min(AdlerRun, bytes.Length - start)))
            {
                sum += value;
                sumOfSums += sum;
            }

            sum %= 65521;
            sumOfSums %= 65521;
        }
    }

    private InvalidDataException Error(string problem) => new($"{file}: byte {offset}: IDAT: {problem}.");
}
