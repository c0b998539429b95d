using System.Diagnostics;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Nabla.Numerics.Memory;
using Nabla.Numerics.Vectors;

namespace Nabla.Numerics.Functions;

/// <summary>
/// Elementwise arithmetic on spans. Every element is one correctly rounded operation, or one chain of them, so no bit
/// depends on the vector width.
/// </summary>
internal static class Elementwise
{
    /// <summary>y ← y ∘ x. x, y: [n].</summary>
    public static void Multiply<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IBinaryFloatingPointIeee754<T> => Combine<T, False>(x, y);

    /// <summary>y ← y + x. x, y: [n].</summary>
    public static void Add<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IBinaryFloatingPointIeee754<T> => Combine<T, True>(x, y);

    /// <summary>y ← c·(a − b). a, b, y: [n]; y may be a or b.</summary>
    public static void ScaleDifference<T>(T factor, ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Debug.Assert(a.Length == y.Length && b.Length == y.Length);
        ref T first = ref MemoryMarshal.GetReference(a);
        ref T second = ref MemoryMarshal.GetReference(b);
        ref T ys = ref MemoryMarshal.GetReference(y);
        nuint n = (nuint)y.Length, width = (nuint)Vector512<T>.Count, i = 0;
        for (; i + width <= n; i += width)
        {
            (factor * (Vector512.LoadUnsafe(ref first, i) - Vector512.LoadUnsafe(ref second, i))).StoreUnsafe(ref ys, i);
        }

        for (int j = (int)i; j < y.Length; j++)
        {
            y[j] = factor * (a[j] - b[j]);
        }
    }

    /// <summary>y ← y + a∘b, each element one fused multiply-add. a, b, y: [n].</summary>
    public static void AddProducts<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Debug.Assert(a.Length == y.Length && b.Length == y.Length);
        ref T first = ref MemoryMarshal.GetReference(a);
        ref T second = ref MemoryMarshal.GetReference(b);
        ref T ys = ref MemoryMarshal.GetReference(y);
        nuint n = (nuint)y.Length, width = (nuint)Vector512<T>.Count, i = 0;
        for (; i + width <= n; i += width)
        {
            Lanes.FusedMultiplyAdd(Vector512.LoadUnsafe(ref first, i), Vector512.LoadUnsafe(ref second, i), Vector512.LoadUnsafe(ref ys, i)).StoreUnsafe(ref ys, i);
        }

        for (int j = (int)i; j < y.Length; j++)
        {
            y[j] = T.FusedMultiplyAdd(a[j], b[j], y[j]);
        }
    }

    /// <summary>Sums of the columns of a matrix: each adds row 0, 1, 2 … in that order. sums: [columns].</summary>
    public static void SumColumns<T>(Matrix<T> matrix, Span<T> sums) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        sums.Clear();
        for (int i = 0; i < matrix.Rows; i++)
        {
            Add(matrix.Row(i), sums);
        }
    }

    /// <summary>
    /// Σx² in double: eight sums of every eighth element, then one fold. The order depends on the length alone.
    /// </summary>
    public static double SumOfSquares<T>(ReadOnlySpan<T> x) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Vector512<double> sums = Vector512<double>.Zero;
        Span<double> eight = stackalloc double[8];
        for (int i = 0; i < x.Length; i += eight.Length)
        {
            int count = Math.Min(eight.Length, x.Length - i);
            eight.Clear();
            for (int j = 0; j < count; j++)
            {
                eight[j] = double.CreateTruncating(x[i + j]);
            }

            Vector512<double> values = Vector512.Create<double>(eight);
            sums = Vector512.FusedMultiplyAdd(values, values, sums);
        }

        return Vector512.Sum(sums);
    }

    /// <summary>Whether every element is finite.</summary>
    public static bool AllFinite<T>(ReadOnlySpan<T> x) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // x − x is 0 if x is finite, otherwise NaN; a sum with a NaN in it is NaN.
        ref T xs = ref MemoryMarshal.GetReference(x);
        nuint n = (nuint)x.Length, width = (nuint)Vector512<T>.Count, i = 0;
        Vector512<T> differences = Vector512<T>.Zero;
        for (; i + width <= n; i += width)
        {
            Vector512<T> v = Vector512.LoadUnsafe(ref xs, i);
            differences += v - v;
        }

        T sum = Vector512.Sum(differences);
        for (int j = (int)i; j < x.Length; j++)
        {
            sum += x[j] - x[j];
        }

        return sum == T.Zero;
    }

    /// <summary>y ← y + x, or y ← y ∘ x.</summary>
    private static void Combine<T, TAdds>(ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TAdds : struct, IBoolConstant
    {
        Debug.Assert(x.Length == y.Length);
        ref T xs = ref MemoryMarshal.GetReference(x);
        ref T ys = ref MemoryMarshal.GetReference(y);
        nuint n = (nuint)y.Length, width = (nuint)Vector512<T>.Count, i = 0;
        if (n >= width)
        {
            // The last vector may overlap the one before it, so it is computed before y changes.
            Vector512<T> last = Of(Vector512.LoadUnsafe(ref xs, n - width), Vector512.LoadUnsafe(ref ys, n - width));
            for (; i + width <= n; i += width)
            {
                Of(Vector512.LoadUnsafe(ref xs, i), Vector512.LoadUnsafe(ref ys, i)).StoreUnsafe(ref ys, i);
            }

            last.StoreUnsafe(ref ys, n - width);
            return;
        }

        for (; i + (nuint)Vector128<T>.Count <= n; i += (nuint)Vector128<T>.Count)
        {
            Vector128<T> a = Vector128.LoadUnsafe(ref xs, i), b = Vector128.LoadUnsafe(ref ys, i);
            (TAdds.Value ? b + a : b * a).StoreUnsafe(ref ys, i);
        }

        for (int j = (int)i; j < y.Length; j++)
        {
            y[j] = TAdds.Value ? y[j] + x[j] : y[j] * x[j];
        }

        static Vector512<T> Of(Vector512<T> a, Vector512<T> b) => TAdds.Value ? a + b : a * b;
    }
}
