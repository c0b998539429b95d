using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Nabla.Data.Files;

namespace Nabla.Models.Formats.Safetensors;

/// <summary>The checksum of a safetensors file: the metadata holds the SHA-256 of the whole file, computed with zeros in place of its digits.</summary>
internal static class SafetensorsChecksum
{
    /// <summary>The metadata key.</summary>
    public const string Key = "sha256";

    private const int Digits = 2 * SHA256.HashSizeInBytes;

    /// <summary>The metadata value while the file is being written.</summary>
    public static string Placeholder { get; } = new('0', Digits);

    private static byte[] Entry => Encoding.ASCII.GetBytes($"\"{Key}\":\"");

    /// <summary>Fills in the checksum of a file that starts at the start of the stream.</summary>
    /// <param name="stream">The file; its position is at the end afterwards.</param>
    /// <param name="header">Its first bytes, with the placeholder.</param>
    /// <param name="hash">The hash of everything written.</param>
    public static void Complete(Stream stream, ReadOnlySpan<byte> header, byte[] hash)
    {
        stream.Position = header.IndexOf(Entry) + Entry.Length;
        stream.Write(Encoding.ASCII.GetBytes(Convert.ToHexStringLower(hash)));
        stream.Seek(0, SeekOrigin.End);
    }

    /// <summary>Reads the whole file and compares.</summary>
    /// <exception cref="InvalidDataException">The checksum is missing or different.</exception>
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
            throw new InvalidDataException($"{reader.FileName}: its metadata '{Key}' is not in Nabla's form.");
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
            throw new InvalidDataException($"{reader.FileName}: the file is damaged: its content does not match its checksum.");
        }
    }
}
