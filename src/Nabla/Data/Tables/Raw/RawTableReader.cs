using System.Security.Cryptography;
using Nabla.Data.Files;
using Nabla.Data.Storage;
using Nabla.Data.Tables.Schema;
using Nabla.Data.Tables.Text;

namespace Nabla.Data.Tables.Raw;

/// <summary>Reads a table of unknown columns.</summary>
/// <remarks>
/// The first cell that is there tells the kind of a column. Where a later one does not fit, the kinds of all columns are settled in the rest of that pass, and a second
/// pass reads the cells: one pass for most tables, two for some, and no text kept for what turns out to be numbers.
/// </remarks>
internal static class RawTableReader
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">How to read it.</param>
    /// <param name="budget">What may be taken from the memory.</param>
    /// <param name="reading">Hears which share of the file is read.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is no table; the message says where.</exception>
    /// <exception cref="ArgumentException">A column that is asked for does not exist.</exception>
    /// <exception cref="IOException">The table goes beyond the budget, and the temporary file cannot be written.</exception>
    public static RawTable Read(string path, TableOptions options, MemoryBudget budget, IProgress<double>? reading = null)
    {
        var names = new HashSet<int>();
        RawTable table = ReadOnce(path, options, names, budget, reading);
        if (names.Count > 0)
        {
            table.Dispose();
            table = ReadOnce(path, options, names, budget, reading);
            if (Array.Exists(table.Columns, column => column.IsSurprising))
            {
                table.Dispose();
                throw new InvalidDataException($"{path}: the file changed while it was read.");
            }
        }

        return table;
    }

    private static RawTable ReadOnce(string path, TableOptions options, HashSet<int> names, MemoryBudget budget, IProgress<double>? reading)
    {
        using Stream stream = TableFile.OpenRead(path, out FileStream file);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        RawTable table = Read(new DelimitedReader(stream, path, decimalComma: options.DecimalComma, hash: hash), options, names, budget, new ReadingShare(file, reading));
        table.Fingerprint = Convert.ToHexStringLower(hash.GetHashAndReset());
        return table;
    }

    /// <param name="reader">The text.</param>
    /// <param name="options">How to read it.</param>
    /// <param name="names">Fields that are known to hold names; those that turn out to are added.</param>
    /// <param name="budget">What may be taken from the memory.</param>
    /// <param name="share">Tells from time to time how much is read.</param>
    private static RawTable Read(DelimitedReader reader, TableOptions options, HashSet<int> names, MemoryBudget budget, ReadingShare share)
    {
        byte point = options.DecimalComma ? (byte)',' : (byte)'.';
        if (!reader.Read())
        {
            throw new InvalidDataException($"{reader.Name}: the file is empty: expected a header and a row a sample.");
        }

        bool hasHeader = options.HasHeader ?? HeaderRow.IsOne(reader, point);
        string[] header = hasHeader ? HeaderRow.Names(reader) : HeaderRow.Default(reader.FieldCount);
        var table = new RawTable(reader.Name, header, Columns(reader.Name, header, options, names), budget);
        if (hasHeader && !reader.Read())
        {
            throw new InvalidDataException($"{reader.Name}: the file has a header and no rows: expected a row a sample.");
        }

        try
        {
            ReadRows(reader, table, point, names, share);
            table.Complete();
            return table;
        }
        catch
        {
            table.Dispose();
            throw;
        }
    }

    private static void ReadRows(DelimitedReader reader, RawTable table, byte point, HashSet<int> names, ReadingShare share)
    {
        double[] skipped = new double[table.Columns.Length];
        foreach (RowBlock block in RowBlock.All(reader))
        {
            for (int row = 0; row < block.Count; row++)
            {
                bool isSkipped = names.Count > 0 && Array.Exists(table.Columns, column => column.IsSurprising);
                ReadRow(block, row, table, isSkipped ? skipped : table.Add(), point, names);
            }

            share.Tell();
        }
    }

    private static void ReadRow(RowBlock block, int row, RawTable table, Span<double> cells, byte point, HashSet<int> names)
    {
        var place = new RowPlace(table.Name, block.Line(row));
        int count = block.FieldCount(row);
        if (count != table.Names.Count)
        {
            throw place.Wrong($"{count} field{(count == 1 ? "" : "s")}, but the first row has {table.Names.Count}. Expected the same in every row; a field that holds the separator stands in double quotes.");
        }

        for (int i = 0; i < cells.Length; i++)
        {
            RawColumn column = table.Columns[i];
            if (column.IsSurprising)
            {
                continue;
            }

            cells[i] = column.Read(CellText.Trim(block.Field(row, column.Field)), place, point);
            if (column.IsSurprising)
            {
                names.Add(column.Field);
            }
            else if (column.IsTarget && double.IsNaN(cells[i]))
            {
                throw place.Wrong($"the target '{column.Name}' is missing: nothing can be learned from the row. Remove it.");
            }
        }
    }

    private static RawColumn[] Columns(string file, string[] header, TableOptions options, HashSet<int> names)
    {
        HashSet<int> targets = [.. (options.Targets.Count > 0 ? options.Targets : [header[^1]]).Select(target => HeaderRow.Find(header, target, file))];
        HashSet<int> ignored = [.. options.Ignore.Select(column => HeaderRow.Find(header, column, file))];
        if (targets.Overlaps(ignored))
        {
            throw new ArgumentException($"{file}: the column '{header[targets.First(ignored.Contains)]}' cannot be the target and be ignored.");
        }

        var kinds = new Dictionary<int, ColumnKind>();
        foreach ((string column, ColumnKind kind) in options.Kinds)
        {
            kinds[HeaderRow.Find(header, column, file)] = kind;
        }

        if (options.WeightsColumn is { } weights)
        {
            int column = HeaderRow.Find(header, weights, file);
            if (targets.Contains(column) || ignored.Contains(column))
            {
                throw new ArgumentException($"{file}: the column '{header[column]}' cannot hold the weights of the rows and be {(ignored.Contains(column) ? "ignored" : "the target")}.");
            }

            kinds[column] = ColumnKind.Numeric;
        }

        if (options.Task == TableTask.Regress || targets.Count > 1)
        {
            foreach (int target in targets)
            {
                kinds[target] = ColumnKind.Numeric;
            }
        }

        return
        [
            .. Enumerable.Range(0, header.Length).Where(i => !ignored.Contains(i)).Select(i => new RawColumn(header[i], i)
            {
                IsTarget = targets.Contains(i),
                IsFixed = kinds.ContainsKey(i) || names.Contains(i),
                Kind = kinds.TryGetValue(i, out ColumnKind kind) ? kind : names.Contains(i) ? ColumnKind.Categorical : null,
            }),
        ];
    }
}
