using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace Nabla.Numerics.Memory;

/// <summary>
/// Prefetches memory that will be read soon. Only the speed changes. Without hardware support it does nothing.
/// </summary>
internal static unsafe class Prefetch
{
    private const int LineBytes = 64;

    /// <summary>
    /// Prefetches a range into the L2 cache; the address may be invalid. The L1 cache is too small for that many lines,
    /// and lines a multiple of a page apart would evict each other from it.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void IntoL2(void* address, int bytes)
    {
        if (Sse.IsSupported)
        {
            for (int at = 0; at < bytes; at += LineBytes)
            {
                Sse.Prefetch1((byte*)address + at);
            }
        }
    }

    /// <summary>Prefetches a span into the L2 cache.</summary>
    /// <remarks>
    /// If the garbage collector moves the memory meanwhile, the wrong lines are fetched. That is harmless.
    /// </remarks>
    public static void IntoL2(ReadOnlySpan<byte> bytes) => IntoL2(Unsafe.AsPointer(ref MemoryMarshal.GetReference(bytes)), bytes.Length);
}
