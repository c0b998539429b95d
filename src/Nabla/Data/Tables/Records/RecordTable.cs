using Nabla.Data.Storage;
using Nabla.Data.Tables.Raw;

namespace Nabla.Data.Tables.Records;

/// <summary>Reads records as a table of unknown columns.</summary>
/// <remarks>
/// Each record is read once, when it arrives, and none is kept. The same rows in a file give the same numbers: see
/// <see cref="RecordColumn"/>.
/// </remarks>
internal static class RecordTable
{
    /// <summary>Reads all rows.</summary>
    /// <param name="name">The name of the data.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="bound">The columns, and how each is read from a row.</param>
    /// <param name="options">What to learn from the columns.</param>
    /// <param name="budget">The memory that the cells may take.</param>
    /// <typeparam name="TRow">The type of the rows.</typeparam>
    /// <exception cref="InvalidDataException">There are no rows, or a cell does not fit; the message says where.</exception>
    /// <exception cref="ArgumentException">A column named in the options does not exist, or no column is left to predict from.</exception>
    /// <exception cref="IOException">The rows exceed the budget, and the temporary file cannot be written.</exception>
    public static RawTable Read<TRow>(string name, IEnumerable<TRow> rows, RowColumns<TRow> bound, TableOptions options, MemoryBudget budget)
    {
        string[] names = [.. bound.Names];
        if (names.Length == 0)
        {
            throw new ArgumentException($"{name}: no column is bound. Bind each with Column(name, row => …).");
        }

        RawColumn[] columns = RawTableReader.Columns(name, names, options, []);
        if (columns.All(column => column.IsTarget))
        {
            throw new ArgumentException($"{name} has no column besides the target, so there is nothing to predict it from. Bind more with Column(name, row => …).");
        }

        Func<TRow, Cell>[] cells = [.. columns.Select(column => bound.CellOf(column.Name))];
        RecordColumn[] readers = [.. columns.Select(column => new RecordColumn(column, name, options.DecimalComma))];
        var table = new RawTable(name, names, columns, budget);
        try
        {
            foreach (TRow row in rows)
            {
                Span<double> values = table.AddRow();
                for (int i = 0; i < values.Length; i++)
                {
                    values[i] = readers[i].Read(cells[i](row), table.Count);
                }
            }

            if (table.Count == 0)
            {
                throw new InvalidDataException($"{name}: there are no rows: expected one per sample.");
            }

            table.Complete();
            Resolve(table, readers);
            return table;
        }
        catch
        {
            table.Dispose();
            throw;
        }
    }

    private static void Resolve(RawTable table, RecordColumn[] readers)
    {
        (int Column, Func<double, double> Resolve)[] changes =
            [.. readers.Index().Where(reader => reader.Item.MustResolve).Select(reader => (reader.Index, reader.Item.Resolve()))];
        if (changes.Length > 0)
        {
            table.Rewrite(cells =>
            {
                foreach ((int column, Func<double, double> resolve) in changes)
                {
                    cells[column] = resolve(cells[column]);
                }
            });
        }
    }
}
