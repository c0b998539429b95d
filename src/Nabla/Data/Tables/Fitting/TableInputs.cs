using System.Runtime.InteropServices;
using Nabla.Data.Files;
using Nabla.Data.Storage;
using Nabla.Data.Tables.Raw;
using Nabla.Data.Tables.Schema;
using Nabla.Numerics.Memory;
using Nabla.Numerics.Threads;

namespace Nabla.Data.Tables.Fitting;

/// <summary>A column of a table that becomes inputs.</summary>
/// <param name="Input">How its cells become inputs.</param>
/// <param name="Column">The index of the column in the table.</param>
/// <param name="Codes">
/// Categorical: the category of each text of the column, −1 for texts without one. Otherwise null.
/// </param>
internal sealed record InputOrigin(InputColumn Input, int Column, int[]? Codes);

/// <summary>Encodes the rows of a table with the columns learned from it.</summary>
internal static class TableInputs
{
    /// <summary>The most rows per task.</summary>
    private const int MaxRowsPerTask = 1 << 10;

    /// <summary>Number of values that are encoded before they are written to a file: 4 MiB.</summary>
    private const int ValuesPerPiece = 1 << 20;

    /// <summary>The number of tasks if there are few rows.</summary>
    private const int MinTasks = 16;

    /// <summary>Encodes all rows: in memory if the inputs fit the budget, otherwise in a temporary file.</summary>
    /// <param name="table">The table.</param>
    /// <param name="origins">The columns, in input order.</param>
    /// <param name="width">Number of inputs per row.</param>
    /// <param name="budget">The memory that the inputs may take.</param>
    /// <exception cref="IOException">The temporary file cannot be written.</exception>
    public static IInputStorage Encode(RawTable table, IReadOnlyList<InputOrigin> origins, int width, MemoryBudget budget)
    {
        (InputOrigin Origin, int Width)[] columns = [.. origins.Select(origin => (origin, origin.Input.Width))];
        long length = (long)table.Count * width;
        if (length <= Array.MaxLength && budget.TryReserve(length * sizeof(float)))
        {
            float[] all = HugePages.NewUninitializedArray<float>((int)length);
            Encode(table, columns, 0, table.Count, width, all);
            return new SingleInputs(all, width);
        }

        using var scratch = new ScratchFile(table.Name);
        int rowsPerPiece = Math.Clamp(ValuesPerPiece / width, 1, table.Count);
        float[] piece = new float[(long)rowsPerPiece * width];
        for (int first = 0; first < table.Count; first += rowsPerPiece)
        {
            int count = Math.Min(rowsPerPiece, table.Count - first);
            Encode(table, columns, first, count, width, piece);
            scratch.Write(MemoryMarshal.AsBytes(piece.AsSpan(0, count * width)));
        }

        return new MappedSingleInputs(scratch.Map(), width);
    }

    private static void Encode(RawTable table, (InputOrigin Origin, int Width)[] columns, int first, int count, int width, float[] inputs)
    {
        int rowsPerTask = Math.Clamp(count / MinTasks, 1, MaxRowsPerTask);
        ParallelLoop.Run((count + rowsPerTask - 1) / rowsPerTask, task =>
        {
            int end = Math.Min(count, (task + 1) * rowsPerTask);
            for (int row = task * rowsPerTask; row < end; row++)
            {
                ReadOnlySpan<double> cells = table.Row(first + row);
                int offset = row * width;
                foreach ((InputOrigin origin, int inputWidth) in columns)
                {
                    double cell = cells[origin.Column];
                    origin.Input.Encode(origin.Codes is { } codes && cell >= 0 ? codes[(int)cell] : cell, inputs.AsSpan(offset, inputWidth));
                    offset += inputWidth;
                }
            }
        });
    }
}
