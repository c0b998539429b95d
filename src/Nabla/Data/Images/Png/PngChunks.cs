using System.Buffers.Binary;
using System.Text;

namespace Nabla.Data.Images.Png;

/// <summary>Goes through the chunks of a PNG, and holds their lengths and checksums against the file.</summary>
internal sealed class PngChunks
{
    /// <summary>Length, type and checksum of a chunk.</summary>
    private const int Frame = 12;

    private readonly ReadOnlyMemory<byte> file;
    private readonly string name;
    private int next;

    /// <param name="file">All of it.</param>
    /// <param name="name">What it is called, in messages.</param>
    /// <exception cref="InvalidDataException">It does not begin as a PNG does.</exception>
    public PngChunks(ReadOnlyMemory<byte> file, string name)
    {
        this.file = file;
        this.name = name;
        ReadOnlySpan<byte> signature = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];
        if (!file.Span.StartsWith(signature))
        {
            throw new InvalidDataException($"{name}: byte 0: {What(file.Span, signature)}.");
        }

        next = signature.Length;
    }

    /// <summary>Four letters; of a critical chunk the first is a capital.</summary>
    public string Type { get; private set; } = "";

    /// <summary>What stands in the chunk.</summary>
    public ReadOnlyMemory<byte> Data { get; private set; }

    /// <summary>Where the chunk begins, with its length.</summary>
    public int Offset { get; private set; }

    /// <summary>Goes to the next chunk.</summary>
    /// <param name="expected">What is missing if there is none, for the message.</param>
    /// <returns>Its type.</returns>
    /// <exception cref="InvalidDataException">The file ends, or the chunk is damaged.</exception>
    public string Next(string expected)
    {
        ReadOnlySpan<byte> rest = file.Span[next..];
        if (rest.Length < Frame)
        {
            throw new InvalidDataException($"{name}: byte {next}: the file ends before its {expected} chunk: it is cut off. Fetch it again.");
        }

        Offset = next;
        uint length = BinaryPrimitives.ReadUInt32BigEndian(rest);
        ReadOnlySpan<byte> type = rest.Slice(4, 4);
        Type = Encoding.Latin1.GetString(type);
        if (!Type.All(char.IsAsciiLetter))
        {
            Type = Convert.ToHexString(type);
            throw Wrong($"a chunk of type {Type}, expected four letters");
        }

        if (length > rest.Length - Frame)
        {
            throw Wrong($"{Type} claims {length} bytes, but {rest.Length - Frame} are left: the file is cut off or damaged. Fetch it again");
        }

        Data = file.Slice(next + 8, (int)length);
        uint expectedCrc = BinaryPrimitives.ReadUInt32BigEndian(rest[(8 + (int)length)..]), actual = PngWriter.Crc(type, Data.Span);
        if (actual != expectedCrc)
        {
            throw Wrong($"{Type} has the checksum {actual:X8}, but {expectedCrc:X8} stands behind it: the file is damaged. Fetch it again");
        }

        next += Frame + (int)length;
        return Type;
    }

    /// <summary>From the first IDAT chunk, goes over all that follow it without a gap, to the chunk behind them.</summary>
    /// <returns>Their data in one piece.</returns>
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

    /// <summary>Requires that the chunk may be passed over: it is none that decides what the picture looks like.</summary>
    /// <exception cref="InvalidDataException">It is critical, and either unknown or out of place.</exception>
    public void RequireAncillary()
    {
        if (Type is "IHDR" or "PLTE" or "IDAT" or "IEND" or "tRNS")
        {
            throw Wrong($"{Type} comes again, or is out of place");
        }

        if (char.IsAsciiLetterUpper(Type[0]))
        {
            throw Wrong($"the critical chunk {Type} is none that PNG knows");
        }
    }

    /// <summary>What is wrong with the chunk.</summary>
    public InvalidDataException Wrong(string what) => new($"{name}: byte {Offset}: {what}.");

    private static string What(ReadOnlySpan<byte> file, ReadOnlySpan<byte> signature) =>
        file.IsEmpty ? "the file is empty"
        : signature.StartsWith(file) ? "the file is cut off within the first eight bytes of a PNG"
        : file.StartsWith<byte>([0xFF, 0xD8, 0xFF]) ? "this is a JPEG picture, and only PNG is read. Convert it, such as with: magick FILE.jpg FILE.png"
        : file.StartsWith("GIF8"u8) ? "this is a GIF picture, and only PNG is read. Convert it, such as with: magick FILE.gif FILE.png"
        : $"a PNG file starts with {Convert.ToHexString(signature)}, this one with {Convert.ToHexString(file[..Math.Min(8, file.Length)])}";
}
