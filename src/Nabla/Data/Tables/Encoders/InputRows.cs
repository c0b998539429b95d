using System.Runtime.InteropServices;
using Nabla.Data.Files;
using Nabla.Data.Storage;

namespace Nabla.Data.Tables.Encoders;

/// <summary>Encoded rows that come one after the other, nobody knows how many: in memory, and in a temporary file as soon as the budget has no room for them.</summary>
/// <param name="name">The data, in messages.</param>
/// <param name="width">Inputs of a row.</param>
/// <param name="budget">What may be taken from the memory.</param>
internal sealed class InputRows(string name, int width, MemoryBudget budget) : IDisposable
{
    private const int LeastValues = 1024;

    private float[] values = [];
    private int count;
    private ScratchFile? scratch;

    /// <summary>Appends a row.</summary>
    /// <exception cref="IOException">The temporary file cannot be written.</exception>
    public void Add(ReadOnlySpan<float> row)
    {
        if (scratch is null && !HasRoom())
        {
            scratch = new ScratchFile(name);
            scratch.Write(MemoryMarshal.AsBytes(values.AsSpan(0, count)));
            budget.Return((long)values.Length * sizeof(float));
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

    /// <summary>The rows, at least one.</summary>
    /// <exception cref="IOException">The temporary file cannot be written.</exception>
    public IInputStorage Complete()
    {
        if (scratch is not null)
        {
            return new MappedSingleInputs(scratch.Map(), width);
        }

        budget.Return((long)(values.Length - count) * sizeof(float));
        Array.Resize(ref values, count);
        return new SingleInputs(values, width);
    }

    /// <summary>Lets the temporary file go, unless the rows were completed.</summary>
    public void Dispose() => scratch?.Dispose();

    /// <summary>Whether another row fits the memory; grows by doubling.</summary>
    private bool HasRoom()
    {
        long needed = (long)count + width;
        if (needed <= values.Length)
        {
            return true;
        }

        long length = Math.Max(needed, Math.Min(Array.MaxLength, Math.Max(LeastValues, 2L * values.Length)));
        if (length > Array.MaxLength || !budget.TryTake((length - values.Length) * sizeof(float)))
        {
            return false;
        }

        Array.Resize(ref values, (int)length);
        return true;
    }
}
