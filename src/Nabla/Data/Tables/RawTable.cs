namespace Nabla.Data.Tables;

/// <summary>A table in memory, a number a cell (see <see cref="RawColumn.Read"/>), row by row in blocks: eight bytes a cell, never copied as it grows.</summary>
/// <param name="name">The file.</param>
/// <param name="names">The names of all its columns.</param>
/// <param name="columns">The columns that are kept.</param>
internal sealed class RawTable(string name, IReadOnlyList<string> names, RawColumn[] columns)
{
    private const int CellsOfBlock = 1 << 13;

    private readonly int rowsOfBlock = Math.Max(1, CellsOfBlock / Math.Max(1, columns.Length));
    private readonly List<double[]> blocks = [];

    /// <summary>The file.</summary>
    public string Name => name;

    /// <summary>The names of all columns of the file.</summary>
    public IReadOnlyList<string> Names => names;

    /// <summary>The columns that are kept, in the order of the file.</summary>
    public RawColumn[] Columns => columns;

    /// <summary>Number of rows.</summary>
    public int Count { get; private set; }

    /// <summary>SHA-256 of the file's text.</summary>
    public string? Fingerprint { get; set; }

    /// <summary>The cells of a row, [columns].</summary>
    public ReadOnlySpan<double> Row(int row) => blocks[row / rowsOfBlock].AsSpan(row % rowsOfBlock * columns.Length, columns.Length);

    /// <summary>The column of a name.</summary>
    public int IndexOf(string column) => Array.FindIndex(columns, candidate => candidate.Name == column);

    /// <summary>Room for another row.</summary>
    /// <exception cref="InvalidDataException">The table does not fit the memory: half of it is left for the inputs that come of it and for the training.</exception>
    public Span<double> Add()
    {
        if (Count == (long)blocks.Count * rowsOfBlock)
        {
            long bytes = (blocks.Count + 1L) * rowsOfBlock * columns.Length * sizeof(double);
            if (bytes > GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2 || Count > int.MaxValue - rowsOfBlock)
            {
                throw new InvalidDataException($"{Name}: {Count} rows of {columns.Length} columns are read, and there are more: they do not fit the memory of this machine. Take a part of the rows, or leave columns out.");
            }

            blocks.Add(new double[rowsOfBlock * columns.Length]);
        }

        int row = Count++;
        return blocks[^1].AsSpan(row % rowsOfBlock * columns.Length, columns.Length);
    }
}
