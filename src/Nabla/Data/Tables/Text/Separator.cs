namespace Nabla.Data.Tables.Text;

/// <summary>What stands between the fields of a table, told by its first rows.</summary>
internal static class Separator
{
    /// <summary>Rows that are looked at.</summary>
    private const int MostRows = 20;

    private static ReadOnlySpan<byte> Candidates => ",;\t|"u8;

    /// <summary>The candidate that each of the first rows has equally often, the most frequent of these; else the most frequent of the first row; a comma where there is none.</summary>
    /// <param name="text">The beginning of the table, at least one line.</param>
    /// <param name="isCut">Whether the table goes on behind the text, so that the last row may be cut.</param>
    /// <param name="decimalComma">Whether commas belong to numbers.</param>
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

    /// <summary>A separator as messages write it.</summary>
    public static string Show(byte separator) => separator == '\t' ? "tab" : ((char)separator).ToString();

    /// <summary>How often the candidate stands outside quotes in the first row, and whether all rows have it as often.</summary>
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

                if (++rows == MostRows)
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
