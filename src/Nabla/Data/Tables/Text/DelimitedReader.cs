using System.Security.Cryptography;

namespace Nabla.Data.Tables.Text;

/// <summary>Rows of delimited text in UTF-8, one at a time, as they arrive: RFC 4180 with any separator, strictly.</summary>
/// <remarks>
/// A field in double quotes may hold separators, line ends and doubled quotes. Lines end with LF or CRLF. Blank lines are skipped. A quote elsewhere, a
/// quote that is not closed, a NUL and a CR by itself are refused with their line. A field is a range of the one buffer: reading a row allocates nothing.
/// </remarks>
internal sealed class DelimitedReader
{
    /// <summary>No row is longer, in bytes: a file without line ends, or with an unclosed quote, must not fill the memory.</summary>
    public const int LongestRow = 1 << 24;

    /// <summary>No row has more fields.</summary>
    public const int MostFields = 100_000;

    private const int FirstBuffer = 1 << 16;

    private readonly Stream stream;
    private readonly IncrementalHash? hash;
    private readonly bool decimalComma;
    private byte[] buffer = new byte[FirstBuffer];
    private Range[] fields = new Range[16];
    private byte separator;
    private int start;
    private int end;
    private long bytesBefore;
    private long nextLine = 1;
    private bool atEnd;
    private bool opened;

    /// <param name="stream">The text. Not disposed.</param>
    /// <param name="name">What it is called in messages.</param>
    /// <param name="separator">What stands between fields, or null to find it by the first rows: comma, semicolon, tab or bar.</param>
    /// <param name="decimalComma">Whether commas belong to numbers, so that they separate nothing.</param>
    /// <param name="hash">Takes in every byte, where given.</param>
    public DelimitedReader(Stream stream, string name, byte? separator = null, bool decimalComma = false, IncrementalHash? hash = null)
    {
        this.stream = stream;
        this.hash = hash;
        this.decimalComma = decimalComma;
        this.separator = separator ?? 0;
        Name = name;
    }

    /// <summary>What the text is called in messages.</summary>
    public string Name { get; }

    /// <summary>Fields of the row that was read last.</summary>
    public int FieldCount { get; private set; }

    /// <summary>The line on which that row starts, 1-based.</summary>
    public long Line { get; private set; }

    /// <summary>Whether a whole line is here already, so that reading on would most likely not wait.</summary>
    public bool HasWaitingRow => buffer.AsSpan(start, end - start).Contains((byte)'\n');

    /// <summary>Where the fields of the row that was read last lie in <see cref="Text"/>, without their quotes.</summary>
    public ReadOnlySpan<Range> Fields => fields.AsSpan(0, FieldCount);

    /// <summary>What is in memory of the text. Valid until the next row is read.</summary>
    public ReadOnlySpan<byte> Text => buffer;

    /// <summary>A field of the row that was read last, without its quotes. Valid until the next row is read.</summary>
    public ReadOnlySpan<byte> Field(int field) => buffer.AsSpan(fields[field]);

    /// <summary>Reads the next row.</summary>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="InvalidDataException">The text is not what the format demands; the message says where.</exception>
    public bool Read()
    {
        if (!opened)
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

    /// <summary>The error of the row that was read last.</summary>
    public InvalidDataException Wrong(string what) => new RowPlace(Name, Line).Wrong(what);

    private void Open()
    {
        opened = true;
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

    /// <summary>The length of the line at <see cref="start"/>, without LF.</summary>
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

    /// <summary>A row with quotes, which may go over several lines.</summary>
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
                        throw Wrong($"field {FieldCount + 1} has a double quote inside. Put the whole field in double quotes, and double those inside it.");
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
                    throw Wrong("a carriage return without a line feed. Save the file with line ends LF or CRLF.");
                }
            }

            ended = next is '\n' or -1;
            if (!ended && next != separator)
            {
                throw Wrong($"field {FieldCount + 1} goes on after its closing quote: expected '{Separator.Show(separator)}' or the end of the line.");
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

    /// <summary>The place behind the closing quote. Offsets count from <see cref="start"/>, which moves when the buffer is filled.</summary>
    private int SkipQuoted(int at, ref int lines, out int quotes)
    {
        quotes = 1;
        while (true)
        {
            int letter = Peek(at);
            if (letter < 0)
            {
                throw Wrong($"the double quote that opens field {FieldCount + 1} is not closed.");
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

    /// <summary>Makes one quote of two, in place; the new end.</summary>
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

    /// <summary>The byte at an offset from <see cref="start"/>, or −1 behind the end.</summary>
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
            if (FieldCount >= MostFields)
            {
                throw Wrong($"more than {MostFields} fields in a row.");
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
            if (end >= LongestRow)
            {
                throw new InvalidDataException($"{Name}:{nextLine}: the row is longer than {LongestRow} bytes: a quote is not closed, or this is no table.");
            }

            Array.Resize(ref buffer, 2 * end);
        }

        int got = stream.Read(buffer, end, buffer.Length - end);
        Span<byte> arrived = buffer.AsSpan(end, got);
        hash?.AppendData(arrived);
        if (bytesBefore + end == 0 && (arrived.StartsWith<byte>([0xFF, 0xFE]) || arrived.StartsWith<byte>([0xFE, 0xFF])))
        {
            throw new InvalidDataException($"{Name}: byte 0: the text is UTF-16; expected UTF-8. Save it as UTF-8.");
        }

        int zero = arrived.IndexOf((byte)0);
        if (zero >= 0)
        {
            throw new InvalidDataException($"{Name}: byte {bytesBefore + end + zero}: a NUL byte; this is no text. Expected a table in UTF-8.");
        }

        atEnd = got == 0;
        end += got;
    }
}
