using System.Runtime.InteropServices;
using Nabla.Data.Files;
using Nabla.Data.Storage;
using Nabla.Data.Tables.Raw;
using Nabla.Data.Tables.Schema;
using Nabla.Numerics.Memory;
using Nabla.Numerics.Threads;

namespace Nabla.Data.Tables.Fitting;

/// <summary>A column of a table that becomes inputs.</summary>
/// <param name="Input">How.</param>
/// <param name="Column">Its place among the columns of the table.</param>
/// <param name="Codes">Categorical: the category of each of the column's names, −1 for those without one; otherwise null.</param>
internal sealed record InputOrigin(InputColumn Input, int Column, int[]? Codes);

/// <summary>Encodes the rows of a table by what was learned of its columns.</summary>
internal static class TableInputs
{
    /// <summary>Rows that a thread encodes at once.</summary>
    private const int RowsAtOnce = 1 << 10;

    /// <summary>Values that are encoded before they are written to a file: 4 MiB.</summary>
    private const int ValuesOfPiece = 1 << 20;

    /// <summary>Pieces of work for the threads, where rows are few.</summary>
    private const int LeastTasks = 16;

    /// <summary>The inputs of all rows: in memory where the budget has room for them, otherwise in a temporary file.</summary>
    /// <param name="table">The table.</param>
    /// <param name="origins">The columns, in the order of the inputs.</param>
    /// <param name="width">Inputs of a row.</param>
    /// <param name="budget">What may be taken from the memory.</param>
    /// <exception cref="IOException">The temporary file cannot be written.</exception>
    public static IInputStorage Encode(RawTable table, IReadOnlyList<InputOrigin> origins, int width, MemoryBudget budget)
    {
        (InputOrigin Origin, int Width)[] columns = [.. origins.Select(origin => (origin, origin.Input.Width))];
        long length = (long)table.Count * width;
        if (length <= Array.MaxLength && budget.TryTake(length * sizeof(float)))
        {
            float[] all = HugePages.NewUninitializedArray<float>((int)length);
            Encode(table, columns, 0, table.Count, width, all);
            return new SingleInputs(all, width);
        }

        using var scratch = new ScratchFile(table.Name);
        int rowsOfPiece = Math.Clamp(ValuesOfPiece / width, 1, table.Count);
        float[] piece = new float[(long)rowsOfPiece * width];
        for (int first = 0; first < table.Count; first += rowsOfPiece)
        {
            int count = Math.Min(rowsOfPiece, table.Count - first);
            Encode(table, columns, first, count, width, piece);
            scratch.Write(MemoryMarshal.AsBytes(piece.AsSpan(0, count * width)));
        }

        return new MappedSingleInputs(scratch.Map(), width);
    }

    private static void Encode(RawTable table, (InputOrigin Origin, int Width)[] columns, int first, int count, int width, float[] inputs)
    {
        int rowsOfTask = Math.Clamp(count / LeastTasks, 1, RowsAtOnce);
        ParallelLoop.Run((count + rowsOfTask - 1) / rowsOfTask, task =>
        {
            int end = Math.Min(count, (task + 1) * rowsOfTask);
            for (int row = task * rowsOfTask; row < end; row++)
            {
                ReadOnlySpan<double> cells = table.Row(first + row);
                int at = row * width;
                foreach ((InputOrigin origin, int inputWidth) in columns)
                {
                    double cell = cells[origin.Column];
                    origin.Input.Encode(origin.Codes is { } codes && cell >= 0 ? codes[(int)cell] : cell, inputs.AsSpan(at, inputWidth));
                    at += inputWidth;
                }
            }
        });
    }
}
