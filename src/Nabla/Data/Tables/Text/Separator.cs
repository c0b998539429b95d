namespace Nabla.Data.Tables.Text;

/// <summary>Finds the separator of fields in the first rows of a table.</summary>
internal static class Separator
{
    /// <summary>The number of rows that are examined.</summary>
    private const int MaxRows = 20;

    private static ReadOnlySpan<byte> Candidates => ",;\t|"u8;

    /// <summary>
    /// Of the candidates that all first rows have equally often, the most frequent one. If there is none, the most
    /// frequent one in the first row; if there is none either, a comma.
    /// </summary>
    /// <param name="text">The start of the table, at least one line.</param>
    /// <param name="isCut">Whether the table continues after the text, so that the last row may be incomplete.</param>
    /// <param name="decimalComma">Whether commas are part of numbers.</param>
    public static byte Find(ReadOnlySpan<byte> text, bool isCut, bool decimalComma)
    {
        int best = -1, bestCount = 0, fallback = 0, fallbackCount = 0;
        for (int c = decimalComma ? 1 : 0; c < Candidates.Length; c++)
        {
            (int first, bool same) = Count(text, Candidates[c], isCut);
            if (same && first > bestCount)
            {
                (best, bestCount) = (c, first);
            }

            if (first > fallbackCount)
            {
                (fallback, fallbackCount) = (c, first);
            }
        }

        return best >= 0 ? Candidates[best] : fallbackCount == 0 && decimalComma ? (byte)';' : Candidates[fallback];
    }

    /// <summary>A separator, as written in messages.</summary>
    public static string Show(byte separator) => separator == '\t' ? "tab" : ((char)separator).ToString();

    /// <summary>
    /// The number of times that a candidate appears outside quotes
    /// in the first row, and whether all rows have the same number.
    /// </summary>
    private static (int First, bool Same) Count(ReadOnlySpan<byte> text, byte candidate, bool isCut)
    {
        int first = -1, count = 0, rows = 0, length = 0;
        bool quoted = false;
        foreach (byte letter in text)
        {
            if (letter == '"')
            {
                quoted = !quoted;
            }

            if (letter != '\n' || quoted)
            {
                count += letter == candidate && !quoted ? 1 : 0;
                length += letter == '\r' ? 0 : 1;
                continue;
            }

            if (length > 0)
            {
                first = first < 0 ? count : first;
                if (count != first)
                {
                    return (first, false);
                }

                if (++rows == MaxRows)
                {
                    return (first, true);
                }
            }

            (count, length) = (0, 0);
        }

        bool counts = length > 0 && (!isCut || first < 0);
        return (first < 0 ? count : first, !counts || first < 0 || count == first);
    }
}
