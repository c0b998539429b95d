using Nabla.Data.Images.Pixels;

namespace Nabla.Data.Images;

/// <summary>
/// Resizes images by area: a pixel of the result is the mean of
/// the area it covers, with partly covered pixels in proportion.
/// </summary>
/// <remarks>
/// The aspect ratio is not kept. With R × C pixels in and r × c out, a row of the result covers R/r rows. In units of
/// 1/r of a row the overlaps are integers with the sum R, and likewise with C for the columns. So the mean is Σ
/// overlap·overlap·pixel / (R·C) in integer arithmetic, rounded half up once, and its bits are the same everywhere.
/// </remarks>
public static class AreaResampling
{
    /// <summary>Resizes an image. An image that already has the size is returned itself.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A side of the size is below 1.</exception>
    public static GreyImage Resize(GreyImage image, ImageShape size)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentOutOfRangeException.ThrowIfLessThan(size.Rows, 1, nameof(size));
        ArgumentOutOfRangeException.ThrowIfLessThan(size.Columns, 1, nameof(size));
        if (image.Shape == size)
        {
            return image;
        }

        byte[] pixels = new byte[checked(size.Rows * size.Columns)];
        Resize(image, size, pixels);
        return new GreyImage(size, pixels);
    }

    /// <summary>Writes the resized image, [size.Rows · size.Columns].</summary>
    internal static void Resize(GreyImage image, ImageShape size, Span<byte> destination)
    {
        (int rows, int columns) = (image.Shape.Rows, image.Shape.Columns);
        if (image.Shape == size)
        {
            image.Pixels.CopyTo(destination);
            return;
        }

        long area = (long)rows * columns;
        for (int i = 0; i < size.Rows; i++)
        {
            long top = (long)i * rows, bottom = top + rows;
            for (int j = 0; j < size.Columns; j++)
            {
                long left = (long)j * columns, right = left + columns, sum = 0;
                for (long row = top / size.Rows; row * size.Rows < bottom; row++)
                {
                    ReadOnlySpan<byte> line = image.Pixels.Slice((int)(row * columns), columns);
                    sum += Overlap(row, size.Rows, top, bottom) * Sum(line, size.Columns, left, right);
                }

                destination[(i * size.Columns) + j] = (byte)(((2 * sum) + area) / (2 * area));
            }
        }
    }

    /// <summary>
    /// Σ overlap·pixel over the pixels of a line that lie between left
    /// and right, in units of 1/<paramref name="unit"/> of a pixel.
    /// </summary>
    private static long Sum(ReadOnlySpan<byte> line, int unit, long left, long right)
    {
        // Only the first and the last pixel can be partly covered.
        int first = (int)(left / unit), last = (int)((right - 1) / unit);
        if (first == last)
        {
            return (right - left) * line[first];
        }

        long inner = 0;
        for (int column = first + 1; column < last; column++)
        {
            inner += line[column];
        }

        return (Overlap(first, unit, left, right) * line[first]) + (unit * inner) + (Overlap(last, unit, left, right) * line[last]);
    }

    private static long Overlap(long index, long unit, long start, long end) => Math.Min((index + 1) * unit, end) - Math.Max(index * unit, start);
}
