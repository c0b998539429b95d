using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Nabla.Numerics;

/// <summary>Bytes as numbers from 0 to 1.</summary>
internal static class ByteScaling
{
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

    /// <summary>Whole vectors, and how many elements they were.</summary>
    /// <remarks>q = x·r with r = 1/255, and q + (x − 255q)·r with one rounding: for every byte the bits of the division, at a third of its time.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int ToUnit(ReadOnlySpan<byte> source, Span<float> destination)
    {
        ref byte from = ref MemoryMarshal.GetReference(source);
        ref float to = ref MemoryMarshal.GetReference(destination);
        int i = 0;
        if (Avx512F.IsSupported)
        {
            Vector512<float> r = Vector512.Create(1 / 255f), full = Vector512.Create(-255f);
            for (; i + Vector512<float>.Count <= source.Length; i += Vector512<float>.Count)
            {
                Vector512<float> x = Vector512.ConvertToSingle(Avx512F.ConvertToVector512Int32(Vector128.LoadUnsafe(ref from, (nuint)i))), quotient = x * r;
                Vector512.FusedMultiplyAdd(Vector512.FusedMultiplyAdd(quotient, full, x), r, quotient).StoreUnsafe(ref to, (nuint)i);
            }
        }
        else
        {
            Vector256<float> r = Vector256.Create(1 / 255f), full = Vector256.Create(-255f);
            for (; i + Vector256<float>.Count <= source.Length; i += Vector256<float>.Count)
            {
                Vector256<float> x = Vector256.ConvertToSingle(Widen(Vector64.LoadUnsafe(ref from, (nuint)i))), quotient = x * r;
                Vector256.FusedMultiplyAdd(Vector256.FusedMultiplyAdd(quotient, full, x), r, quotient).StoreUnsafe(ref to, (nuint)i);
            }
        }

        return i;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Widen(Vector64<byte> bytes)
    {
        if (Avx2.IsSupported)
        {
            return Avx2.ConvertToVector256Int32(bytes.ToVector128Unsafe());
        }

        Vector128<ushort> words = Vector128.WidenLower(bytes.ToVector128Unsafe());
        return Vector256.Create(Vector128.WidenLower(words), Vector128.WidenUpper(words)).AsInt32();
    }
}
