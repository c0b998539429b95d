using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Nabla.Numerics;

/// <summary>Bytes as numbers from 0 to 1.</summary>
internal static class ByteScaling
{
    private const int Step = 16;

    /// <summary>byte / 255, correctly rounded. Both: [n].</summary>
    public static void ToUnit<T>(ReadOnlySpan<byte> source, Span<T> destination) where T : unmanaged, INumber<T>
    {
        int i = typeof(T) == typeof(float) ? ToUnit(source, MemoryMarshal.Cast<T, float>(destination)) : 0;
        T full = T.CreateTruncating(255);
        for (; i < source.Length; i++)
        {
            destination[i] = T.CreateTruncating(source[i]) / full;
        }
    }

    /// <summary>Whole vectors, and how many elements they were. A division rounds as the scalar one does.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int ToUnit(ReadOnlySpan<byte> source, Span<float> destination)
    {
        ref byte from = ref MemoryMarshal.GetReference(source);
        ref float to = ref MemoryMarshal.GetReference(destination);
        Vector256<float> full = Vector256.Create(255f);
        int i = 0;
        for (; i + Step <= source.Length; i += Step)
        {
            Vector256<ushort> words = Vector256.WidenLower(Vector128.LoadUnsafe(ref from, (nuint)i).ToVector256Unsafe());
            (Vector256<uint> low, Vector256<uint> high) = Vector256.Widen(words);
            (Vector256.ConvertToSingle(low.AsInt32()) / full).StoreUnsafe(ref to, (nuint)i);
            (Vector256.ConvertToSingle(high.AsInt32()) / full).StoreUnsafe(ref to, (nuint)(i + (Step / 2)));
        }

        return i;
    }
}
