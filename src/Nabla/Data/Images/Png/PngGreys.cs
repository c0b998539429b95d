using System.Buffers.Binary;

namespace Nabla.Data.Images.Png;

/// <summary>Makes the samples of PNG rows grey.</summary>
/// <remarks>
/// With red, green, blue and alpha in [0, M], M = 2^depth − 1 (a grey is red = green = blue; no alpha is M), the luminance is that of ITU-R BT.601 in
/// whole thousandths, Y = (299·red + 587·green + 114·blue)/1000, and over white the pixel is Y·alpha/M + M − alpha, scaled to [0, 255] and
/// rounded half up once: opaque greys of 8 bits stay as they are. Samples are taken as they stand: colour profiles and gamma are not applied.
/// </remarks>
internal sealed class PngGreys
{
    private readonly PngHeader header;
    private readonly int most;

    /// <summary>The grey of each sample where a pixel has one of at most 8 bits; shorter than 2^depth where the palette is; otherwise empty.</summary>
    private readonly byte[] table = [];

    /// <summary>The colour that is fully transparent, or −1 where there is none.</summary>
    private readonly long transparent = -1;

    /// <param name="header">The kind of the samples.</param>
    /// <param name="colours">The chunk PLTE; empty where there is none.</param>
    /// <param name="transparency">The chunk tRNS; empty where there is none.</param>
    public PngGreys(PngHeader header, ReadOnlySpan<byte> colours, ReadOnlySpan<byte> transparency)
    {
        this.header = header;
        most = (1 << header.Depth) - 1;
        if (header.Colour == PngColour.Palette)
        {
            table = new byte[colours.Length / 3];
            for (int i = 0; i < table.Length; i++)
            {
                table[i] = Grey(colours[3 * i], colours[(3 * i) + 1], colours[(3 * i) + 2], i < transparency.Length ? transparency[i] : 255, 255);
            }
        }
        else if (transparency.Length >= 2)
        {
            // Of each number only the bits of the depth count.
            int red = BinaryPrimitives.ReadUInt16BigEndian(transparency) & most;
            transparent = transparency.Length < 6 ? Key(red, red, red)
                : Key(red, BinaryPrimitives.ReadUInt16BigEndian(transparency[2..]) & most, BinaryPrimitives.ReadUInt16BigEndian(transparency[4..]) & most);
        }

        if (header.Colour == PngColour.Grey && header.Depth <= 8)
        {
            table = [.. Enumerable.Range(0, most + 1).Select(sample => Opaque(sample, sample, sample))];
        }
    }

    /// <summary>Writes the pixels of a row.</summary>
    /// <param name="row">The samples as they are packed, without the filter.</param>
    /// <param name="count">Number of pixels.</param>
    /// <param name="destination">Where the first one goes.</param>
    /// <param name="step">How far the next one is.</param>
    /// <returns>−1, or the first pixel whose colour is not in the palette.</returns>
    public int Write(ReadOnlySpan<byte> row, int count, Span<byte> destination, int step)
    {
        int channels = header.Channels;
        for (int i = 0; i < count; i++)
        {
            int at = i * channels, first = Sample(row, at);
            if (table.Length > 0)
            {
                if (first >= table.Length)
                {
                    return i;
                }

                destination[i * step] = table[first];
                continue;
            }

            destination[i * step] = channels switch
            {
                1 => Opaque(first, first, first),
                2 => Grey(first, first, first, Sample(row, at + 1), most),
                3 => Opaque(first, Sample(row, at + 1), Sample(row, at + 2)),
                _ => Grey(first, Sample(row, at + 1), Sample(row, at + 2), Sample(row, at + 3), most),
            };
        }

        return -1;
    }

    /// <summary>The luminance over white, in [0, 255].</summary>
    private static byte Grey(long red, long green, long blue, long alpha, long most)
    {
        // In units of 1/(1000·M²): below 2^43 for 16 bits.
        long whole = 1000 * most * most;
        long value = (((299 * red) + (587 * green) + (114 * blue)) * alpha) + (1000 * most * (most - alpha));
        return (byte)(((2 * 255 * value) + whole) / (2 * whole));
    }

    /// <summary>The luminance of a colour without alpha: one of them may be transparent.</summary>
    private byte Opaque(int red, int green, int blue) => Grey(red, green, blue, Key(red, green, blue) == transparent ? 0 : most, most);

    private static long Key(long red, long green, long blue) => (red << 32) | (green << 16) | blue;

    private int Sample(ReadOnlySpan<byte> row, int index) => header.Depth switch
    {
        8 => row[index],
        16 => BinaryPrimitives.ReadUInt16BigEndian(row[(2 * index)..]),
        int depth => (row[index * depth / 8] >> (8 - depth - (index * depth % 8))) & most,
    };
}
