using System.Buffers.Binary;
using System.IO.Compression;

namespace Nabla.Data.Images.Png;

/// <summary>Writes 8-bit PNG images, grey or RGB (ISO/IEC 15948).</summary>
public static class PngWriter
{
    private static readonly uint[] CrcTable = [.. Enumerable.Range(0, 256).Select(i => CrcOf((uint)i))];

    /// <summary>Writes a grey image.</summary>
    /// <param name="stream">The destination.</param>
    /// <param name="pixels">Row by row, [rows · columns].</param>
    /// <param name="columns">Width, at least 1.</param>
    /// <exception cref="ArgumentException">The pixels are not a whole number of rows.</exception>
    public static void WriteGrey(Stream stream, ReadOnlySpan<byte> pixels, int columns) => Write(stream, pixels, columns, 1, 0);

    /// <summary>Writes a colour image.</summary>
    /// <param name="stream">The destination.</param>
    /// <param name="pixels">Red, green, blue of each pixel, row by row, [rows · columns · 3].</param>
    /// <param name="columns">Width, at least 1.</param>
    /// <exception cref="ArgumentException">The pixels are not a whole number of rows.</exception>
    public static void WriteColour(Stream stream, ReadOnlySpan<byte> pixels, int columns) => Write(stream, pixels, columns, 3, 2);

    /// <summary>
    /// CRC-32 of two consecutive pieces, as in PNG and gzip: reflected
    /// polynomial 0xEDB88320, initial value and final XOR all ones.
    /// </summary>
    internal static uint Crc(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        return ~Continue(Continue(uint.MaxValue, first), second);

        static uint Continue(uint crc, ReadOnlySpan<byte> bytes)
        {
            foreach (byte value in bytes)
            {
                crc = CrcTable[(byte)(crc ^ value)] ^ (crc >> 8);
            }

            return crc;
        }
    }

    private static void Write(Stream stream, ReadOnlySpan<byte> pixels, int columns, int channels, byte colourType)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        long rowLength = (long)columns * channels;
        if (pixels.Length == 0 || pixels.Length % rowLength != 0)
        {
            throw new ArgumentException($"{pixels.Length} bytes are not a whole number of rows of {columns} pixels with {rowLength} bytes each.", nameof(pixels));
        }

        int row = (int)rowLength;

        stream.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);
        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, columns);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], pixels.Length / row);
        header[8] = 8;
        header[9] = colourType;
        header[10..].Clear();
        WriteChunk(stream, "IHDR"u8, header);

        using var compressed = new MemoryStream();
        using (var deflate = new ZLibStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
        {
            for (int start = 0; start < pixels.Length; start += row)
            {
                // Filter 0 leaves the row unchanged.
                deflate.WriteByte(0);
                deflate.Write(pixels.Slice(start, row));
            }
        }

        WriteChunk(stream, "IDAT"u8, compressed.GetBuffer().AsSpan(0, (int)compressed.Length));
        WriteChunk(stream, "IEND"u8, []);
    }

    private static void WriteChunk(Stream stream, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        stream.Write(number);
        stream.Write(type);
        stream.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc(type, data));
        stream.Write(number);
    }

    private static uint CrcOf(uint value)
    {
        for (int bit = 0; bit < 8; bit++)
        {
            value = (value & 1) == 1 ? 0xEDB88320 ^ (value >> 1) : value >> 1;
        }

        return value;
    }
}
