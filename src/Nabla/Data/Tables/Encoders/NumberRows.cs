using System.Globalization;
using Nabla.Data.Tables.Text;

namespace Nabla.Data.Tables.Encoders;

/// <summary>Reads rows of plain numbers, one at a time, as they arrive. For one thread at a time.</summary>
/// <remarks>A first row without any number is a header and is skipped. The text is read as that of any table.</remarks>
public sealed class NumberRows : IDisposable
{
    private const int MostShown = 40;

    /// <summary>Longest row in bytes, so that a file without line ends cannot fill the memory.</summary>
    private const int LongestRow = 1 << 26;

    private readonly Stream stream;
    private readonly DelimitedReader reader;
    private readonly int columns;
    private bool hasStarted;

    /// <summary>Reads from a stream.</summary>
    /// <param name="stream">The text; disposed with this object.</param>
    /// <param name="name">The name of the text, for messages.</param>
    /// <param name="columns">Numbers of a row, at least 1.</param>
    public NumberRows(Stream stream, string name, int columns)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        this.stream = stream;
        this.columns = columns;
        // A row of an image may be longer than one of a table.
        reader = new DelimitedReader(stream, name, longestRow: LongestRow, maxFields: Math.Max(columns, DelimitedReader.MaxFields));
    }

    /// <summary>Whether another row has already arrived, so that reading it would most likely not block.</summary>
    public bool HasWaitingRow => reader.HasWaitingRow;

    /// <summary>Opens a file, also a gzipped one.</summary>
    /// <param name="path">The file.</param>
    /// <param name="columns">Numbers of a row, at least 1.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static NumberRows Open(string path, int columns) => new(TableFile.OpenRead(path, out _), path, columns);

    /// <summary>Reads the next row.</summary>
    /// <param name="row">[columns].</param>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="InvalidDataException">A row does not consist of that many numbers; the message says where.</exception>
    public bool TryRead(Span<double> row)
    {
        if (!reader.Read())
        {
            return false;
        }

        RequireColumns();
        bool isFirst = !hasStarted;
        hasStarted = true;
        if (isFirst && HeaderRow.IsHeader(reader, (byte)'.'))
        {
            return TryRead(row);
        }

        for (int i = 0; i < columns; i++)
        {
            row[i] = Number(i);
        }

        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => stream.Dispose();

    private void RequireColumns()
    {
        int found = reader.FieldCount;
        if (found != columns)
        {
            throw reader.Error(
                $"{found} column{(found == 1 ? "" : "s")}, but the model takes {columns} input{(columns == 1 ? "" : "s")}. Remove the target column, if there is one.");
        }
    }

    private double Number(int column)
    {
        ReadOnlySpan<byte> field = CellText.Trim(reader.Field(column));
        if (field.IsEmpty)
        {
            throw reader.Error($"column {column + 1} is empty: expected a number.");
        }

        if (!NumberText.TryParse(field, (byte)'.', out double value) && !double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out value))
        {
            throw reader.Error($"column {column + 1} is '{CellText.Show(field[..Math.Min(field.Length, MostShown)])}': expected a number.");
        }

        return float.IsFinite((float)value)
            ? value
            : throw reader.Error($"column {column + 1} is {CellText.Show(field)}: expected a finite number of single precision.");
    }
}
