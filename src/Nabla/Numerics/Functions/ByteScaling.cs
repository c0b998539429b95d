using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Nabla.Numerics.Functions;

/// <summary>Scales bytes to numbers from 0 to 1.</summary>
internal static unsafe class ByteScaling
{
    /// <summary>Bytes per iteration of the vector loop.</summary>
    private const int BlockSize = 16;

    /// <summary>byte / 255, correctly rounded. Both: [n].</summary>
    public static void ToUnit<T>(ReadOnlySpan<byte> source, Span<T> destination) where T : unmanaged, INumber<T>
    {
        if (typeof(T) == typeof(float) && source.Length >= BlockSize)
        {
            ToUnitBySixteen(source, MemoryMarshal.Cast<T, float>(destination));
            return;
        }

        T full = T.CreateTruncating(255);
        for (int i = 0; i < source.Length; i++)
        {
            destination[i] = T.CreateTruncating(source[i]) / full;
        }
    }

    /// <summary>byte / 255, for code without a numeric constraint on T, which must be float or double.</summary>
    public static void ToUnit<T>(byte* source, int count, T* destination) where T : unmanaged
    {
        var bytes = new ReadOnlySpan<byte>(source, count);
        if (typeof(T) == typeof(float))
        {
            ToUnit(bytes, new Span<float>(destination, count));
        }
        else
        {
            ToUnit(bytes, new Span<double>(destination, count));
        }
    }

    /// <summary>byte / 255 for eight bytes, with as few instructions as possible.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void EightToUnit<T>(byte* source, T* destination) where T : unmanaged
    {
        if (typeof(T) == typeof(float) && Avx2.IsSupported)
        {
            Vector256<float> r = Vector256.Create(1 / 255f), x = Vector256.ConvertToSingle(Avx2.ConvertToVector256Int32(source)), quotient = x * r;
            Vector256.FusedMultiplyAdd(Vector256.FusedMultiplyAdd(quotient, Vector256.Create(-255f), x), r, quotient).Store((float*)destination);
            return;
        }

        T* scaled = ScaledBytes<T>.Pointer;
        for (int i = 0; i < 8; i++)
        {
            destination[i] = scaled[source[i]];
        }
    }

    /// <summary>byte / 255 for at least sixteen bytes. The last sixteen may overlap the ones before them.</summary>
    /// <remarks>
    /// q = x·r with r = 1/255, then q + (x − 255q)·r, rounded once. For every byte this has the bits of the division,
    /// in a third of its time.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ToUnitBySixteen(ReadOnlySpan<byte> source, Span<float> destination)
    {
        ref byte from = ref MemoryMarshal.GetReference(source);
        ref float to = ref MemoryMarshal.GetReference(destination);
        // Locals, so that the constants stay in registers.
        Vector512<float> r = Vector512.Create(1 / 255f), full = Vector512.Create(-255f);
        int last = source.Length - BlockSize;
        Debug.Assert(last >= 0);
        for (int i = 0; ; i = Math.Min(i + BlockSize, last))
        {
            Vector512<float> x = ToSingle(Vector128.LoadUnsafe(ref from, (nuint)i)), quotient = x * r;
            Vector512.FusedMultiplyAdd(Vector512.FusedMultiplyAdd(quotient, full, x), r, quotient).StoreUnsafe(ref to, (nuint)i);
            if (i == last)
            {
                return;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> ToSingle(Vector128<byte> bytes)
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
