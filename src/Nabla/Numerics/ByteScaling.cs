using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Nabla.Numerics;

/// <summary>Bytes as numbers from 0 to 1.</summary>
internal static class ByteScaling
{
    /// <summary>Bytes that are scaled at once.</summary>
    private const int Step = 16;

    /// <summary>byte / 255, correctly rounded. Both: [n].</summary>
    public static void ToUnit<T>(ReadOnlySpan<byte> source, Span<T> destination) where T : unmanaged, INumber<T>
    {
        if (typeof(T) == typeof(float) && source.Length >= Step)
        {
            ToUnit(source, MemoryMarshal.Cast<T, float>(destination));
            return;
        }

        T full = T.CreateTruncating(255);
        for (int i = 0; i < source.Length; i++)
        {
            destination[i] = T.CreateTruncating(source[i]) / full;
        }
    }

    /// <summary>At least so many bytes as are scaled at once; the last of them may take some of those before once more.</summary>
    /// <remarks>q = x·r with r = 1/255, and q + (x − 255q)·r with one rounding: for every byte the bits of the division, at a third of its time.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ToUnit(ReadOnlySpan<byte> source, Span<float> destination)
    {
        ref byte from = ref MemoryMarshal.GetReference(source);
        ref float to = ref MemoryMarshal.GetReference(destination);
        // Variables, so that they stay in registers.
        Vector512<float> r = Vector512.Create(1 / 255f), full = Vector512.Create(-255f);
        int last = source.Length - Step;
        for (int i = 0; ; i = Math.Min(i + Step, last))
        {
            Vector512<float> x = Numbers(Vector128.LoadUnsafe(ref from, (nuint)i)), quotient = x * r;
            Vector512.FusedMultiplyAdd(Vector512.FusedMultiplyAdd(quotient, full, x), r, quotient).StoreUnsafe(ref to, (nuint)i);
            if (i == last)
            {
                return;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Numbers(Vector128<byte> bytes)
    {
        if (Avx512F.IsSupported)
        {
            return Vector512.ConvertToSingle(Avx512F.ConvertToVector512Int32(bytes));
        }

        (Vector128<ushort> first, Vector128<ushort> second) = Vector128.Widen(bytes);
        (Vector256<uint> low, Vector256<uint> high) = Vector256.Widen(Vector256.Create(first, second));
        return Vector512.Create(Vector256.ConvertToSingle(low.AsInt32()), Vector256.ConvertToSingle(high.AsInt32()));
    }
}
