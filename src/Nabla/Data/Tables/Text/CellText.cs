using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace Nabla.Data.Tables.Text;

/// <summary>Interprets trimmed cells of UTF-8 text.</summary>
internal static class CellText
{
    private static readonly SearchValues<byte> SecondsLetters = SearchValues.Create("0123456789."u8);

    /// <summary>The words for missing values, in upper or lower case: see <see cref="IsMissing"/>.</summary>
    private static readonly string[] MissingWords = ["na", "n/a", "nan", "null"];

    /// <summary>Longer texts are not dates.</summary>
    private const int LongestDate = 40;

    /// <summary>The cell without spaces around it.</summary>
    public static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> cell) =>
        cell.Length > 0 && (cell[0] == ' ' || cell[^1] == ' ') ? cell.Trim((byte)' ') : cell;

    /// <summary>
    /// Whether a cell means a missing value: empty, <c>?</c>, or NA, N/A, NaN or null, in upper or lower case.
    /// </summary>
    public static bool IsMissing(ReadOnlySpan<byte> cell)
    {
        if (cell.IsEmpty)
        {
            return true;
        }

        return cell[0] switch
        {
            (byte)'?' => cell.Length == 1,
            (byte)'n' or (byte)'N' => cell.Length <= 4
                && (Ascii.EqualsIgnoreCase(cell, "na"u8) || Ascii.EqualsIgnoreCase(cell, "n/a"u8) || Ascii.EqualsIgnoreCase(cell, "nan"u8) || Ascii.EqualsIgnoreCase(cell, "null"u8)),
            _ => false,
        };
    }

    /// <summary>Every text for which <see cref="IsMissing"/> is true, for programs that compare whole texts.</summary>
    public static IEnumerable<string> MissingSpellings() =>
    [
        "",
        "?",
        // Bit i of the number decides whether letter i is a capital.
        .. MissingWords.SelectMany(word => Enumerable.Range(0, 1 << word.Length)
            .Select(capitals => string.Concat(word.Select((letter, i) => ((capitals >> i) & 1) == 0 ? letter : char.ToUpperInvariant(letter))))
            .Distinct()),
    ];

    /// <summary>Reads a Boolean: true, yes, t and y are 1; false, no, f and n are 0, in upper or lower case.</summary>
    public static bool TryBoolean(ReadOnlySpan<byte> cell, out double value)
    {
        value = IsAnyOf(cell, "true"u8, "yes"u8, "t"u8, "y"u8) ? 1 : 0;
        return value == 1 || IsAnyOf(cell, "false"u8, "no"u8, "f"u8, "n"u8);
    }

    /// <summary>
    /// Reads a date, <c>2024-03-01</c> or <c>2024/3/1</c>, or a date with a time,
    /// <c>2024-03-01T12:30[:15[.5]][Z|+01:00]</c>. The T may be a space. Without a zone the time is UTC.
    /// </summary>
    /// <param name="cell">The text.</param>
    /// <param name="value">Seconds since 1970-01-01 UTC.</param>
    /// <returns>Whether the text is a date.</returns>
    public static bool TryDate(ReadOnlySpan<byte> cell, out double value)
    {
        value = 0;
        if (cell.Length is < 8 or > LongestDate || cell[4] is not ((byte)'-' or (byte)'/'))
        {
            return false;
        }

        byte mark = cell[4];
        ReadOnlySpan<byte> rest = cell;
        if (!TryTakeNumber(ref rest, 4, 4, mark, out int year) || !TryTakeNumber(ref rest, 1, 2, mark, out int month) || !TryTakeNumber(ref rest, 1, 2, 0, out int day)
            || year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
        {
            return false;
        }

        double seconds = (new DateOnly(year, month, day).DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber) * 86400.0;
        if (!rest.IsEmpty)
        {
            if (rest[0] is not ((byte)'T' or (byte)' ') || !TryTime(rest[1..], out double time))
            {
                return false;
            }

            seconds += time;
        }

        value = seconds;
        return true;
    }

    /// <summary>Decodes a cell.</summary>
    /// <exception cref="InvalidDataException">The cell is not UTF-8. The caller adds the place.</exception>
    public static string Decode(ReadOnlySpan<byte> cell) => System.Text.Unicode.Utf8.IsValid(cell)
        ? Encoding.UTF8.GetString(cell)
        : throw new InvalidDataException("a text that is not UTF-8. Save the file as UTF-8.");

    /// <summary>The beginning of a cell, for messages.</summary>
    public static string Show(ReadOnlySpan<byte> cell)
    {
        const int Shown = 40;
        string text = Encoding.UTF8.GetString(cell[..Math.Min(cell.Length, Shown)]);
        return string.Concat(text.Select(letter => char.IsControl(letter) ? ' ' : letter)) + (cell.Length > Shown ? "…" : "");
    }

    private static bool IsAnyOf(ReadOnlySpan<byte> cell, ReadOnlySpan<byte> a, ReadOnlySpan<byte> b, ReadOnlySpan<byte> c, ReadOnlySpan<byte> d) =>
        Ascii.EqualsIgnoreCase(cell, a) || Ascii.EqualsIgnoreCase(cell, b) || Ascii.EqualsIgnoreCase(cell, c) || Ascii.EqualsIgnoreCase(cell, d);

    /// <summary>Reads hh:mm[:ss[.fff]][Z|±hh:mm] as seconds.</summary>
    private static bool TryTime(ReadOnlySpan<byte> text, out double seconds)
    {
        seconds = 0;
        double second = 0;
        if (!TryTakeNumber(ref text, 2, 2, (byte)':', out int hour) || !TryTakeNumber(ref text, 2, 2, 0, out int minute) || hour > 23 || minute > 59)
        {
            return false;
        }

        if (!text.IsEmpty && text[0] == ':')
        {
            int length = text[1..].IndexOfAnyExcept(SecondsLetters);
            ReadOnlySpan<byte> digits = length < 0 ? text[1..] : text.Slice(1, length);
            if (!NumberText.TryParse(digits, (byte)'.', out second) || second >= 61)
            {
                return false;
            }

            text = text[(1 + digits.Length)..];
        }

        seconds = (3600.0 * hour) + (60.0 * minute) + second;
        if (text.IsEmpty || text.SequenceEqual("Z"u8))
        {
            return true;
        }

        int sign = text[0] == '+' ? 1 : text[0] == '-' ? -1 : 0;
        text = text[1..];
        if (sign == 0 || !TryTakeNumber(ref text, 2, 2, (byte)':', out int zoneHour) || !TryTakeNumber(ref text, 2, 2, 0, out int zoneMinute) || !text.IsEmpty || zoneHour > 14 || zoneMinute > 59)
        {
            return false;
        }

        seconds -= sign * ((3600.0 * zoneHour) + (60.0 * zoneMinute));
        return true;
    }

    /// <summary>
    /// Removes a number of digits, and the mark after it unless that is 0, from the start of the text.
    /// </summary>
    private static bool TryTakeNumber(ref ReadOnlySpan<byte> text, int least, int most, byte mark, out int value)
    {
        value = 0;
        int length = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        length = length < 0 ? text.Length : length;
        if (length < least || length > most || !Utf8Parser.TryParse(text[..length], out value, out _))
        {
            return false;
        }

        if (mark == 0)
        {
            text = text[length..];
            return true;
        }

        if (length == text.Length || text[length] != mark)
        {
            return false;
        }

        text = text[(length + 1)..];
        return true;
    }
}
