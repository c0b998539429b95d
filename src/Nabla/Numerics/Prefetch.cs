using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace Nabla.Numerics;

/// <summary>Asks for memory that will be read soon. It changes nothing but the time.</summary>
internal static unsafe class Prefetch
{
    private const int LineBytes = 64;

    /// <summary>Fetches the cache line at an address, which need not be valid.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Line(void* address)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0(address);
        }
    }

    /// <summary>Fetches so many bytes, which need not be valid, into the second cache: where lines lie pages apart they would push each other out of the first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Far(void* address, int bytes)
    {
        if (Sse.IsSupported)
        {
            for (int at = 0; at < bytes; at += LineBytes)
            {
                Sse.Prefetch1((byte*)address + at);
            }
        }
    }

    /// <summary>Fetches a span into the near caches while the thread goes on; does nothing where the processor offers no way.</summary>
    public static void Read(ReadOnlySpan<byte> bytes)
    {
        if (Sse.IsSupported)
        {
            // The address may go stale if the memory moves: then the wrong lines are fetched, and no harm is done.
            byte* start = (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(bytes));
            for (int at = 0; at < bytes.Length; at += LineBytes)
            {
                Line(start + at);
            }
        }
    }
}
