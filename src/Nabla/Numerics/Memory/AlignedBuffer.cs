using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Nabla.Numerics.Memory;

/// <summary>A block of zeroed memory that starts on a 64-byte boundary and never moves.</summary>
/// <remarks>
/// It is on the pinned object heap, so the garbage collector counts and frees it. There is nothing to dispose of.
/// </remarks>
internal sealed unsafe class AlignedBuffer
{
    /// <summary>Bytes of a cache line, and of a 512-bit vector.</summary>
    public const int Alignment = 64;

    private readonly byte[] memory;
    private readonly int start;

    /// <summary>Allocates <paramref name="byteLength"/> zeroed bytes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The length is negative or more than an array can hold.</exception>
    public AlignedBuffer(long byteLength)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(byteLength);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(byteLength, Array.MaxLength - (2L * Alignment));
        // One line of slack behind the end: a tail may be read as a full vector.
        memory = HugePages.NewArray<byte>((int)byteLength + (2 * Alignment), pinned: true);
        nint address = (nint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(memory));
        start = (int)(-address & (Alignment - 1));
        ByteLength = (int)byteLength;
    }

    /// <summary>The usable length in bytes.</summary>
    public int ByteLength { get; }

    /// <summary>The block as raw bytes.</summary>
    public Span<byte> Bytes => memory.AsSpan(start, ByteLength);

    /// <summary>The block as elements of <typeparamref name="T"/>.</summary>
    public Span<T> As<T>() where T : unmanaged => MemoryMarshal.Cast<byte, T>(Bytes);

    /// <summary>The address of the first element. Valid as long as this object is reachable.</summary>
    public T* Pointer<T>() where T : unmanaged => (T*)Unsafe.AsPointer(ref memory[start]);

    /// <summary>A buffer for <paramref name="count"/> elements of <typeparamref name="T"/>.</summary>
    public static AlignedBuffer For<T>(long count) where T : unmanaged => new(checked(count * sizeof(T)));
}
