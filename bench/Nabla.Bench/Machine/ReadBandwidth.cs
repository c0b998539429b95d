using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Nabla.Bench.Machine;

/// <summary>How fast the machine reads memory: every thread adds up a buffer of its own that no cache can hold.</summary>
internal static class ReadBandwidth
{
    private const int BytesPerThread = 256 << 20;
    private const int Repetitions = 12;

    /// <summary>GB/s on some threads.</summary>
    public static double Measure(int threads)
    {
        uint[] sums = new uint[threads];
        double seconds = SideBySide.ShortestSeconds(threads, Repetitions, () =>
        {
            uint[] buffer = new uint[BytesPerThread / sizeof(uint)];
            // Pages that were never written may all be the one page of zeros.
            buffer.AsSpan().Fill(1);
            return () => sums[0] = Sum(buffer);
        });
        return (double)BytesPerThread * threads / seconds / 1e9;
    }

    /// <summary>Four sums side by side, so that no addition waits for the one before it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static uint Sum(uint[] buffer)
    {
        ref uint first = ref MemoryMarshal.GetArrayDataReference(buffer);
        nuint width = (nuint)Vector512<uint>.Count, end = (nuint)buffer.Length;
        Vector512<uint> a = default, b = default, c = default, d = default;
        for (nuint i = 0; i < end; i += 4 * width)
        {
            a += Vector512.LoadUnsafe(ref first, i);
            b += Vector512.LoadUnsafe(ref first, i + width);
            c += Vector512.LoadUnsafe(ref first, i + (2 * width));
            d += Vector512.LoadUnsafe(ref first, i + (3 * width));
        }

        return Vector512.Sum(a + b + c + d);
    }
}
