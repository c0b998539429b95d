using Nabla.Data.Files;
using Nabla.Data.Images.Pixels;

namespace Nabla.Data.Images.Png;

/// <summary>
/// Reads PNG pictures of every colour type, depth and interlace as grey ones, strictly (ISO/IEC 15948).
/// </summary>
/// <remarks>
/// <para>Colours become their luminance, (299·red + 587·green + 114·blue)/1000 (ITU-R BT.601), in integer arithmetic,
/// rounded once. Transparent pixels are blended over white, as viewers show them: most are dark ink on a transparent
/// background, which would vanish over black. Sixteen bits are scaled to eight by 255/65535.</para>
/// <para>Nothing in a file is trusted: lengths and checksums of all chunks and of the compressed rows are checked, and
/// memory is allocated only for what the file can hold. tRNS is the only ancillary chunk that is used. Data after IEND
/// is ignored, as in other readers.</para>
/// </remarks>
public static class PngReader
{
    /// <summary>
    /// Larger files are refused: they are not pictures for a network, and would have to be held in memory.
    /// </summary>
    private const long LargestFile = 1 << 28;

    /// <summary>Reads a file.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is not a PNG or is damaged; the message says where.</exception>
    public static GreyImage Read(string path)
    {
        using FileStream file = OrdinaryFile.OpenRead(path, "a PNG file");
        if (file.Length > LargestFile)
        {
            throw new InvalidDataException($"{path}: has {file.Length} bytes, more than the {LargestFile} that can be read. Make the picture smaller first.");
        }

        byte[] bytes = new byte[file.Length];
        int length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return Read(bytes.AsMemory(0, length), path);
    }

    /// <summary>Reads a file in memory.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="name">The name of the file, for messages.</param>
    /// <exception cref="InvalidDataException">The file is not a PNG or is damaged; the message says where.</exception>
    public static GreyImage Read(ReadOnlyMemory<byte> file, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var chunks = new PngChunks(file, name);
        PngHeader header = ReadHeader(chunks, name);
        ReadOnlyMemory<byte> palette = default, transparency = default;
        bool hasPalette = false, hasTransparency = false;
        while (chunks.Next("IDAT") is not "IDAT")
        {
            switch (chunks.Type)
            {
                case "PLTE":
                    RequirePalette(header, chunks, !hasPalette && !hasTransparency);
                    (palette, hasPalette) = (chunks.Data, true);
                    break;
                case "tRNS":
                    RequireTransparency(header, chunks, palette.Length / 3, !hasTransparency);
                    (transparency, hasTransparency) = (chunks.Data, true);
                    break;
                default:
                    chunks.RequireAncillary();
                    break;
            }
        }

        if (header.Colour == PngColour.Palette && !hasPalette)
        {
            throw chunks.Error("the picture has palette colours, but no PLTE chunk before its data");
        }

        long offset = chunks.Offset;
        ReadOnlyMemory<byte> packed = chunks.CollectData();
        while (chunks.Type != "IEND")
        {
            chunks.RequireAncillary();
            chunks.Next("IEND");
        }

        if (!chunks.Data.IsEmpty)
        {
            throw chunks.Error($"IEND has {chunks.Data.Length} bytes of data, expected none");
        }

        var greys = new PngGreys(header, palette.Span, transparency.Span);
        return new GreyImage(header.Shape, new PngRows(header, greys, packed, name, offset).Read());
    }

    private static PngHeader ReadHeader(PngChunks chunks, string name) => chunks.Next("IHDR") != "IHDR" || chunks.Data.Length != PngHeader.Length
        ? throw chunks.Error($"the first chunk is {chunks.Type} of {chunks.Data.Length} bytes, expected IHDR of {PngHeader.Length}")
        : PngHeader.Read(chunks.Data.Span, name, chunks.Offset + 8);

    private static void RequirePalette(PngHeader header, PngChunks chunks, bool isInPlace)
    {
        int length = chunks.Data.Length, most = header.Colour == PngColour.Palette ? 1 << header.Depth : 256;
        if (header.Colour is PngColour.Grey or PngColour.GreyAlpha || !isInPlace)
        {
            throw chunks.Error(isInPlace ? "a grey picture has a palette" : "PLTE is repeated or comes after tRNS");
        }

        if (length == 0 || length % 3 != 0 || length / 3 > most)
        {
            throw chunks.Error($"PLTE has {length} bytes, expected three for each of 1 to {most} colours");
        }
    }

    private static void RequireTransparency(PngHeader header, PngChunks chunks, int colours, bool isFirst)
    {
        int length = chunks.Data.Length;
        bool fits = header.Colour switch
        {
            PngColour.Grey => length == 2,
            PngColour.Red => length == 6,
            PngColour.Palette => length >= 1 && length <= colours,
            _ => false,
        };
        if (!fits || !isFirst)
        {
            throw chunks.Error(isFirst ? $"tRNS of {length} bytes does not belong to colour type {(int)header.Colour} with {colours} palette colours" : "tRNS is repeated");
        }
    }
}
