using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Nabla.Numerics.Products;

namespace Nabla.Numerics.Functions;

/// <summary>Bytes as numbers from 0 to 1.</summary>
internal static unsafe class ByteScaling
{
    /// <summary>Bytes that are scaled at once.</summary>
    private const int Step = 16;

    /// <summary>byte / 255, correctly rounded. Both: [n].</summary>
    public static void ToUnit<T>(ReadOnlySpan<byte> source, Span<T> destination) where T : unmanaged, INumber<T>
    {
        if (typeof(T) == typeof(float) && source.Length >= Step)
        {
            SixteenAtOnce(source, MemoryMarshal.Cast<T, float>(destination));
            return;
        }

        T full = T.CreateTruncating(255);
        for (int i = 0; i < source.Length; i++)
        {
            destination[i] = T.CreateTruncating(source[i]) / full;
        }
    }

    /// <summary>The same for code that knows no arithmetic of T: float or double.</summary>
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

    /// <summary>Eight bytes, with as few instructions as it takes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Eight<T>(byte* source, T* destination) where T : unmanaged
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

    /// <summary>At least so many bytes as are scaled at once; the last of them may take some of those before once more.</summary>
    /// <remarks>q = x·r with r = 1/255, and q + (x − 255q)·r with one rounding: for every byte the bits of the division, at a third of its time.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SixteenAtOnce(ReadOnlySpan<byte> source, Span<float> destination)
    {
        ref byte from = ref MemoryMarshal.GetReference(source);
        ref float to = ref MemoryMarshal.GetReference(destination);
        // Variables, so that they stay in registers.
        Vector512<float> r = Vector512.Create(1 / 255f), full = Vector512.Create(-255f);
        int last = source.Length - Step;
        Debug.Assert(last >= 0);
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
