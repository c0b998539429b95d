using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Nabla.Numerics.Functions;

/// <summary>
/// The inner loops of batch normalisation over the units of one sample. Each element is one chain of correctly rounded
/// operations, so no bit depends on the vector width. All spans: [n].
/// </summary>
internal static class Normalization
{
    /// <summary>sums ← sums + (x − center)².</summary>
    public static void AddSquaredDistances<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> center, Span<T> sums) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ref T xs = ref MemoryMarshal.GetReference(x), cs = ref MemoryMarshal.GetReference(center), to = ref MemoryMarshal.GetReference(sums);
        nuint n = (nuint)sums.Length, width = (nuint)Vector512<T>.Count, i = 0;
        for (; i + width <= n; i += width)
        {
            Vector512<T> distance = Vector512.LoadUnsafe(ref xs, i) - Vector512.LoadUnsafe(ref cs, i);
            Lanes.FusedMultiplyAdd(distance, distance, Vector512.LoadUnsafe(ref to, i)).StoreUnsafe(ref to, i);
        }

        for (int j = (int)i; j < sums.Length; j++)
        {
            T distance = x[j] - center[j];
            sums[j] = T.FusedMultiplyAdd(distance, distance, sums[j]);
        }
    }

    /// <summary>x̂ ← (x − center)·inverse and y ← scale·x̂ + shift.</summary>
    public static void Normalize<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> center, ReadOnlySpan<T> inverse, ReadOnlySpan<T> scale, ReadOnlySpan<T> shift, Span<T> normalized, Span<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ref T xs = ref MemoryMarshal.GetReference(x), cs = ref MemoryMarshal.GetReference(center), factors = ref MemoryMarshal.GetReference(inverse);
        ref T gammas = ref MemoryMarshal.GetReference(scale), betas = ref MemoryMarshal.GetReference(shift);
        ref T hats = ref MemoryMarshal.GetReference(normalized), ys = ref MemoryMarshal.GetReference(y);
        nuint n = (nuint)y.Length, width = (nuint)Vector512<T>.Count, i = 0;
        for (; i + width <= n; i += width)
        {
            Vector512<T> hat = (Vector512.LoadUnsafe(ref xs, i) - Vector512.LoadUnsafe(ref cs, i)) * Vector512.LoadUnsafe(ref factors, i);
            hat.StoreUnsafe(ref hats, i);
            Lanes.FusedMultiplyAdd(Vector512.LoadUnsafe(ref gammas, i), hat, Vector512.LoadUnsafe(ref betas, i)).StoreUnsafe(ref ys, i);
        }

        for (int j = (int)i; j < y.Length; j++)
        {
            normalized[j] = (x[j] - center[j]) * inverse[j];
            y[j] = T.FusedMultiplyAdd(scale[j], normalized[j], shift[j]);
        }
    }

    /// <summary>below ← factor·(δ − meanDelta − x̂·meanProduct).</summary>
    public static void BackThrough<T>(ReadOnlySpan<T> delta, ReadOnlySpan<T> normalized, ReadOnlySpan<T> factor, ReadOnlySpan<T> meanDelta, ReadOnlySpan<T> meanProduct, Span<T> below)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ref T ds = ref MemoryMarshal.GetReference(delta), hats = ref MemoryMarshal.GetReference(normalized), factors = ref MemoryMarshal.GetReference(factor);
        ref T sums = ref MemoryMarshal.GetReference(meanDelta), products = ref MemoryMarshal.GetReference(meanProduct), to = ref MemoryMarshal.GetReference(below);
        nuint n = (nuint)below.Length, width = (nuint)Vector512<T>.Count, i = 0;
        for (; i + width <= n; i += width)
        {
            Vector512<T> centered = Vector512.LoadUnsafe(ref ds, i) - Vector512.LoadUnsafe(ref sums, i);
            Vector512<T> rest = centered - (Vector512.LoadUnsafe(ref hats, i) * Vector512.LoadUnsafe(ref products, i));
            (Vector512.LoadUnsafe(ref factors, i) * rest).StoreUnsafe(ref to, i);
        }

        for (int j = (int)i; j < below.Length; j++)
        {
            below[j] = factor[j] * (delta[j] - meanDelta[j] - (normalized[j] * meanProduct[j]));
        }
    }
}
