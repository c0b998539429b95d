namespace Nabla.Data.Images.Png;

/// <summary>
/// The filters of PNG rows (ISO/IEC 15948, clause 9): a byte is
/// stored as its difference from a prediction by its neighbours.
/// </summary>
internal static class PngFilters
{
    /// <summary>Restores a filtered row, in place.</summary>
    /// <param name="filter">0 none, 1 left, 2 above, 3 the mean of both, 4 Paeth.</param>
    /// <param name="row">The filtered row; becomes the original row.</param>
    /// <param name="above">The original row above, of the same length; zeros above the first row.</param>
    /// <param name="distance">
    /// Distance in bytes to the same byte of the previous pixel; 1 for pixels smaller than a byte.
    /// </param>
    /// <returns>Whether the filter exists.</returns>
    public static bool Undo(byte filter, Span<byte> row, ReadOnlySpan<byte> above, int distance)
    {
        switch (filter)
        {
            case 0:
                return true;
            case 1:
                for (int i = distance; i < row.Length; i++)
                {
                    row[i] += row[i - distance];
                }

                return true;
            case 2:
                for (int i = 0; i < row.Length; i++)
                {
                    row[i] += above[i];
                }

                return true;
            case 3:
                for (int i = 0; i < row.Length; i++)
                {
                    row[i] += (byte)(((i < distance ? 0 : row[i - distance]) + above[i]) / 2);
                }

                return true;
            case 4:
                for (int i = 0; i < row.Length; i++)
                {
                    row[i] += i < distance ? above[i] : Paeth(row[i - distance], above[i], above[i - distance]);
                }

                return true;
            default:
                return false;
        }
    }

    /// <summary>
    /// The one of left, above and corner that is nearest to left +
    /// above − corner; the first one if several are equally near.
    /// </summary>
    private static byte Paeth(int left, int above, int corner)
    {
        int toLeft = Math.Abs(above - corner), toAbove = Math.Abs(left - corner), toCorner = Math.Abs(left + above - (2 * corner));
        return (byte)(toLeft <= toAbove && toLeft <= toCorner ? left : toAbove <= toCorner ? above : corner);
    }
}
