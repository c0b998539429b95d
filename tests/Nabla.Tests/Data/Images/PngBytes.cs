using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Nabla.Tests.Support;

namespace Nabla.Tests.Data.Images;

/// <summary>Builds PNG files from their parts, also invalid ones.</summary>
internal static class PngBytes
{
    public static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>A file of chunks after the signature.</summary>
    public static byte[] File(params byte[][] chunks) => [.. Signature, .. chunks.SelectMany(chunk => chunk)];

    /// <summary>An 8-bit grey picture. Each row starts with its filter.</summary>
    public static byte[] Grey(int columns, int rows, params byte[] raw) => File(Header(columns, rows, 8, 0), Data(raw), End);

    public static byte[] End => Chunk("IEND");

    public static byte[] Header(uint columns, uint rows, byte depth, byte colour, byte interlace = 0)
    {
        byte[] data = [0, 0, 0, 0, 0, 0, 0, 0, depth, colour, 0, 0, interlace];
        BinaryPrimitives.WriteUInt32BigEndian(data, columns);
        BinaryPrimitives.WriteUInt32BigEndian(data.AsSpan(4), rows);
        return Chunk("IHDR", data);
    }

    public static byte[] Header(int columns, int rows, byte depth, byte colour) => Header((uint)columns, (uint)rows, depth, colour);

    public static byte[] Data(params byte[] raw) => Chunk("IDAT", Deflate(raw));

    public static byte[] Deflate(ReadOnlySpan<byte> raw)
    {
        using var packed = new MemoryStream();
        using (var deflate = new ZLibStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            deflate.Write(raw);
        }

        return packed.ToArray();
    }

    public static byte[] Chunk(string type, params byte[] data)
    {
        byte[] chunk = [0, 0, 0, 0, .. Encoding.ASCII.GetBytes(type), .. data, 0, 0, 0, 0];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(8 + data.Length), DecodedPng.BitwiseCrc(chunk.AsSpan(4, 4 + data.Length)));
        return chunk;
    }

    /// <summary>
    /// Corrects the checksums of all chunks that their lengths lead to, so that the reader gets past them.
    /// </summary>
    public static byte[] Repair(byte[] file)
    {
        for (long at = 8; at + 12 <= file.Length;)
        {
            long length = BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan((int)at));
            if (at + 12 + length > file.Length)
            {
                break;
            }

            BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan((int)(at + 8 + length)), DecodedPng.BitwiseCrc(file.AsSpan((int)at + 4, 4 + (int)length)));
            at += 12 + length;
        }

        return file;
    }
}
