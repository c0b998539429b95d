using System.Runtime.InteropServices;
using Nabla.Data.Files;
using Nabla.Data.Storage;
using Nabla.Numerics.Memory;

namespace Nabla.Data.Tables.Raw;

/// <summary>The cells of a table, a number each (see <see cref="RawColumn.Read"/>), row by row in blocks: eight bytes a cell, never copied as it grows.</summary>
/// <remarks>What goes beyond the memory budget lies in a temporary file, all rows of it: the same numbers in the same order, so that nothing learned from them differs.</remarks>
/// <param name="name">The file.</param>
/// <param name="names">The names of all its columns.</param>
/// <param name="columns">The columns that are kept.</param>
/// <param name="budget">What may be taken from the memory; given back when this is disposed of.</param>
internal sealed class RawTable(string name, IReadOnlyList<string> names, RawColumn[] columns, MemoryBudget budget) : IDisposable
{
    private const int CellsOfBlock = 1 << 13;

    private readonly int rowsOfBlock = Math.Max(1, CellsOfBlock / Math.Max(1, columns.Length));
    private readonly List<double[]> blocks = [];
    private ScratchFile? scratch;
    private MappedBuffer? mapped;
    private long taken;

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

    /// <summary>The cells of a row, [columns]. After <see cref="Complete"/>.</summary>
    public ReadOnlySpan<double> Row(int row) => mapped is null
        ? blocks[row / rowsOfBlock].AsSpan(row % rowsOfBlock * columns.Length, columns.Length)
        : MemoryMarshal.Cast<byte, double>(mapped.Bytes((long)row * columns.Length * sizeof(double), columns.Length * sizeof(double)));

    /// <summary>The column of a name.</summary>
    public int IndexOf(string column) => Array.FindIndex(columns, candidate => candidate.Name == column);

    /// <summary>Room for another row, until the next one is asked for.</summary>
    /// <exception cref="InvalidDataException">There are more rows than can be numbered.</exception>
    /// <exception cref="IOException">The temporary file cannot be written.</exception>
    public Span<double> Add()
    {
        int place = Count % rowsOfBlock;
        if (place == 0)
        {
            StartBlock();
        }

        Count++;
        return blocks[^1].AsSpan(place * columns.Length, columns.Length);
    }

    /// <summary>Ends the adding: from here on rows can be read.</summary>
    /// <exception cref="IOException">The temporary file cannot be written.</exception>
    public void Complete()
    {
        if (scratch is not null)
        {
            int left = ((Count - 1) % rowsOfBlock) + 1;
            scratch.Write(MemoryMarshal.AsBytes(blocks[^1].AsSpan(0, left * columns.Length)));
            blocks.Clear();
            mapped = scratch.Map();
        }
    }

    /// <summary>Lets memory and file go. No row may be read any more.</summary>
    public void Dispose()
    {
        blocks.Clear();
        budget.Return(taken);
        taken = 0;
        mapped?.Dispose();
        scratch?.Dispose();
    }

    private void StartBlock()
    {
        if (Count > Array.MaxLength - rowsOfBlock)
        {
            throw new InvalidDataException($"{Name}: {Count} rows are read, and there are more: at most {Array.MaxLength} can be numbered. Take a part of the rows.");
        }

        long bytes = (long)rowsOfBlock * columns.Length * sizeof(double);
        if (scratch is null && budget.TryTake(bytes))
        {
            taken += bytes;
            blocks.Add(new double[rowsOfBlock * columns.Length]);
            return;
        }

        scratch ??= new ScratchFile(Name);
        foreach (double[] block in blocks)
        {
            scratch.Write(MemoryMarshal.AsBytes(block.AsSpan()));
        }

        // All of it is in the file now: one block is enough to go on.
        double[] next = blocks.Count > 0 ? blocks[0] : new double[rowsOfBlock * columns.Length];
        blocks.Clear();
        blocks.Add(next);
        budget.Return(taken);
        taken = 0;
    }
}
