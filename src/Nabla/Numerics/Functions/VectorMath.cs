using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Nabla.Numerics.Functions;

/// <summary>A function of one number, written for a full vector.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public interface IVectorFunction<T> where T : unmanaged
{
    /// <summary>f(x), element by element.</summary>
    Vector512<T> At(Vector512<T> x);
}

/// <summary>
/// Functions over spans. The bits of a result depend on its argument alone: the tail is padded to a full vector and
/// takes the same path.
/// </summary>
internal static class VectorMath
{
    /// <summary>y ← f(x). The spans may be the same.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Map<T, TFunction>(TFunction function, ReadOnlySpan<T> x, Span<T> y) where T : unmanaged where TFunction : struct, IVectorFunction<T>
    {
        Debug.Assert(x.Length == y.Length);
        ref T xs = ref MemoryMarshal.GetReference(x);
        ref T ys = ref MemoryMarshal.GetReference(y);
        nuint n = (nuint)x.Length, width = (nuint)Vector512<T>.Count, i = 0;
        for (; i + width <= n; i += width)
        {
            function.At(Vector512.LoadUnsafe(ref xs, i)).StoreUnsafe(ref ys, i);
        }

        if (i < n)
        {
            Span<T> tail = stackalloc T[Vector512<T>.Count];
            tail.Clear();
            x[(int)i..].CopyTo(tail);
            function.At(Vector512.LoadUnsafe(ref MemoryMarshal.GetReference(tail))).StoreUnsafe(ref MemoryMarshal.GetReference(tail));
            tail[..(int)(n - i)].CopyTo(y[(int)i..]);
        }
    }

    /// <summary>y = e^x. The spans may be the same.</summary>
    public static void Exp<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged => Map(default(ExpFunction<T>), x, y);

    private readonly struct ExpFunction<T> : IVectorFunction<T> where T : unmanaged
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<T> At(Vector512<T> x) => Lanes.Exp(x);
    }
}
