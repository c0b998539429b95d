using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Nabla.Network.Activations;

namespace Nabla.Network.Costs;

/// <summary>Sigmoid outputs with the cross-entropy: activations, errors and costs in one pass, from one e^−|z|.</summary>
internal sealed class SigmoidCrossEntropy<T> : OutputCost<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The most elements of a vector.</summary>
    private const int Most = 16;

    private readonly ActivationFunction<T> sigmoid = Activation.Sigmoid.CreateFunction<T>();

    public override void Activate(Span<T> z, int outputs) => sigmoid.Apply(z, 0, outputs);

    public override void Measure(Span<T> z, ReadOnlySpan<T> y, Span<T> scratch, Span<double> costs) => Run(z, y, scratch, costs);

    public override void Differentiate(Span<T> z, ReadOnlySpan<T> y, Span<T> delta, Span<double> costs) => Run(z, y, delta, costs);

    /// <summary>
    /// a = σ(z), in place; δ = ∂C/∂z = a − y, from which σ′ has cancelled (theory T21); and the cost of each sample, the sum over its outputs, in their order, of
    /// −[y ln a + (1 − y) ln(1 − a)] = ln(1 + e^−|z|) + (z &gt; 0 ? (1 − y)·z : −y·z), which loses no digits in either tail.
    /// </summary>
    /// <param name="z">[samples, outputs].</param>
    /// <param name="y">[samples, outputs].</param>
    /// <param name="delta">[samples, outputs].</param>
    /// <param name="costs">[samples].</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run(Span<T> z, ReadOnlySpan<T> y, Span<T> delta, Span<double> costs)
    {
        Debug.Assert(y.Length == z.Length && delta.Length == z.Length);
        Span<double> terms = stackalloc double[Most];
        Span<T> tail = stackalloc T[3 * Most];
        double sum = 0;
        for (int i = 0, row = 0, outputs = z.Length / Math.Max(1, costs.Length), left = outputs; i < z.Length; i += Vector512<T>.Count)
        {
            int count = Math.Min(Vector512<T>.Count, z.Length - i);
            if (count == Vector512<T>.Count)
            {
                Vector(ref z[i], ref MemoryMarshal.GetReference(y[i..]), ref delta[i], terms);
            }
            else
            {
                Span<T> zs = tail[..count], ys = tail[Most..][..count], deltas = tail[(2 * Most)..][..count];
                tail.Clear();
                z[i..].CopyTo(zs);
                y[i..].CopyTo(ys);
                Vector(ref zs[0], ref ys[0], ref deltas[0], terms);
                zs.CopyTo(z[i..]);
                deltas.CopyTo(delta[i..]);
            }

            foreach (double term in terms[..count])
            {
                sum += term;
                if (--left == 0)
                {
                    costs[row++] = sum;
                    (sum, left) = (0, outputs);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Vector(ref T z, ref readonly T y, ref T delta, Span<double> terms)
    {
        Vector512<T> x = Vector512.LoadUnsafe(ref z), target = Vector512.LoadUnsafe(in y);
        (Vector512<T> a, Vector512<T> tail) = Sigmoid<T>.WithLogTailAt(x);
        a.StoreUnsafe(ref z);
        (a - target).StoreUnsafe(ref delta);
        ref double to = ref MemoryMarshal.GetReference(terms);
        if (typeof(T) == typeof(double))
        {
            Terms(x.AsDouble(), target.AsDouble(), tail.AsDouble()).StoreUnsafe(ref to);
            return;
        }

        (Vector512<double> x0, Vector512<double> x1) = Vector512.Widen(x.AsSingle());
        (Vector512<double> y0, Vector512<double> y1) = Vector512.Widen(target.AsSingle());
        (Vector512<double> t0, Vector512<double> t1) = Vector512.Widen(tail.AsSingle());
        Terms(x0, y0, t0).StoreUnsafe(ref to);
        Terms(x1, y1, t1).StoreUnsafe(ref to, (nuint)Vector512<double>.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Terms(Vector512<double> z, Vector512<double> y, Vector512<double> tail) =>
        tail + Vector512.ConditionalSelect(Vector512.GreaterThan(z, Vector512<double>.Zero), (Vector512<double>.One - y) * z, -y * z);
}
