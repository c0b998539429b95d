using System.Collections.Concurrent;

namespace Nabla.Numerics.Threads;

/// <summary>One thread fills blocks while the caller uses those before, in their order.</summary>
internal static class Ahead
{
    /// <summary>The filled blocks. A block is valid until the next one is asked for; then it is filled again.</summary>
    /// <param name="blocks">At least two blocks.</param>
    /// <param name="fill">Fills a block, and says whether there is more. A block that it throws at is handed on all the same, and the error after it.</param>
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
            // Without another error: the one that ends the reading is on its way already.
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
