using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Nabla.Network.Activations;

/// <summary>A kernel with its derivative over spans. Each element's bits depend on its value alone: a tail is padded to a full vector and takes the same path.</summary>
internal static class DifferentiatedMap
{
    /// <summary>x ← f(x) and derivative ← f′(x).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<T, TKernel>(TKernel kernel, Span<T> x, Span<T> derivative) where T : unmanaged where TKernel : struct, IActivationKernel<T>
    {
        Debug.Assert(x.Length == derivative.Length);
        ref T xs = ref MemoryMarshal.GetReference(x);
        ref T ds = ref MemoryMarshal.GetReference(derivative);
        nuint n = (nuint)x.Length, width = (nuint)Vector512<T>.Count, i = 0;
        for (; i + width <= n; i += width)
        {
            (Vector512<T> value, Vector512<T> d) = kernel.DifferentiateAt(Vector512.LoadUnsafe(ref xs, i));
            value.StoreUnsafe(ref xs, i);
            d.StoreUnsafe(ref ds, i);
        }

        if (i < n)
        {
            Span<T> tail = stackalloc T[Vector512<T>.Count];
            tail.Clear();
            x[(int)i..].CopyTo(tail);
            (Vector512<T> value, Vector512<T> d) = kernel.DifferentiateAt(Vector512.LoadUnsafe(ref MemoryMarshal.GetReference(tail)));
            value.StoreUnsafe(ref MemoryMarshal.GetReference(tail));
            tail[..(int)(n - i)].CopyTo(x[(int)i..]);
            d.StoreUnsafe(ref MemoryMarshal.GetReference(tail));
            tail[..(int)(n - i)].CopyTo(derivative[(int)i..]);
        }
    }
}
