using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Nabla.Tests.Fuzzing;

/// <summary>Takes safetensors files apart and puts them together again with another header, whose length is right.</summary>
internal static class SafetensorsParts
{
    private const int LengthBytes = 8;

    public static byte[] Header(byte[] file) => file[LengthBytes..DataStart(file)];

    public static byte[] WithHeader(byte[] file, byte[] header)
    {
        byte[] length = new byte[LengthBytes];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        return [.. length, .. header, .. file[DataStart(file)..]];
    }

    /// <summary>What the metadata say of the model: a JSON text in a text of the header.</summary>
    public static byte[] Document(byte[] file) => Encoding.UTF8.GetBytes(JsonNode.Parse(Header(file))!["__metadata__"]!["model"]!.GetValue<string>());

    public static byte[] WithDocument(byte[] file, byte[] document)
    {
        JsonNode header = JsonNode.Parse(Header(file))!;
        header["__metadata__"]!["model"] = Encoding.UTF8.GetString(document);
        return WithHeader(file, Encoding.UTF8.GetBytes(header.ToJsonString()));
    }

    /// <summary>Makes the checksum of a checkpoint right, so that what is behind it is reached.</summary>
    public static byte[] WithChecksum(byte[] file)
    {
        const int Digits = 2 * SHA256.HashSizeInBytes;
        ReadOnlySpan<byte> entry = "\"sha256\":\""u8;
        int start = file.AsSpan().IndexOf(entry) + entry.Length;
        if (start >= entry.Length && start + Digits <= file.Length)
        {
            file.AsSpan(start, Digits).Fill((byte)'0');
            Encoding.ASCII.GetBytes(Convert.ToHexStringLower(SHA256.HashData(file))).CopyTo(file, start);
        }

        return file;
    }

    private static int DataStart(byte[] file) => LengthBytes + (int)BinaryPrimitives.ReadInt64LittleEndian(file);
}
