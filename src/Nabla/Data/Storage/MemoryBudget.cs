namespace Nabla.Data.Storage;

/// <summary>What the inputs of the data sets that are opened together may take from the memory; the rest lies in files.</summary>
/// <param name="bytes">How much that is, 0 or more.</param>
internal sealed class MemoryBudget(long bytes)
{
    /// <summary>What the program itself needs: with a heap of 32 MiB and data of half of it the runtime runs out of memory.</summary>
    private const long Program = 32L << 20;

    private long left = bytes;

    /// <summary>What a request allows; half of what the runtime may use where it says nothing, which follows the limits of containers and <c>DOTNET_GCHeapHardLimit</c>.</summary>
    /// <exception cref="ArgumentException">It allows less than nothing.</exception>
    public static MemoryBudget Of(long? bytes) => bytes is not < 0
        ? new MemoryBudget(bytes ?? Math.Max(0, (GC.GetGCMemoryInfo().TotalAvailableMemoryBytes - Program) / 2))
        : throw new ArgumentException($"The memory budget is {bytes} bytes: expected 0 or more.", nameof(bytes));

    /// <summary>Takes memory, if so much is left.</summary>
    public bool TryTake(long wanted)
    {
        bool isThere = wanted <= left;
        left -= isThere ? wanted : 0;
        return isThere;
    }

    /// <summary>Gives back what was taken.</summary>
    public void Return(long taken) => left += taken;
}
