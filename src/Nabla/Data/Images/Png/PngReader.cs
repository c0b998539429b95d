using Nabla.Data.Files;
using Nabla.Data.Images.Pixels;

namespace Nabla.Data.Images.Png;

/// <summary>Reads PNG pictures as grey ones (ISO/IEC 15948): every colour type, depth and interlace, strictly.</summary>
/// <remarks>
/// <para>Colours become their luminance, (299·red + 587·green + 114·blue)/1000 (ITU-R BT.601), in whole numbers rounded once. What is transparent is laid
/// over white, as viewers show it: ink on nothing is the common case, and over black dark ink would be lost. Sixteen bits are scaled to eight by 255/65535.</para>
/// <para>Nothing is believed: lengths and checksums of all chunks and of the compressed rows are checked, and memory is taken only for what the
/// file can hold. Of the ancillary chunks tRNS alone is looked at. What stands behind IEND is passed over, as all readers do.</para>
/// </remarks>
public static class PngReader
{
    /// <summary>A larger file is no picture for a network, and would have to be held in memory.</summary>
    private const long LargestFile = 1 << 28;

    /// <summary>Reads a file.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is no PNG or is damaged; the message says where.</exception>
    public static GreyImage Read(string path)
    {
        using FileStream file = OrdinaryFile.OpenRead(path, "a PNG file");
        if (file.Length > LargestFile)
        {
            throw new InvalidDataException($"{path}: has {file.Length} bytes, more than the {LargestFile} of the largest PNG that is read. Make the picture smaller first.");
        }

        byte[] bytes = new byte[file.Length];
        int got = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return Read(bytes.AsMemory(0, got), path);
    }

    /// <summary>Reads the bytes of a file.</summary>
    /// <param name="file">All of it.</param>
    /// <param name="name">What it is called, in messages.</param>
    /// <exception cref="InvalidDataException">It is no PNG or is damaged; the message says where.</exception>
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
            throw chunks.Wrong("the picture has palette colours, but no PLTE chunk stands before its data");
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
            throw chunks.Wrong($"IEND has {chunks.Data.Length} bytes of data, expected none");
        }

        var greys = new PngGreys(header, palette.Span, transparency.Span);
        return new GreyImage(header.Shape, new PngRows(header, greys, packed, name, offset).Read());
    }

    private static PngHeader ReadHeader(PngChunks chunks, string name) => chunks.Next("IHDR") != "IHDR" || chunks.Data.Length != PngHeader.Length
        ? throw chunks.Wrong($"the first chunk is {chunks.Type} of {chunks.Data.Length} bytes, expected IHDR of {PngHeader.Length}")
        : PngHeader.Read(chunks.Data.Span, name, chunks.Offset + 8);

    private static void RequirePalette(PngHeader header, PngChunks chunks, bool isInPlace)
    {
        int length = chunks.Data.Length, most = header.Colour == PngColour.Palette ? 1 << header.Depth : 256;
        if (header.Colour is PngColour.Grey or PngColour.GreyAlpha || !isInPlace)
        {
            throw chunks.Wrong(isInPlace ? "a grey picture has a palette" : "PLTE comes again, or behind tRNS");
        }

        if (length == 0 || length % 3 != 0 || length / 3 > most)
        {
            throw chunks.Wrong($"PLTE has {length} bytes, expected three each for 1 to {most} colours");
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
            throw chunks.Wrong(isFirst ? $"tRNS of {length} bytes does not belong to colour type {(int)header.Colour} with {colours} palette colours" : "tRNS comes again");
        }
    }
}
