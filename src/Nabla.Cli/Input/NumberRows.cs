using System.Globalization;
using System.Text;
using Nabla.Cli.Failures;

namespace Nabla.Cli.Input;

/// <summary>Rows of numbers from comma-, tab- or semicolon-separated text, one at a time, as they arrive.</summary>
/// <remarks>
/// A first line without any number is a header and is skipped. Empty lines are skipped. Numbers may stand in double
/// quotes.
/// </remarks>
internal sealed class NumberRows(Stream stream, string name, int columns)
{
    /// <summary>Longest line in bytes, so that a file without line ends cannot fill the memory.</summary>
    private const int LongestLine = 1 << 26;

    private byte[] buffer = new byte[1 << 16];
    private int start;
    private int end;
    private bool atEnd;
    private bool isFirst = true;
    private byte separator;

    /// <summary>The line number of the last row, 1-based.</summary>
    public int LineNumber { get; private set; }

    /// <summary>Whether a complete line is in the buffer, so that the next read does not block.</summary>
    public bool HasWaitingLine => buffer.AsSpan(start, end - start).Contains((byte)'\n');

    /// <summary>Reads the next row.</summary>
    /// <param name="row">[columns].</param>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="UsageException">A line is not a row of numbers; the message gives the place.</exception>
    public bool TryRead(Span<double> row)
    {
        while (TryReadLine(out ReadOnlySpan<byte> line))
        {
            LineNumber++;
            if (LineNumber == 1 && line.StartsWith(Encoding.UTF8.Preamble))
            {
                line = line[3..];
            }

            line = line.TrimEnd((byte)'\r');
            if (line.Trim((byte)' ').IsEmpty)
            {
                continue;
            }

            if (isFirst)
            {
                isFirst = false;
                separator = line.Contains((byte)'\t') ? (byte)'\t' : line.Contains((byte)',') ? (byte)',' : (byte)';';
                RequireColumns(line);
                if (IsHeader(line))
                {
                    continue;
                }
            }
            else
            {
                RequireColumns(line);
            }

            Parse(line, row);
            return true;
        }

        return false;
    }

    private static bool TryParse(ReadOnlySpan<byte> field, out double value) =>
        double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out value);

    private static ReadOnlySpan<byte> Unquote(ReadOnlySpan<byte> field)
    {
        field = field.Trim((byte)' ');
        return field.Length >= 2 && field[0] == '"' && field[^1] == '"' ? field[1..^1] : field;
    }

    private void RequireColumns(ReadOnlySpan<byte> line)
    {
        int found = line.Count(separator) + 1;
        if (found != columns)
        {
            throw Wrong($"{found} column{(found == 1 ? "" : "s")}, but the model takes {columns} input{(columns == 1 ? "" : "s")}. Remove the target column, if there is one.");
        }
    }

    private bool IsHeader(ReadOnlySpan<byte> line)
    {
        foreach (Range range in line.Split(separator))
        {
            if (TryParse(Unquote(line[range]), out _))
            {
                return false;
            }
        }

        return true;
    }

    private void Parse(ReadOnlySpan<byte> line, Span<double> row)
    {
        int column = 0;
        foreach (Range range in line.Split(separator))
        {
            ReadOnlySpan<byte> field = Unquote(line[range]);
            if (!TryParse(field, out double value))
            {
                string text = Encoding.UTF8.GetString(field[..Math.Min(field.Length, 40)]);
                throw Wrong(field.IsEmpty ? $"column {column + 1} is empty: expected a number." : $"column {column + 1} is '{text}': expected a number.");
            }

            row[column] = value;
            if (!float.IsFinite((float)value))
            {
                throw Wrong($"column {column + 1} is {Encoding.UTF8.GetString(field[..Math.Min(field.Length, 40)])}: expected a finite number of single precision.");
            }

            column++;
        }
    }

    private UsageException Wrong(string what) => new($"{name}:{LineNumber}: {what}");

    private bool TryReadLine(out ReadOnlySpan<byte> line)
    {
        int searched = 0;
        while (true)
        {
            int length = buffer.AsSpan(start + searched, end - start - searched).IndexOf((byte)'\n');
            if (length >= 0)
            {
                line = buffer.AsSpan(start, searched + length);
                start += searched + length + 1;
                return true;
            }

            searched = end - start;
            if (atEnd)
            {
                line = buffer.AsSpan(start, searched);
                start = end;
                return searched > 0;
            }

            Fill();
        }
    }

    private void Fill()
    {
        if (start > 0)
        {
            buffer.AsSpan(start, end - start).CopyTo(buffer);
            end -= start;
            start = 0;
        }

        if (end == buffer.Length)
        {
            if (end >= LongestLine)
            {
                throw new UsageException($"{name}:{LineNumber + 1}: the line is longer than {LongestLine} bytes: expected rows of {columns} numbers.");
            }

            Array.Resize(ref buffer, 2 * end);
        }

        int got = stream.Read(buffer, end, buffer.Length - end);
        atEnd = got == 0;
        end += got;
    }
}
