using System.Buffers.Binary;

namespace Nabla.Data.Images.Png;

/// <summary>Converts the samples of PNG rows to grey.</summary>
/// <remarks>
/// Red, green, blue and alpha lie in [0, M], M = 2^depth − 1. Grey samples count as red = green = blue, and samples
/// without alpha as alpha = M. The luminance is that of ITU-R BT.601 in thousandths, Y = (299·red + 587·green +
/// 114·blue)/1000. Over white the pixel is Y·alpha/M + M − alpha, scaled to [0, 255] and rounded half up once, so
/// opaque 8-bit greys are unchanged. Colour profiles and gamma are ignored.
/// </remarks>
internal sealed class PngGreys
{
    private readonly PngHeader header;
    private readonly int most;

    /// <summary>
    /// The grey of each sample value, for pixels of one sample of at most
    /// 8 bits; as long as the palette, if there is one. Otherwise empty.
    /// </summary>
    private readonly byte[] table = [];

    /// <summary>The colour that is fully transparent, or −1 if there is none.</summary>
    private readonly long transparent = -1;

    /// <param name="header">The header of the picture.</param>
    /// <param name="colours">The data of the PLTE chunk; empty if there is none.</param>
    /// <param name="transparency">The data of the tRNS chunk; empty if there is none.</param>
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
            // Only the lowest bits of each number count, as many as the depth.
            int red = BinaryPrimitives.ReadUInt16BigEndian(transparency) & most;
            transparent = transparency.Length < 6 ? Key(red, red, red)
                : Key(red, BinaryPrimitives.ReadUInt16BigEndian(transparency[2..]) & most, BinaryPrimitives.ReadUInt16BigEndian(transparency[4..]) & most);
        }

        if (header.Colour == PngColour.Grey && header.Depth <= 8)
        {
            table = [.. Enumerable.Range(0, most + 1).Select(sample => Opaque(sample, sample, sample))];
        }
    }

    /// <summary>Writes the grey pixels of a row.</summary>
    /// <param name="row">The packed samples, without the filter byte.</param>
    /// <param name="count">Number of pixels.</param>
    /// <param name="destination">The pixels, starting with the first of the row.</param>
    /// <param name="step">Distance from one pixel of the row to the next.</param>
    /// <returns>The first pixel whose colour is not in the palette, or −1.</returns>
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

    /// <summary>The luminance of a colour over white, in [0, 255].</summary>
    private static byte Grey(long red, long green, long blue, long alpha, long most)
    {
        // In units of 1/(1000·M²): below 2^43 for 16 bits.
        long whole = 1000 * most * most;
        long value = (((299 * red) + (587 * green) + (114 * blue)) * alpha) + (1000 * most * (most - alpha));
        return (byte)(((2 * 255 * value) + whole) / (2 * whole));
    }

    /// <summary>
    /// The luminance of a colour without alpha. The transparent colour, if there is one, becomes white.
    /// </summary>
    private byte Opaque(int red, int green, int blue) => Grey(red, green, blue, Key(red, green, blue) == transparent ? 0 : most, most);

    private static long Key(long red, long green, long blue) => (red << 32) | (green << 16) | blue;

    private int Sample(ReadOnlySpan<byte> row, int index) => header.Depth switch
    {
        8 => row[index],
        16 => BinaryPrimitives.ReadUInt16BigEndian(row[(2 * index)..]),
        int depth => (row[index * depth / 8] >> (8 - depth - (index * depth % 8))) & most,
    };
}
