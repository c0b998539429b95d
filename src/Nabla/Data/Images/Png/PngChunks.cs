using System.Buffers.Binary;
using System.Text;

namespace Nabla.Data.Images.Png;

/// <summary>Reads the chunks of a PNG one by one, and checks their lengths and checksums.</summary>
internal sealed class PngChunks
{
    /// <summary>Bytes of length, type and checksum of a chunk.</summary>
    private const int Frame = 12;

    private readonly ReadOnlyMemory<byte> file;
    private readonly string name;
    private int next;

    /// <param name="file">The whole file.</param>
    /// <param name="name">The name of the file, for messages.</param>
    /// <exception cref="InvalidDataException">The file does not begin with the signature of a PNG.</exception>
    public PngChunks(ReadOnlyMemory<byte> file, string name)
    {
        this.file = file;
        this.name = name;
        ReadOnlySpan<byte> signature = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];
        if (!file.Span.StartsWith(signature))
        {
            throw new InvalidDataException($"{name}: byte 0: {DescribeSignature(file.Span, signature)}.");
        }

        next = signature.Length;
    }

    /// <summary>The type of the chunk: four letters. The first letter of a critical chunk is a capital.</summary>
    public string Type { get; private set; } = "";

    /// <summary>The data of the chunk.</summary>
    public ReadOnlyMemory<byte> Data { get; private set; }

    /// <summary>The offset of the chunk in the file.</summary>
    public int Offset { get; private set; }

    /// <summary>Moves to the next chunk.</summary>
    /// <param name="expected">The chunk that is missing if the file ends, for messages.</param>
    /// <returns>The type of the chunk.</returns>
    /// <exception cref="InvalidDataException">The file ends, or the chunk is damaged.</exception>
    public string Next(string expected)
    {
        ReadOnlySpan<byte> rest = file.Span[next..];
        if (rest.Length < Frame)
        {
            throw new InvalidDataException($"{name}: byte {next}: the file ends before its {expected} chunk: it is truncated. Download it again.");
        }

        Offset = next;
        uint length = BinaryPrimitives.ReadUInt32BigEndian(rest);
        ReadOnlySpan<byte> type = rest.Slice(4, 4);
        Type = Encoding.Latin1.GetString(type);
        if (!Type.All(char.IsAsciiLetter))
        {
            Type = Convert.ToHexString(type);
            throw Error($"a chunk of type {Type}, expected four letters");
        }

        if (length > rest.Length - Frame)
        {
            throw Error($"{Type} claims {length} bytes, but {rest.Length - Frame} are left: the file is truncated or damaged. Download it again");
        }

        Data = file.Slice(next + 8, (int)length);
        uint expectedCrc = BinaryPrimitives.ReadUInt32BigEndian(rest[(8 + (int)length)..]), actual = PngWriter.Crc(type, Data.Span);
        if (actual != expectedCrc)
        {
            throw Error($"{Type} has the checksum {actual:X8}, but the file states {expectedCrc:X8}: it is damaged. Download it again");
        }

        next += Frame + (int)length;
        return Type;
    }

    /// <summary>
    /// Collects the data of this IDAT chunk and of all IDAT chunks
    /// directly after it, and moves to the chunk after them.
    /// </summary>
    /// <returns>The data of all of them.</returns>
    public ReadOnlyMemory<byte> CollectData()
    {
        var pieces = new List<ReadOnlyMemory<byte>>();
        long length = 0;
        do
        {
            pieces.Add(Data);
            length += Data.Length;
        }
        while (Next("IEND") == "IDAT");

        if (pieces.Count == 1)
        {
            return pieces[0];
        }

        byte[] all = new byte[length];
        int at = 0;
        foreach (ReadOnlyMemory<byte> piece in pieces)
        {
            piece.CopyTo(all.AsMemory(at));
            at += piece.Length;
        }

        return all;
    }

    /// <summary>Requires that the chunk can be skipped: that it does not decide how the picture looks.</summary>
    /// <exception cref="InvalidDataException">The chunk is critical, and unknown or out of place.</exception>
    public void RequireAncillary()
    {
        if (Type is "IHDR" or "PLTE" or "IDAT" or "IEND" or "tRNS")
        {
            throw Error($"{Type} is repeated or out of place");
        }

        if (char.IsAsciiLetterUpper(Type[0]))
        {
            throw Error($"the critical chunk {Type} is unknown");
        }
    }

    /// <summary>An error in the chunk.</summary>
    public InvalidDataException Error(string problem) => new($"{name}: byte {Offset}: {problem}.");

    private static string DescribeSignature(ReadOnlySpan<byte> file, ReadOnlySpan<byte> signature) =>
        file.IsEmpty ? "the file is empty"
        : signature.StartsWith(file) ? "the file ends within the first eight bytes of a PNG"
        : file.StartsWith<byte>([0xFF, 0xD8, 0xFF]) ? "this is a JPEG picture, and only PNG can be read. Convert it, for example with: magick FILE.jpg FILE.png"
        : file.StartsWith("GIF8"u8) ? "this is a GIF picture, and only PNG can be read. Convert it, for example with: magick FILE.gif FILE.png"
        : $"a PNG file starts with {Convert.ToHexString(signature)}, this one with {Convert.ToHexString(file[..Math.Min(8, file.Length)])}";
}
