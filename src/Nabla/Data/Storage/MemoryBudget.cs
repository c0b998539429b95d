namespace Nabla.Data.Storage;

/// <summary>
/// How much memory the inputs of data sets that are opened together may take. Inputs beyond it stay in files.
/// </summary>
/// <param name="bytes">The budget, 0 or more.</param>
internal sealed class MemoryBudget(long bytes)
{
    /// <summary>
    /// Memory for the program itself: with a heap of 32 MiB and half of it for data, the runtime runs out of memory.
    /// </summary>
    private const long ProgramBytes = 32L << 20;

    private long remaining = bytes;

    /// <summary>
    /// The budget that a request gives; by default half of what the runtime may use, which follows the limits of
    /// containers and <c>DOTNET_GCHeapHardLimit</c>.
    /// </summary>
    /// <exception cref="ArgumentException">The budget is negative.</exception>
    public static MemoryBudget OrDefault(long? bytes) => bytes is not < 0
        ? new MemoryBudget(bytes ?? Math.Max(0, (GC.GetGCMemoryInfo().TotalAvailableMemoryBytes - ProgramBytes) / 2))
        : throw new ArgumentException($"The memory budget is {bytes} bytes: expected 0 or more.", nameof(bytes));

    /// <summary>Reserves memory if enough remains.</summary>
    public bool TryReserve(long wanted)
    {
        bool isEnough = wanted <= remaining;
        remaining -= isEnough ? wanted : 0;
        return isEnough;
    }

    /// <summary>Releases reserved memory.</summary>
    public void Release(long reserved) => remaining += reserved;
}
