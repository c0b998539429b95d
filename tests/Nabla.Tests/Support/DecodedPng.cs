using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Nabla.Tests.Support;

/// <summary>Reads a plain PNG by the standard alone (ISO/IEC 15948): 8 bits, no interlacing, filter 0; checks every chunk on the way.</summary>
internal sealed record DecodedPng(int Width, int Height, int Channels, byte[] Pixels)
{
    public static DecodedPng Read(byte[] file)
    {
        Require(file.AsSpan(0, 8).SequenceEqual<byte>([137, 80, 78, 71, 13, 10, 26, 10]), "the signature is wrong");
        int at = 8;
        var chunks = new List<(string Type, byte[] Data)>();
        while (at < file.Length)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));
            ReadOnlySpan<byte> typeAndData = file.AsSpan(at + 4, 4 + length);
            Require(BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at + 8 + length)) == BitwiseCrc(typeAndData), "a checksum is wrong");
            chunks.Add((Encoding.ASCII.GetString(typeAndData[..4]), typeAndData[4..].ToArray()));
            at += 12 + length;
        }

        Require(chunks.Select(chunk => chunk.Type).SequenceEqual(["IHDR", "IDAT", "IEND"]), "the chunks are not header, data, end");
        byte[] header = chunks[0].Data;
        Require(header.Length == 13 && header.AsSpan(10).SequenceEqual<byte>([0, 0, 0]) && header[8] == 8, "the header is not that of a plain 8-bit image");
        int width = BinaryPrimitives.ReadInt32BigEndian(header), height = BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(4));
        int channels = header[9] switch { 0 => 1, 2 => 3, _ => throw new InvalidDataException($"colour type {header[9]}") };

        using var inflate = new ZLibStream(new MemoryStream(chunks[1].Data), CompressionMode.Decompress);
        using var plain = new MemoryStream();
        inflate.CopyTo(plain);
        byte[] rows = plain.ToArray();
        int stride = 1 + (width * channels);
        Require(rows.Length == height * stride, "the image has not the size of the header");
        byte[] pixels = new byte[height * (stride - 1)];
        for (int row = 0; row < height; row++)
        {
            Require(rows[row * stride] == 0, "a row is filtered");
            rows.AsSpan((row * stride) + 1, stride - 1).CopyTo(pixels.AsSpan(row * (stride - 1)));
        }

        return new DecodedPng(width, height, channels, pixels);
    }

    /// <summary>The bytes of a pixel.</summary>
    public byte[] At(int row, int column) => Pixels[(((row * Width) + column) * Channels)..(((row * Width) + column + 1) * Channels)];

    /// <summary>CRC-32 by its definition, a bit at a time.</summary>
    public static uint BitwiseCrc(ReadOnlySpan<byte> data)
    {
        uint remainder = uint.MaxValue;
        foreach (byte value in data)
        {
            for (int bit = 0; bit < 8; bit++)
            {
                bool odd = ((remainder ^ (uint)(value >> bit)) & 1) != 0;
                remainder = (remainder >> 1) ^ (odd ? 0xEDB88320 : 0);
            }
        }

        return ~remainder;
    }

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new InvalidDataException(otherwise);
        }
    }
}
