using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Nabla.Bench.Machine;

/// <summary>How long it takes until one core sees what another has written: what threads that work closely together wait for.</summary>
internal static class HandOver
{
    private const int Rounds = 200_000;

    /// <summary>Where there is one core alone, the other thread must come.</summary>
    private const int Looks = 10_000;

    /// <summary>Nanoseconds from one thread to the other, the mean of many turns there and back.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Measure()
    {
        // In the middle, so that nothing else shares its cache line.
        long[] turn = new long[64];
        ref long shared = ref turn[32];
        var other = new Thread(() => Answer(turn));
        other.Start();
        // Until the other one is there.
        Turn(ref shared, 0);
        long begin = Stopwatch.GetTimestamp();
        for (long round = 1; round <= Rounds; round++)
        {
            Turn(ref shared, round);
        }

        double seconds = Stopwatch.GetElapsedTime(begin).TotalSeconds;
        other.Join();
        return seconds / (2.0 * Rounds) * 1e9;
    }

    /// <summary>Odd numbers ask, even ones answer.</summary>
    private static void Turn(ref long shared, long round)
    {
        Volatile.Write(ref shared, (2 * round) + 1);
        Await(ref shared, (2 * round) + 2);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Await(ref long shared, long value)
    {
        for (int look = 1; Volatile.Read(ref shared) != value; look++)
        {
            if (look % Looks == 0)
            {
                Thread.Yield();
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Answer(long[] turn)
    {
        ref long shared = ref turn[32];
        for (long round = 0; round <= Rounds; round++)
        {
            Await(ref shared, (2 * round) + 1);
            Volatile.Write(ref shared, (2 * round) + 2);
        }
    }
}
