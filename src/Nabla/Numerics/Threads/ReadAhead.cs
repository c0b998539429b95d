using System.Collections.Concurrent;

namespace Nabla.Numerics.Threads;

/// <summary>Read-ahead: one thread fills blocks while the caller uses the blocks filled before, in order.</summary>
internal static class ReadAhead
{
    /// <summary>The filled blocks. A block is valid until the next one is requested; then it is filled again.</summary>
    /// <param name="blocks">The buffers, at least two.</param>
    /// <param name="fill">
    /// Fills a block and returns whether there is more. If it throws, the caller still gets the partly filled block,
    /// and the exception after it.
    /// </param>
    public static IEnumerable<T> Run<T>(IReadOnlyList<T> blocks, Func<T, bool> fill) where T : class
    {
        using var full = new BlockingCollection<T>(blocks.Count);
        using var free = new BlockingCollection<T>();
        using var stop = new CancellationTokenSource();
        foreach (T block in blocks)
        {
            free.Add(block);
        }

        Task filling = Task.Run(() => Fill(free, full, fill, stop.Token));
        try
        {
            foreach (T block in full.GetConsumingEnumerable())
            {
                yield return block;
                free.Add(block);
            }

            filling.GetAwaiter().GetResult();
        }
        finally
        {
            stop.Cancel();
            // Waits without throwing: an exception that ended the loop is already on its way to the caller.
            ((IAsyncResult)filling).AsyncWaitHandle.WaitOne();
        }
    }

    private static void Fill<T>(BlockingCollection<T> free, BlockingCollection<T> full, Func<T, bool> fill, CancellationToken stop)
    {
        try
        {
            bool hasMore = true;
            while (hasMore)
            {
                T block = free.Take(stop);
                try
                {
                    hasMore = fill(block);
                }
                finally
                {
                    full.Add(block, stop);
                }
            }
        }
        finally
        {
            full.CompleteAdding();
        }
    }
}
