using System.Runtime.InteropServices;
using Nabla.Data.Files;
using Nabla.Data.Storage;
using Nabla.Numerics.Memory;

namespace Nabla.Data.Tables.Raw;

/// <summary>
/// The cells of a table as numbers (see <see cref="RawColumn.Read"/>), row
/// by row in blocks: eight bytes per cell, and growing copies nothing.
/// </summary>
/// <remarks>
/// A table beyond the memory budget lies completely in a temporary file, with the same numbers in the same order, so
/// what is learned from them is the same.
/// </remarks>
/// <param name="name">The name of the file.</param>
/// <param name="names">The names of all columns of the file.</param>
/// <param name="columns">The columns that are kept.</param>
/// <param name="budget">The memory that the cells may take. It is released when the table is disposed.</param>
internal sealed class RawTable(string name, IReadOnlyList<string> names, RawColumn[] columns, MemoryBudget budget) : IDisposable
{
    private const int CellsPerBlock = 1 << 13;

    private readonly int rowsPerBlock = Math.Max(1, CellsPerBlock / Math.Max(1, columns.Length));
    private readonly List<double[]> blocks = [];
    private ScratchFile? scratch;
    private MappedBuffer? mapped;
    private long reserved;

    /// <summary>The name of the file.</summary>
    public string Name => name;

    /// <summary>The names of all columns of the file.</summary>
    public IReadOnlyList<string> Names => names;

    /// <summary>The columns that are kept, in file order.</summary>
    public RawColumn[] Columns => columns;

    /// <summary>Number of rows.</summary>
    public int Count { get; private set; }

    /// <summary>SHA-256 of the file's text.</summary>
    public string? Fingerprint { get; set; }

    /// <summary>The cells of a row, [columns]. Valid after <see cref="Complete"/>.</summary>
    public ReadOnlySpan<double> Row(int row) => mapped is null
        ? blocks[row / rowsPerBlock].AsSpan(row % rowsPerBlock * columns.Length, columns.Length)
        : MemoryMarshal.Cast<byte, double>(mapped.Bytes((long)row * columns.Length * sizeof(double), columns.Length * sizeof(double)));

    /// <summary>The index of the column with a name, or −1.</summary>
    public int IndexOf(string column) => Array.FindIndex(columns, candidate => candidate.Name == column);

    /// <summary>Adds a row. Its cells may be written until the next row is added.</summary>
    /// <exception cref="InvalidDataException">There are more rows than can be indexed.</exception>
    /// <exception cref="IOException">The temporary file cannot be written.</exception>
    public Span<double> AddRow()
    {
        int index = Count % rowsPerBlock;
        if (index == 0)
        {
            StartBlock();
        }

        Count++;
        return blocks[^1].AsSpan(index * columns.Length, columns.Length);
    }

    /// <summary>Ends the adding of rows, so that they can be read.</summary>
    /// <exception cref="IOException">The temporary file cannot be written.</exception>
    public void Complete()
    {
        if (scratch is not null)
        {
            int remaining = ((Count - 1) % rowsPerBlock) + 1;
            scratch.Write(MemoryMarshal.AsBytes(blocks[^1].AsSpan(0, remaining * columns.Length)));
            blocks.Clear();
            mapped = scratch.Map();
        }
    }

    /// <summary>Changes cells of every row in place. Call it after <see cref="Complete"/>.</summary>
    /// <param name="change">Changes a row, [columns].</param>
    /// <exception cref="IOException">The temporary file cannot be written.</exception>
    public void Rewrite(Action<Span<double>> change)
    {
        if (mapped is null)
        {
            for (int row = 0; row < Count; row++)
            {
                change(blocks[row / rowsPerBlock].AsSpan(row % rowsPerBlock * columns.Length, columns.Length));
            }

            return;
        }

        using var changed = new ScratchFile(Name);
        double[] cells = new double[columns.Length];
        for (int row = 0; row < Count; row++)
        {
            Row(row).CopyTo(cells);
            change(cells);
            changed.Write(MemoryMarshal.AsBytes(cells.AsSpan()));
        }

        mapped.Dispose();
        mapped = changed.Map();
    }

    /// <summary>Releases memory and file. Rows can no longer be read.</summary>
    public void Dispose()
    {
        blocks.Clear();
        budget.Release(reserved);
        reserved = 0;
        mapped?.Dispose();
        scratch?.Dispose();
    }

    private void StartBlock()
    {
        if (Count > Array.MaxLength - rowsPerBlock)
        {
            throw new InvalidDataException($"{Name}: {Count} rows have been read, and there are more: at most {Array.MaxLength} can be indexed. Use fewer rows.");
        }

        long bytes = (long)rowsPerBlock * columns.Length * sizeof(double);
        if (scratch is null && budget.TryReserve(bytes))
        {
            reserved += bytes;
            blocks.Add(new double[rowsPerBlock * columns.Length]);
            return;
        }

        scratch ??= new ScratchFile(Name);
        foreach (double[] block in blocks)
        {
            scratch.Write(MemoryMarshal.AsBytes(block.AsSpan()));
        }

        // All rows are in the file now, so one block is enough from here on.
        double[] next = blocks.Count > 0 ? blocks[0] : new double[rowsPerBlock * columns.Length];
        blocks.Clear();
        blocks.Add(next);
        budget.Release(reserved);
        reserved = 0;
    }
}
