using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Nabla.Training.UpdateRules;

/// <summary>The one pass over parameters, gradient and moments that all update rules share. No bit depends on how the parameters are divided into calls.</summary>
internal static class UpdateLoop
{
    /// <summary>Updates the parameters. All spans: [n], moments empty where the rule keeps none.</summary>
    /// <returns>Whether the new parameters are all finite.</returns>
    public static bool Run<T, TKernel>(TKernel kernel, Span<T> weights, ReadOnlySpan<T> gradient, Span<T> first, Span<T> second)
        where T : unmanaged
        where TKernel : struct, ISumKernel<Vector512<T>>
    {
        int whole = weights.Length - (weights.Length % Vector512<T>.Count);
        Vector512<T> zeros = Whole(kernel, weights[..whole], gradient, first, second);
        if (whole < weights.Length)
        {
            zeros = AddZero(Tail(kernel, weights[whole..], gradient[whole..], TKernel.Moments > 0 ? first[whole..] : first, TKernel.Moments > 1 ? second[whole..] : second), zeros);
        }

        return Vector512.EqualsAll(zeros, Vector512<T>.Zero);
    }

    /// <summary>The loop over whole vectors. A method of its own, since a value that lives across a call leaves the registers.</summary>
    /// <returns>Σ 0·w, NaN as soon as one w is not finite: the check is free, because the pass waits for memory.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Vector512<T> Whole<T, TKernel>(TKernel kernel, Span<T> weights, ReadOnlySpan<T> gradient, Span<T> first, Span<T> second)
        where T : unmanaged
        where TKernel : struct, ISumKernel<Vector512<T>>
    {
        ref T w = ref MemoryMarshal.GetReference(weights);
        ref T g = ref MemoryMarshal.GetReference(gradient);
        ref T f = ref MemoryMarshal.GetReference(first);
        ref T s = ref MemoryMarshal.GetReference(second);
        Vector512<T> zeros = Vector512<T>.Zero;
        for (int i = 0; i < weights.Length; i += Vector512<T>.Count)
        {
            nuint at = (nuint)i;
            Vector512<T> wv = Vector512.LoadUnsafe(ref w, at), gv = Vector512.LoadUnsafe(ref g, at);
            Vector512<T> fv = TKernel.Moments > 0 ? Vector512.LoadUnsafe(ref f, at) : default, sv = TKernel.Moments > 1 ? Vector512.LoadUnsafe(ref s, at) : default;
            kernel.Update(ref wv, gv, ref fv, ref sv);
            wv.StoreUnsafe(ref w, at);
            zeros = AddZero(wv, zeros);
            if (TKernel.Moments > 0)
            {
                fv.StoreUnsafe(ref f, at);
            }

            if (TKernel.Moments > 1)
            {
                sv.StoreUnsafe(ref s, at);
            }
        }

        return zeros;
    }

    /// <summary>zeros + 0·w: one instruction where there is a fused one, and no result depends on its rounding.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> AddZero<T>(Vector512<T> w, Vector512<T> zeros) where T : unmanaged => typeof(T) == typeof(float)
        ? Vector512.MultiplyAddEstimate(w.AsSingle(), Vector512<float>.Zero, zeros.AsSingle()).As<float, T>()
        : Vector512.MultiplyAddEstimate(w.AsDouble(), Vector512<double>.Zero, zeros.AsDouble()).As<double, T>();

    /// <summary>Fewer elements than a vector holds, padded with zeros: the same arithmetic as in the body.</summary>
    /// <returns>The new parameters.</returns>
    private static Vector512<T> Tail<T, TKernel>(TKernel kernel, Span<T> weights, ReadOnlySpan<T> gradient, Span<T> first, Span<T> second)
        where T : unmanaged
        where TKernel : struct, ISumKernel<Vector512<T>>
    {
        Vector512<T> w = Load<T>(weights), f = Load<T>(first), s = Load<T>(second);
        kernel.Update(ref w, Load(gradient), ref f, ref s);
        Store(w, weights);
        Store(f, first);
        Store(s, second);
        return w;

        static Vector512<TValue> Load<TValue>(ReadOnlySpan<TValue> values) where TValue : unmanaged
        {
            Span<TValue> padded = stackalloc TValue[Vector512<TValue>.Count];
            padded.Clear();
            values.CopyTo(padded);
            return Vector512.Create<TValue>(padded);
        }

        static void Store<TValue>(Vector512<TValue> vector, Span<TValue> values) where TValue : unmanaged
        {
            Span<TValue> padded = stackalloc TValue[Vector512<TValue>.Count];
            vector.CopyTo(padded);
            padded[..values.Length].CopyTo(values);
        }
    }
}
