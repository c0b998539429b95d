using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Nabla.Data.Files;

namespace Nabla.Models.Formats.Safetensors;

/// <summary>A safetensors file that tells whether it still is what was written: its metadata hold the SHA-256 of the whole file, with zeros in place of the digits.</summary>
internal static class SafetensorsChecksum
{
    /// <summary>The key of the metadata.</summary>
    public const string Key = "sha256";

    private const int Digits = 2 * SHA256.HashSizeInBytes;

    /// <summary>What stands in the metadata while the file is written.</summary>
    public static string Placeholder { get; } = new('0', Digits);

    private static byte[] Entry => Encoding.ASCII.GetBytes($"\"{Key}\":\"");

    /// <summary>Fills in the checksum of a file that was written from the start of the stream.</summary>
    /// <param name="stream">The file; at its end afterwards.</param>
    /// <param name="header">Its first bytes, with the placeholder.</param>
    /// <param name="hash">Over all that was written.</param>
    public static void Complete(Stream stream, ReadOnlySpan<byte> header, byte[] hash)
    {
        stream.Position = header.IndexOf(Entry) + Entry.Length;
        stream.Write(Encoding.ASCII.GetBytes(Convert.ToHexStringLower(hash)));
        stream.Seek(0, SeekOrigin.End);
    }

    /// <summary>Reads the whole file and compares.</summary>
    /// <exception cref="InvalidDataException">There is no checksum, or it is another.</exception>
    public static void Verify(SafetensorsReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        if (!reader.Metadata.TryGetValue(Key, out string? expected) || expected.Length != Digits)
        {
            throw new InvalidDataException($"{reader.FileName}: its metadata needs '{Key}', the checksum of the file.");
        }

        using FileStream stream = OrdinaryFile.OpenRead(reader.FileName, "a safetensors file");
        Span<byte> length = stackalloc byte[sizeof(long)];
        stream.ReadExactly(length);
        byte[] header = new byte[(int)BinaryPrimitives.ReadInt64LittleEndian(length)];
        stream.ReadExactly(header);
        int at = header.AsSpan().IndexOf(Entry);
        if (at < 0 || at + Entry.Length + Digits > header.Length)
        {
            throw new InvalidDataException($"{reader.FileName}: its metadata '{Key}' is not written as Nabla writes it.");
        }

        header.AsSpan(at + Entry.Length, Digits).Fill((byte)'0');
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(length);
        hash.AppendData(header);
        byte[] chunk = new byte[1 << 16];
        for (int got = stream.Read(chunk); got > 0; got = stream.Read(chunk))
        {
            hash.AppendData(chunk, 0, got);
        }

        if (Convert.ToHexStringLower(hash.GetHashAndReset()) != expected)
        {
            throw new InvalidDataException($"{reader.FileName}: the file is damaged: its content does not have the checksum that it was written with.");
        }
    }
}
