namespace Nabla.Data.Images.Png;

/// <summary>The filters of PNG rows (ISO/IEC 15948, clause 9): a byte is sent as its difference from what its neighbours foretell.</summary>
internal static class PngFilters
{
    /// <summary>Gives a row its bytes back.</summary>
    /// <param name="filter">0 none, 1 left, 2 above, 3 the mean of both, 4 Paeth.</param>
    /// <param name="row">The row as sent; becomes the row as it was.</param>
    /// <param name="above">The row above as it was, of the same length; zeros above the first.</param>
    /// <param name="distance">How many bytes to the left the same byte of the pixel before is; 1 for pixels below a byte.</param>
    /// <returns>Whether there is such a filter.</returns>
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

    /// <summary>That of left, above and above left which is nearest to left + above − above left; the first of equals.</summary>
    private static byte Paeth(int left, int above, int corner)
    {
        int toLeft = Math.Abs(above - corner), toAbove = Math.Abs(left - corner), toCorner = Math.Abs(left + above - (2 * corner));
        return (byte)(toLeft <= toAbove && toLeft <= toCorner ? left : toAbove <= toCorner ? above : corner);
    }
}
