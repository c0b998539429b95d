using System.Diagnostics;

namespace Nabla.Bench.Machine;

/// <summary>The same work on some threads at once.</summary>
internal static class SideBySide
{
    /// <summary>The shortest time, over some repetitions, in which every thread had done its work. Each repetition starts on all threads together.</summary>
    /// <param name="threads">Number of threads.</param>
    /// <param name="repetitions">How often.</param>
    /// <param name="prepare">Makes the work of a thread, on that thread.</param>
    public static double ShortestSeconds(int threads, int repetitions, Func<Action> prepare)
    {
        double[,] seconds = new double[repetitions, threads];
        using var start = new Barrier(threads);
        Thread[] team = [.. Enumerable.Range(0, threads).Select(thread => new Thread(() =>
        {
            Action work = prepare();
            for (int i = 0; i < repetitions; i++)
            {
                start.SignalAndWait();
                long started = Stopwatch.GetTimestamp();
                work();
                seconds[i, thread] = Stopwatch.GetElapsedTime(started).TotalSeconds;
            }
        }))];
        Array.ForEach(team, thread => thread.Start());
        Array.ForEach(team, thread => thread.Join());
        return Enumerable.Range(0, repetitions).Min(i => Enumerable.Range(0, threads).Max(thread => seconds[i, thread]));
    }
}
