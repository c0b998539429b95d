namespace Nabla.Tests.Support;

/// <summary>What code takes from the managed heap.</summary>
internal static class Allocation
{
    private const int Attempts = 100;

    /// <summary>The bytes that the calling thread allocates in an action.</summary>
    public static long Of(Action action) => Of(GC.GetAllocatedBytesForCurrentThread, action);

    /// <summary>The bytes by which a counter of allocations goes up in an action.</summary>
    /// <remarks>
    /// A thread allocates from 8 KiB of its own, and a collection takes what is left of them back, which the runtime's counter may take for allocated.
    /// Tests that run beside this one cause collections, so what was counted while the process stood still is counted again.
    /// </remarks>
    public static long Of(Func<long> counter, Action action)
    {
        for (int attempt = 1; ; attempt++)
        {
            TimeSpan pauses = GC.GetTotalPauseDuration();
            long before = counter();
            action();
            long taken = counter() - before;
            if (taken == 0 || GC.GetTotalPauseDuration() == pauses || attempt == Attempts)
            {
                return taken;
            }
        }
    }
}
