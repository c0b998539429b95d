using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace Nabla.Numerics.Memory;

/// <summary>Asks for memory that will be read soon. It changes nothing but the time.</summary>
internal static unsafe class Prefetch
{
    private const int LineBytes = 64;

    /// <summary>Fetches so many bytes, which need not be valid, into the second cache: the first one has no room for so many at once, and lines that lie pages apart push each other out of it.</summary>
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

    /// <summary>Fetches a span into the second cache while the thread goes on; does nothing where the processor offers no way.</summary>
    /// <remarks>The address may go stale if the memory moves: then the wrong lines are fetched, and no harm is done.</remarks>
    public static void Read(ReadOnlySpan<byte> bytes) => Far(Unsafe.AsPointer(ref MemoryMarshal.GetReference(bytes)), bytes.Length);
}
