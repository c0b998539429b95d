using System.Security.Cryptography;

namespace Nabla.Data.Tables.Text;

/// <summary>
/// Reads rows of delimited UTF-8 text, one at a time, as they arrive: RFC 4180 with any separator, strictly.
/// </summary>
/// <remarks>
/// A field in double quotes may hold separators, line ends and doubled quotes. Lines end with LF or CRLF. Blank lines
/// are skipped. A quote elsewhere, an unclosed quote, a NUL and a CR without LF are errors with a line number. Fields
/// are ranges of one buffer: reading a row allocates nothing.
/// </remarks>
internal sealed class DelimitedReader
{
    /// <summary>
    /// The longest row in bytes. Without a limit, a file without
    /// line ends or with an unclosed quote could fill the memory.
    /// </summary>
    public const int LongestRow = 1 << 24;

    /// <summary>The most fields per row.</summary>
    public const int MaxFields = 100_000;

    private const int FirstBuffer = 1 << 16;

    private readonly Stream stream;
    private readonly IncrementalHash? hash;
    private readonly bool decimalComma;
    private readonly int longestRow;
    private readonly int maxFields;
    private byte[] buffer = new byte[FirstBuffer];
    private Range[] fields = new Range[16];
    private byte separator;
    private int start;
    private int end;
    private long bytesBefore;
    private long nextLine = 1;
    private bool atEnd;
    private bool isOpened;

    /// <param name="stream">The text. Not disposed.</param>
    /// <param name="name">The name of the text, for messages.</param>
    /// <param name="separator">
    /// The separator of fields, or null to find it in the first rows: comma, semicolon, tab or vertical bar.
    /// </param>
    /// <param name="decimalComma">Whether commas are part of numbers, so that they cannot be separators.</param>
    /// <param name="hash">Receives every byte, or null.</param>
    /// <param name="longestRow">The longest row in bytes, a power of two.</param>
    /// <param name="maxFields">About the most fields per row: the array of fields grows by doubling.</param>
    public DelimitedReader(
        Stream stream,
        string name,
        byte? separator = null,
        bool decimalComma = false,
        IncrementalHash? hash = null,
        int longestRow = LongestRow,
        int maxFields = MaxFields)
    {
        this.longestRow = longestRow;
        this.maxFields = maxFields;
        this.stream = stream;
        this.hash = hash;
        this.decimalComma = decimalComma;
        this.separator = separator ?? 0;
        Name = name;
    }

    /// <summary>The name of the text, for messages.</summary>
    public string Name { get; }

    /// <summary>Number of fields of the current row.</summary>
    public int FieldCount { get; private set; }

    /// <summary>The line on which the current row starts, 1-based.</summary>
    public long Line { get; private set; }

    /// <summary>Whether a whole line has already arrived, so that reading a row would most likely not block.</summary>
    public bool HasWaitingRow => buffer.AsSpan(start, end - start).Contains((byte)'\n');

    /// <summary>The fields of the current row as ranges of <see cref="Text"/>, without their quotes.</summary>
    public ReadOnlySpan<Range> Fields => fields.AsSpan(0, FieldCount);

    /// <summary>The buffered text. Valid until the next row is read.</summary>
    public ReadOnlySpan<byte> Text => buffer;

    /// <summary>A field of the current row, without its quotes. Valid until the next row is read.</summary>
    public ReadOnlySpan<byte> Field(int field) => buffer.AsSpan(fields[field]);

    /// <summary>Reads the next row.</summary>
    /// <returns>Whether there was a row.</returns>
    /// <exception cref="InvalidDataException">The text violates the format; the message says where.</exception>
    public bool Read()
    {
        if (!isOpened)
        {
            Open();
        }

        while (TryFindLine(out int length))
        {
            Line = nextLine;
            ReadOnlySpan<byte> line = buffer.AsSpan(start, length);
            int special = line.IndexOfAny((byte)'"', (byte)'\r');
            if (special >= 0 && special == length - 1 && line[special] == '\r')
            {
                line = line[..special];
                special = -1;
            }

            if (special < 0)
            {
                nextLine++;
                int first = start;
                start = Math.Min(end, start + length + 1);
                if (line.ContainsAnyExcept((byte)' '))
                {
                    SplitPlain(first, line);
                    return true;
                }

                continue;
            }

            SplitQuoted();
            return true;
        }

        return false;
    }

    /// <summary>An error in the current row.</summary>
    public InvalidDataException Error(string problem) => new RowPlace(Name, Line).Error(problem);

    private void Open()
    {
        isOpened = true;
        while (end < 3 && !atEnd)
        {
            Fill();
        }

        start = buffer.AsSpan(0, end).StartsWith<byte>([0xEF, 0xBB, 0xBF]) ? 3 : 0;
        if (separator == 0 && TryFindLine(out _))
        {
            separator = Separator.Find(buffer.AsSpan(start, end - start), !atEnd, decimalComma);
        }
    }

    /// <summary>Finds the length of the line at <see cref="start"/>, without LF.</summary>
    private bool TryFindLine(out int length)
    {
        int searched = 0;
        while (true)
        {
            length = buffer.AsSpan(start + searched, end - start - searched).IndexOf((byte)'\n');
            if (length >= 0)
            {
                length += searched;
                return true;
            }

            searched = end - start;
            if (atEnd)
            {
                length = searched;
                return searched > 0;
            }

            Fill();
        }
    }

    private void SplitPlain(int first, ReadOnlySpan<byte> line)
    {
        FieldCount = 0;
        while (true)
        {
            int length = line.IndexOf(separator);
            if (length < 0)
            {
                Add(first, first + line.Length);
                return;
            }

            Add(first, first + length);
            first += length + 1;
            line = line[(length + 1)..];
        }
    }

    /// <summary>Splits a row with quotes, which may span several lines.</summary>
    private void SplitQuoted()
    {
        FieldCount = 0;
        int at = 0, lines = 1;
        bool ended = false;
        while (!ended)
        {
            int field = at;
            while (Peek(at) == ' ')
            {
                at++;
            }

            int quotes = 0;
            if (Peek(at) == '"')
            {
                field = at + 1;
                at = SkipQuoted(field, ref lines, out quotes);
            }
            else
            {
                while (Peek(at) is var letter && letter >= 0 && letter != separator && letter is not ('\n' or '\r'))
                {
                    if (letter == '"')
                    {
                        throw Error($"field {FieldCount + 1} has a double quote inside. Put the whole field in double quotes, and double the quotes inside it.");
                    }

                    at++;
                }
            }

            int close = quotes > 0 ? at - 1 : at;
            if (quotes > 0)
            {
                while (Peek(at) == ' ')
                {
                    at++;
                }
            }

            int next = Peek(at);
            if (next == '\r')
            {
                at++;
                next = Peek(at);
                if (next is not ('\n' or -1))
                {
                    throw Error("a carriage return without a line feed. Save the file with line ends LF or CRLF.");
                }
            }

            ended = next is '\n' or -1;
            if (!ended && next != separator)
            {
                throw Error($"field {FieldCount + 1} continues after its closing quote: expected '{Separator.Show(separator)}' or the end of the line.");
            }

            Add(field, quotes > 1 ? Unescape(field, close) : close);
            at++;
        }

        for (int i = 0; i < FieldCount; i++)
        {
            fields[i] = (fields[i].Start.Value + start)..(fields[i].End.Value + start);
        }

        start = Math.Min(end, start + at);
        nextLine += lines;
    }

    /// <summary>
    /// The offset after the closing quote. Offsets count from
    /// <see cref="start"/>, which moves when the buffer is filled.
    /// </summary>
    private int SkipQuoted(int at, ref int lines, out int quotes)
    {
        quotes = 1;
        while (true)
        {
            int letter = Peek(at);
            if (letter < 0)
            {
                throw Error($"the double quote that opens field {FieldCount + 1} is not closed.");
            }

            at++;
            lines += letter == '\n' ? 1 : 0;
            if (letter == '"')
            {
                if (Peek(at) != '"')
                {
                    return at;
                }

                quotes++;
                at++;
            }
        }
    }

    /// <summary>Replaces doubled quotes by single ones, in place. Returns the new end.</summary>
    private int Unescape(int from, int to)
    {
        Span<byte> text = buffer.AsSpan(start + from, to - from);
        int length = 0;
        for (int i = 0; i < text.Length; i++)
        {
            text[length++] = text[i];
            i += text[i] == '"' ? 1 : 0;
        }

        return from + length;
    }

    /// <summary>The byte at an offset from <see cref="start"/>, or −1 after the end of the text.</summary>
    private int Peek(int at)
    {
        while (start + at >= end)
        {
            if (atEnd)
            {
                return -1;
            }

            Fill();
        }

        return buffer[start + at];
    }

    private void Add(int from, int to)
    {
        if (FieldCount == fields.Length)
        {
            if (FieldCount >= maxFields)
            {
                throw Error($"more than {maxFields} fields in a row.");
            }

            Array.Resize(ref fields, 2 * fields.Length);
        }

        fields[FieldCount++] = from..to;
    }

    private void Fill()
    {
        if (start > 0)
        {
            buffer.AsSpan(start, end - start).CopyTo(buffer);
            end -= start;
            bytesBefore += start;
            start = 0;
        }

        if (end == buffer.Length)
        {
            if (end >= longestRow)
            {
                throw new InvalidDataException($"{Name}:{nextLine}: the row is longer than {longestRow} bytes: a quote is not closed, or this is not a table.");
            }

            Array.Resize(ref buffer, 2 * end);
        }

        int count = stream.Read(buffer, end, buffer.Length - end);
        Span<byte> added = buffer.AsSpan(end, count);
        hash?.AppendData(added);
        if (bytesBefore + end == 0 && (added.StartsWith<byte>([0xFF, 0xFE]) || added.StartsWith<byte>([0xFE, 0xFF])))
        {
            throw new InvalidDataException($"{Name}: byte 0: the text is UTF-16; expected UTF-8. Save it as UTF-8.");
        }

        int zero = added.IndexOf((byte)0);
        if (zero >= 0)
        {
            throw new InvalidDataException($"{Name}: byte {bytesBefore + end + zero}: a NUL byte, so this is not text. Expected a table in UTF-8.");
        }

        atEnd = count == 0;
        end += count;
    }
}
