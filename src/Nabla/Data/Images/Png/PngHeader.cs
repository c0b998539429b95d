using System.Buffers.Binary;

namespace Nabla.Data.Images.Png;

/// <summary>The colour types of PNG (ISO/IEC 15948, table 11.1).</summary>
internal enum PngColour
{
    Grey = 0,
    Red = 2,
    Palette = 3,
    GreyAlpha = 4,
    RedAlpha = 6,
}

/// <summary>The header of a PNG: its first chunk.</summary>
/// <param name="Shape">Rows × columns.</param>
/// <param name="Depth">Number of bits per sample.</param>
/// <param name="Colour">The colour type.</param>
/// <param name="IsInterlaced">Whether the rows are stored in the seven passes of Adam7.</param>
internal readonly record struct PngHeader(ImageShape Shape, int Depth, PngColour Colour, bool IsInterlaced)
{
    /// <summary>Number of bytes of the chunk.</summary>
    public const int Length = 13;

    /// <summary>
    /// Larger pictures are refused: a file of 16 kB can hold this many black pixels, and each takes a byte of memory.
    /// </summary>
    public const int MaxPixels = 1 << 27;

    /// <summary>Longer sides are refused, so that the two rows in memory stay below 16 MB.</summary>
    private const int LongestSide = 1_000_000;

    /// <summary>The passes of Adam7: first row and column, and the distance to the next ones.</summary>
    private static readonly PngPass[] Adam7 =
        [new(0, 0, 8, 8), new(0, 4, 8, 8), new(4, 0, 8, 4), new(0, 2, 4, 4), new(2, 0, 4, 2), new(0, 1, 2, 2), new(1, 0, 2, 1)];

    private static readonly PngPass[] Whole = [new(0, 0, 1, 1)];

    /// <summary>Number of samples per pixel.</summary>
    public int Channels => Colour switch
    {
        PngColour.Grey or PngColour.Palette => 1,
        PngColour.GreyAlpha => 2,
        PngColour.Red => 3,
        _ => 4,
    };

    /// <summary>The passes that have pixels.</summary>
    public IEnumerable<PngPass> Passes
    {
        get
        {
            ImageShape shape = Shape;
            return (IsInterlaced ? Adam7 : Whole).Where(pass => pass.Rows(shape) > 0 && pass.Columns(shape) > 0);
        }
    }

    /// <summary>Number of bytes of all rows, with a filter byte before each.</summary>
    public long RawLength
    {
        get
        {
            long sum = 0;
            foreach (PngPass pass in Passes)
            {
                sum += pass.Rows(Shape) * (1L + RowLength(pass));
            }

            return sum;
        }
    }

    /// <summary>Reads the chunk.</summary>
    /// <param name="data">The 13 bytes of the chunk.</param>
    /// <param name="file">The name of the file, for messages.</param>
    /// <param name="offset">The offset of the data in the file.</param>
    /// <exception cref="InvalidDataException">A value violates the standard, or the picture is too large.</exception>
    public static PngHeader Read(ReadOnlySpan<byte> data, string file, long offset)
    {
        uint columns = BinaryPrimitives.ReadUInt32BigEndian(data), rows = BinaryPrimitives.ReadUInt32BigEndian(data[4..]);
        if (rows is 0 or > LongestSide || columns is 0 or > LongestSide)
        {
            throw new InvalidDataException($"{file}: byte {offset}: the picture is {columns} wide and {rows} high, expected 1 to {LongestSide} each.");
        }

        if ((long)rows * columns > MaxPixels)
        {
            throw new InvalidDataException($"{file}: byte {offset}: the picture is {columns} wide and {rows} high: more than the {MaxPixels} pixels that can be read. Make it smaller first.");
        }

        int depth = data[8], colour = data[9];
        bool isKnown = colour switch
        {
            0 => depth is 1 or 2 or 4 or 8 or 16,
            3 => depth is 1 or 2 or 4 or 8,
            2 or 4 or 6 => depth is 8 or 16,
            _ => false,
        };
        if (!isKnown)
        {
            throw new InvalidDataException($"{file}: byte {offset + 8}: depth {depth} with colour type {colour} does not exist in PNG.");
        }

        return data[10] == 0 && data[11] == 0 && data[12] <= 1
            ? new PngHeader(new ImageShape((int)rows, (int)columns), depth, (PngColour)colour, data[12] == 1)
            : throw new InvalidDataException($"{file}: byte {offset + 10}: compression {data[10]}, filter {data[11]}, interlace {data[12]}: expected 0, 0, and 0 or 1.");
    }

    /// <summary>Number of bytes of a row of a pass, without the filter byte.</summary>
    public int RowLength(PngPass pass) => checked((int)((((long)pass.Columns(Shape) * Channels * Depth) + 7) / 8));
}

/// <summary>Some rows and columns of a picture, stored as a smaller picture.</summary>
internal readonly record struct PngPass(int Top, int Left, int RowStep, int ColumnStep)
{
    public int Rows(ImageShape shape) => (shape.Rows - Top + RowStep - 1) / RowStep;

    public int Columns(ImageShape shape) => (shape.Columns - Left + ColumnStep - 1) / ColumnStep;
}
