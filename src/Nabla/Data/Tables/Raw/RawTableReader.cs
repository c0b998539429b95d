using System.Security.Cryptography;
using Nabla.Data.Files;
using Nabla.Data.Storage;
using Nabla.Data.Tables.Text;

namespace Nabla.Data.Tables.Raw;

/// <summary>Reads a table of unknown columns.</summary>
/// <remarks>
/// The first cell that is not missing decides the kind of a column. If a later one does not fit, the rest of the pass
/// only looks for more columns like it, and a second pass reads the cells. So most tables take one pass, some take two,
/// and no text is kept for numeric columns.
/// </remarks>
internal static class RawTableReader
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">How to read the table.</param>
    /// <param name="budget">The memory that the cells may take.</param>
    /// <param name="progress">Receives the share of the file that has been read, from 0 to 1; or null.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is not a table; the message says where.</exception>
    /// <exception cref="ArgumentException">A column named in the options does not exist.</exception>
    /// <exception cref="IOException">
    /// The table exceeds the budget, and the temporary file cannot be written.
    /// </exception>
    public static RawTable Read(string path, TableOptions options, MemoryBudget budget, IProgress<double>? progress = null)
    {
        var names = new HashSet<int>();
        RawTable table = ReadOnce(path, options, names, budget, progress);
        if (names.Count > 0)
        {
            table.Dispose();
            table = ReadOnce(path, options, names, budget, progress);
            if (Array.Exists(table.Columns, column => column.HasMixedKinds))
            {
                table.Dispose();
                throw new InvalidDataException($"{path}: the file changed while it was being read.");
            }
        }

        return table;
    }

    private static RawTable ReadOnce(string path, TableOptions options, HashSet<int> names, MemoryBudget budget, IProgress<double>? progress)
    {
        using Stream stream = TableFile.OpenRead(path, out FileStream file);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        RawTable table = Read(new DelimitedReader(stream, path, decimalComma: options.DecimalComma, hash: hash), options, names, budget, new FileProgress(file, progress));
        table.Fingerprint = Convert.ToHexStringLower(hash.GetHashAndReset());
        return table;
    }

    /// <param name="reader">The text of the table.</param>
    /// <param name="options">How to read the table.</param>
    /// <param name="names">
    /// The fields that are known to hold names. Fields that turn out to hold names are added.
    /// </param>
    /// <param name="budget">The memory that the cells may take.</param>
    /// <param name="fileProgress">Reports how much has been read.</param>
    private static RawTable Read(DelimitedReader reader, TableOptions options, HashSet<int> names, MemoryBudget budget, FileProgress fileProgress)
    {
        byte point = options.DecimalComma ? (byte)',' : (byte)'.';
        if (!reader.Read())
        {
            throw new InvalidDataException($"{reader.Name}: the file is empty: expected a header and one row per sample.");
        }

        bool hasHeader = options.HasHeader ?? HeaderRow.IsHeader(reader, point);
        string[] header = hasHeader ? HeaderRow.ReadNames(reader) : HeaderRow.DefaultNames(reader.FieldCount);
        var table = new RawTable(reader.Name, header, Columns(reader.Name, header, options, names), budget);
        if (hasHeader && !reader.Read())
        {
            throw new InvalidDataException($"{reader.Name}: the file has a header but no rows: expected one row per sample.");
        }

        try
        {
            ReadRows(reader, table, point, names, fileProgress);
            table.Complete();
            return table;
        }
        catch
        {
            table.Dispose();
            throw;
        }
    }

    private static void ReadRows(DelimitedReader reader, RawTable table, byte point, HashSet<int> names, FileProgress fileProgress)
    {
        double[] skipped = new double[table.Columns.Length];
        foreach (RowBlock block in RowBlock.ReadAll(reader))
        {
            for (int row = 0; row < block.Count; row++)
            {
                bool isSkipped = names.Count > 0 && Array.Exists(table.Columns, column => column.HasMixedKinds);
                ReadRow(block, row, table, isSkipped ? skipped : table.AddRow(), point, names);
            }

            fileProgress.Report();
        }
    }

    private static void ReadRow(RowBlock block, int row, RawTable table, Span<double> cells, byte point, HashSet<int> names)
    {
        var place = new RowPlace(table.Name, block.Line(row));
        int count = block.FieldCount(row);
        if (count != table.Names.Count)
        {
            throw place.Error($"{count} field{(count == 1 ? "" : "s")}, but the first row has {table.Names.Count}. Expected the same number in every row; put a field that holds the separator in double quotes.");
        }

        for (int i = 0; i < cells.Length; i++)
        {
            RawColumn column = table.Columns[i];
            if (column.HasMixedKinds)
            {
                continue;
            }

            cells[i] = column.Read(CellText.Trim(block.Field(row, column.FieldIndex)), place, point);
            if (column.HasMixedKinds)
            {
                names.Add(column.FieldIndex);
            }
            else if (column.IsTarget && double.IsNaN(cells[i]))
            {
                throw place.Error($"the target '{column.Name}' is missing: nothing can be learned from this row. Remove it.");
            }
        }
    }

    private static RawColumn[] Columns(string file, string[] header, TableOptions options, HashSet<int> names)
    {
        HashSet<int> targets = [.. (options.Targets.Count > 0 ? options.Targets : [header[^1]]).Select(target => HeaderRow.Find(header, target, file))];
        HashSet<int> ignored = [.. options.Ignore.Select(column => HeaderRow.Find(header, column, file))];
        if (targets.Overlaps(ignored))
        {
            throw new ArgumentException($"{file}: the column '{header[targets.First(ignored.Contains)]}' cannot be both the target and ignored.");
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
                throw new ArgumentException($"{file}: the column '{header[column]}' cannot hold the weights of the rows and be {(ignored.Contains(column) ? "ignored" : "the target")} as well.");
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
                IsKindGiven = kinds.ContainsKey(i) || names.Contains(i),
                Kind = kinds.TryGetValue(i, out ColumnKind kind) ? kind : names.Contains(i) ? ColumnKind.Categorical : null,
            }),
        ];
    }
}
