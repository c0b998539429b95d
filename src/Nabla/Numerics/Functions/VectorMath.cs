using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Nabla.Numerics.Functions;

/// <summary>A function of one number, implemented for a full vector.</summary>
internal interface IVectorFunction<T> where T : unmanaged
{
    static abstract Vector512<T> At(Vector512<T> x);
}

/// <summary>A function of one number with its derivative, implemented for a full vector.</summary>
internal interface IDifferentiableFunction<T> : IVectorFunction<T> where T : unmanaged
{
    static abstract (Vector512<T> Value, Vector512<T> Derivative) DifferentiateAt(Vector512<T> x);
}

/// <summary>
/// Functions over spans. The bits of a result depend on its argument alone: the tail is padded to a full vector and
/// takes the same path.
/// </summary>
internal static class VectorMath
{
    /// <summary>y ← f(x). The spans may be the same.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Map<T, TFunction>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged where TFunction : IVectorFunction<T>
    {
        Debug.Assert(x.Length == y.Length);
        ref T xs = ref MemoryMarshal.GetReference(x);
        ref T ys = ref MemoryMarshal.GetReference(y);
        nuint n = (nuint)x.Length, width = (nuint)Vector512<T>.Count, i = 0;
        for (; i + width <= n; i += width)
        {
            TFunction.At(Vector512.LoadUnsafe(ref xs, i)).StoreUnsafe(ref ys, i);
        }

        if (i < n)
        {
            Span<T> tail = stackalloc T[Vector512<T>.Count];
            tail.Clear();
            x[(int)i..].CopyTo(tail);
            TFunction.At(Vector512.LoadUnsafe(ref MemoryMarshal.GetReference(tail))).StoreUnsafe(ref MemoryMarshal.GetReference(tail));
            tail[..(int)(n - i)].CopyTo(y[(int)i..]);
        }
    }

    /// <summary>x ← f(x) and derivative ← f′(x).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void MapWithDerivative<T, TFunction>(Span<T> x, Span<T> derivative) where T : unmanaged where TFunction : IDifferentiableFunction<T>
    {
        Debug.Assert(x.Length == derivative.Length);
        ref T xs = ref MemoryMarshal.GetReference(x);
        ref T ds = ref MemoryMarshal.GetReference(derivative);
        nuint n = (nuint)x.Length, width = (nuint)Vector512<T>.Count, i = 0;
        for (; i + width <= n; i += width)
        {
            (Vector512<T> value, Vector512<T> d) = TFunction.DifferentiateAt(Vector512.LoadUnsafe(ref xs, i));
            value.StoreUnsafe(ref xs, i);
            d.StoreUnsafe(ref ds, i);
        }

        if (i < n)
        {
            Span<T> tail = stackalloc T[Vector512<T>.Count];
            tail.Clear();
            x[(int)i..].CopyTo(tail);
            (Vector512<T> value, Vector512<T> d) = TFunction.DifferentiateAt(Vector512.LoadUnsafe(ref MemoryMarshal.GetReference(tail)));
            value.StoreUnsafe(ref MemoryMarshal.GetReference(tail));
            tail[..(int)(n - i)].CopyTo(x[(int)i..]);
            d.StoreUnsafe(ref MemoryMarshal.GetReference(tail));
            tail[..(int)(n - i)].CopyTo(derivative[(int)i..]);
        }
    }

    /// <summary>y ← e^x. The spans may be the same.</summary>
    public static void Exp<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged => Map<T, ExpFunction<T>>(x, y);

    private readonly struct ExpFunction<T> : IVectorFunction<T> where T : unmanaged
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<T> At(Vector512<T> x) => Lanes.Exp(x);
    }
}
