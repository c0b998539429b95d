using Nabla.Numerics.Threads;

namespace Nabla.Data.Tables.Text;

/// <summary>The place of a row, for messages.</summary>
/// <param name="File">The file, or the name of the data.</param>
/// <param name="Line">The line on which the row starts, or the number of the row, 1-based.</param>
/// <param name="Separator">What stands between the two.</param>
internal readonly record struct RowPlace(string File, long Line, string Separator = ":")
{
    /// <summary>An error in the row.</summary>
    public InvalidDataException Error(string problem) => new($"{File}{Separator}{Line}: {problem}");
}

/// <summary>
/// Consecutive rows of a table: their text, and the fields as
/// ranges of it. Blocks are reused, so reading allocates nothing.
/// </summary>
internal sealed class RowBlock
{
    /// <summary>Bytes of text per block: some 100 µs of work, enough to be worth handing to another thread.</summary>
    private const int BytesPerBlock = 1 << 16;

    /// <summary>Blocks in rotation: one is filled, one is read, two wait.</summary>
    private const int BlockCount = 4;

    private byte[] text = new byte[BytesPerBlock];
    private Range[] fields = new Range[1 << 13];
    private (int FirstField, long Line)[] rows = new (int, long)[1 << 10];
    private int length;
    private int fieldCount;

    /// <summary>Number of rows.</summary>
    public int Count { get; private set; }

    /// <summary>Number of fields of a row.</summary>
    public int FieldCount(int row) => (row + 1 < Count ? rows[row + 1].FirstField : fieldCount) - rows[row].FirstField;

    /// <summary>A field of a row, without its quotes.</summary>
    public ReadOnlySpan<byte> Field(int row, int field) => text.AsSpan(fields[rows[row].FirstField + field]);

    /// <summary>The line on which a row starts.</summary>
    public long Line(int row) => rows[row].Line;

    /// <summary>
    /// The current row and all rows after it, in order. One thread finds rows while the caller reads the cells of
    /// earlier ones. A block is valid until the next one.
    /// </summary>
    /// <exception cref="InvalidDataException">
    /// The text violates the format. Thrown after the rows before the error.
    /// </exception>
    public static IEnumerable<RowBlock> ReadAll(DelimitedReader reader) =>
        ReadAhead.Run([.. Enumerable.Range(0, BlockCount).Select(_ => new RowBlock())], block => block.Fill(reader));

    /// <summary>Takes the current row and the rows after it, until the block is full.</summary>
    /// <returns>Whether a row did not fit: it is still the reader's current row.</returns>
    /// <exception cref="InvalidDataException">
    /// The text violates the format. The block holds the rows before the error.
    /// </exception>
    private bool Fill(DelimitedReader reader)
    {
        length = fieldCount = Count = 0;
        do
        {
            ReadOnlySpan<Range> row = reader.Fields;
            int first = row[0].Start.Value, end = row[^1].End.Value;
            if (Count > 0 && length + end - first > BytesPerBlock)
            {
                return true;
            }

            EnsureCapacity(ref text, length + end - first);
            EnsureCapacity(ref fields, fieldCount + row.Length);
            EnsureCapacity(ref rows, Count + 1);
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

    private static void EnsureCapacity<T>(ref T[] items, int count)
    {
        if (count > items.Length)
        {
            Array.Resize(ref items, Math.Max(count, 2 * items.Length));
        }
    }
}
