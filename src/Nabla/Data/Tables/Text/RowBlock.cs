using Nabla.Numerics.Threads;

namespace Nabla.Data.Tables.Text;

/// <summary>Where a row stands, for messages.</summary>
/// <param name="File">The file.</param>
/// <param name="Line">The line on which the row starts, 1-based.</param>
internal readonly record struct RowPlace(string File, long Line)
{
    /// <summary>The error of the row.</summary>
    public InvalidDataException Wrong(string what) => new($"{File}:{Line}: {what}");
}

/// <summary>Some rows of a table one after the other: their text, and where the fields lie in it. Used again and again, it allocates nothing.</summary>
internal sealed class RowBlock
{
    /// <summary>Bytes of text that are worth handing to another thread: some 100 µs of work.</summary>
    private const int BytesOfBlock = 1 << 16;

    /// <summary>Blocks in turn: one is filled, one is read, two wait.</summary>
    private const int Blocks = 4;

    private byte[] text = new byte[BytesOfBlock];
    private Range[] fields = new Range[1 << 13];
    private (int FirstField, long Line)[] rows = new (int, long)[1 << 10];
    private int length;
    private int fieldCount;

    /// <summary>Rows that it holds.</summary>
    public int Count { get; private set; }

    /// <summary>Fields of a row.</summary>
    public int FieldCount(int row) => (row + 1 < Count ? rows[row + 1].FirstField : fieldCount) - rows[row].FirstField;

    /// <summary>A field of a row, without its quotes.</summary>
    public ReadOnlySpan<byte> Field(int row, int field) => text.AsSpan(fields[rows[row].FirstField + field]);

    /// <summary>The line of a row.</summary>
    public long Line(int row) => rows[row].Line;

    /// <summary>The row that was read last and all behind it, in their order: found by one thread while the caller reads the cells of those before. A block is valid until the next one.</summary>
    /// <exception cref="InvalidDataException">The text is not what the format demands: after the rows before.</exception>
    public static IEnumerable<RowBlock> All(DelimitedReader reader) =>
        ReadAhead.Run([.. Enumerable.Range(0, Blocks).Select(_ => new RowBlock())], block => block.Fill(reader));

    /// <summary>Takes the row that was read last and the rows behind it, until it is full.</summary>
    /// <returns>Whether a row was left that found no room: it is the reader's last.</returns>
    /// <exception cref="InvalidDataException">The text is not what the format demands. The rows before are here.</exception>
    private bool Fill(DelimitedReader reader)
    {
        length = fieldCount = Count = 0;
        do
        {
            ReadOnlySpan<Range> row = reader.Fields;
            int first = row[0].Start.Value, end = row[^1].End.Value;
            if (Count > 0 && length + end - first > BytesOfBlock)
            {
                return true;
            }

            Require(ref text, length + end - first);
            Require(ref fields, fieldCount + row.Length);
            Require(ref rows, Count + 1);
            reader.Text[first..end].CopyTo(text.AsSpan(length));
            rows[Count++] = (fieldCount, reader.Line);
            int moved = length - first;
            foreach (Range field in row)
            {
                fields[fieldCount++] = (field.Start.Value + moved)..(field.End.Value + moved);
            }

            length += end - first;
        }
        while (reader.Read());
        return false;
    }

    private static void Require<T>(ref T[] items, int count)
    {
        if (count > items.Length)
        {
            Array.Resize(ref items, Math.Max(count, 2 * items.Length));
        }
    }
}
