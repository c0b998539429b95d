using System.Diagnostics;

namespace Nabla.Bench.Workloads;

/// <summary>The times of many calls, in the same way as the peers take theirs.</summary>
internal static class CallTimes
{
    /// <summary>Seconds of each of <paramref name="repetitions"/> calls, sorted, after half a second and at least 40 calls that are not counted: by then the JIT is done.</summary>
    /// <param name="call">Gets the number of the call.</param>
    /// <param name="repetitions">Calls that are counted.</param>
    public static double[] Sorted(Action<int> call, int repetitions)
    {
        long end = Stopwatch.GetTimestamp() + (Stopwatch.Frequency / 2);
        for (int i = 0; i < 40 || Stopwatch.GetTimestamp() < end; i++)
        {
            call(0);
        }

        double[] seconds = new double[repetitions];
        for (int i = 0; i < repetitions; i++)
        {
            long started = Stopwatch.GetTimestamp();
            call(i);
            seconds[i] = Stopwatch.GetElapsedTime(started).TotalSeconds;
        }

        Array.Sort(seconds);
        return seconds;
    }
}
