using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace Nabla.Numerics;

/// <summary>Asks for memory that will be read soon. It changes nothing but the time.</summary>
internal static unsafe class Prefetch
{
    private const int Line = 64;

    /// <summary>Fetches a span into the near caches while the thread goes on; does nothing where the processor offers no way.</summary>
    public static void Read(ReadOnlySpan<byte> bytes)
    {
        if (Sse.IsSupported)
        {
            // The address may go stale if the memory moves: then the wrong lines are fetched, and no harm is done.
            byte* start = (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(bytes));
            for (int at = 0; at < bytes.Length; at += Line)
            {
                Sse.Prefetch0(start + at);
            }
        }
    }
}
