using System.Runtime.InteropServices;
using Nabla.Data.Files;
using Nabla.Data.Storage;

namespace Nabla.Data.Tables.Encoders;

/// <summary>
/// Collects encoded rows of unknown number: in memory while they fit the budget, then in a temporary file.
/// </summary>
/// <param name="name">The name of the data, for messages.</param>
/// <param name="width">Number of inputs per row.</param>
/// <param name="budget">The memory that the rows may take.</param>
internal sealed class InputRows(string name, int width, MemoryBudget budget) : IDisposable
{
    private const int MinLength = 1024;

    private float[] values = [];
    private int count;
    private ScratchFile? scratch;

    /// <summary>Appends a row.</summary>
    /// <exception cref="IOException">The temporary file cannot be written.</exception>
    public void Add(ReadOnlySpan<float> row)
    {
        if (scratch is null && !TryGrow())
        {
            scratch = new ScratchFile(name);
            scratch.Write(MemoryMarshal.AsBytes(values.AsSpan(0, count)));
            budget.Release((long)values.Length * sizeof(float));
            values = [];
        }

        if (scratch is not null)
        {
            scratch.Write(MemoryMarshal.AsBytes(row));
            return;
        }

        row.CopyTo(values.AsSpan(count));
        count += width;
    }

    /// <summary>Ends the collection and returns the rows. There must be at least one.</summary>
    /// <exception cref="IOException">The temporary file cannot be written.</exception>
    public IInputStorage Complete()
    {
        if (scratch is not null)
        {
            return new MappedSingleInputs(scratch.Map(), width);
        }

        budget.Release((long)(values.Length - count) * sizeof(float));
        Array.Resize(ref values, count);
        return new SingleInputs(values, width);
    }

    /// <summary>Closes the temporary file, unless the rows were completed.</summary>
    public void Dispose() => scratch?.Dispose();

    /// <summary>
    /// Makes room for another row in memory, by doubling. Returns false if the budget does not allow it.
    /// </summary>
    private bool TryGrow()
    {
        long needed = (long)count + width;
        if (needed <= values.Length)
        {
            return true;
        }

        long length = Math.Max(needed, Math.Min(Array.MaxLength, Math.Max(MinLength, 2L * values.Length)));
        if (length > Array.MaxLength || !budget.TryReserve((length - values.Length) * sizeof(float)))
        {
            return false;
        }

        Array.Resize(ref values, (int)length);
        return true;
    }
}
