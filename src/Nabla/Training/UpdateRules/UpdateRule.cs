using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Nabla.Numerics.Vectors;

namespace Nabla.Training.UpdateRules;

/// <summary>An update rule over one vector of elements: weights, gradient and up to two moments in, the new ones out.</summary>
internal interface IUpdateRule<TVector> where TVector : struct
{
    /// <summary>How many moments it keeps: a constant to the compiler, which leaves the others out.</summary>
    static abstract int Moments { get; }

    /// <summary>One update. w: parameters, g: gradient summed over the mini-batch, first and second: moments.</summary>
    void Update(ref TVector w, TVector g, ref TVector first, ref TVector second);
}

/// <summary>The registry of the update rules, and the one pass over the parameters that they share.</summary>
internal static class UpdateRule
{
    /// <summary>How many moving quantities a rule keeps for each parameter.</summary>
    public static int MomentCount(OptimizerKind kind) => kind switch
    {
        OptimizerKind.Sgd => Sgd<float, Vector512<float>, Lanes512<float>, False>.Moments,
        OptimizerKind.Momentum => Momentum<float, False>.Moments,
        OptimizerKind.Nesterov => Nesterov<float, False>.Moments,
        OptimizerKind.RmsProp => RmsProp<float, False>.Moments,
        OptimizerKind.Adam or OptimizerKind.AdamW => Adam<float, False>.Moments,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Unknown optimizer."),
    };

    /// <summary>Updates parameters in one pass; no bit depends on how they are divided into calls. All spans: [n], moments empty where the rule keeps none.</summary>
    /// <returns>Whether the new parameters are all finite.</returns>
    public static bool Apply<T>(OptimizerOptions options, in UpdateStep step, Span<T> weights, ReadOnlySpan<T> gradient, Span<T> first, Span<T> second)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => step.L1 == 0
            ? Apply<T, False>(options, step, weights, gradient, first, second)
            : Apply<T, True>(options, step, weights, gradient, first, second);

    private static bool Apply<T, TL1>(OptimizerOptions options, in UpdateStep step, Span<T> weights, ReadOnlySpan<T> gradient, Span<T> first, Span<T> second)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TL1 : struct, IBoolConstant => options.Kind switch
        {
            OptimizerKind.Sgd => Run(new Sgd<T, Vector512<T>, Lanes512<T>, TL1>(step), weights, gradient, first, second),
            OptimizerKind.Momentum => Run(new Momentum<T, TL1>(options, step), weights, gradient, first, second),
            OptimizerKind.Nesterov => Run(new Nesterov<T, TL1>(options, step), weights, gradient, first, second),
            OptimizerKind.RmsProp => Run(new RmsProp<T, TL1>(options, step), weights, gradient, first, second),
            OptimizerKind.Adam or OptimizerKind.AdamW => Run(new Adam<T, TL1>(options, step), weights, gradient, first, second),
            _ => throw new ArgumentOutOfRangeException(nameof(options), options.Kind, "Unknown optimizer."),
        };

    private static bool Run<T, TRule>(TRule rule, Span<T> weights, ReadOnlySpan<T> gradient, Span<T> first, Span<T> second)
        where T : unmanaged
        where TRule : struct, IUpdateRule<Vector512<T>>
    {
        int whole = weights.Length - (weights.Length % Vector512<T>.Count);
        Vector512<T> zeros = Whole(rule, weights[..whole], gradient, first, second);
        if (whole < weights.Length)
        {
            zeros = AddZero(Tail(rule, weights[whole..], gradient[whole..], TRule.Moments > 0 ? first[whole..] : first, TRule.Moments > 1 ? second[whole..] : second), zeros);
        }

        return Vector512.EqualsAll(zeros, Vector512<T>.Zero);
    }

    /// <summary>The loop over whole vectors: by itself, since whatever lives across a call leaves the registers.</summary>
    /// <returns>Σ 0·w, NaN as soon as one w is not finite: found where it appears, in a pass that waits for memory anyway.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Vector512<T> Whole<T, TRule>(TRule rule, Span<T> weights, ReadOnlySpan<T> gradient, Span<T> first, Span<T> second)
        where T : unmanaged
        where TRule : struct, IUpdateRule<Vector512<T>>
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
            Vector512<T> fv = TRule.Moments > 0 ? Vector512.LoadUnsafe(ref f, at) : default, sv = TRule.Moments > 1 ? Vector512.LoadUnsafe(ref s, at) : default;
            rule.Update(ref wv, gv, ref fv, ref sv);
            wv.StoreUnsafe(ref w, at);
            zeros = AddZero(wv, zeros);
            if (TRule.Moments > 0)
            {
                fv.StoreUnsafe(ref f, at);
            }

            if (TRule.Moments > 1)
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
    private static Vector512<T> Tail<T, TRule>(TRule rule, Span<T> weights, ReadOnlySpan<T> gradient, Span<T> first, Span<T> second)
        where T : unmanaged
        where TRule : struct, IUpdateRule<Vector512<T>>
    {
        Vector512<T> w = Load<T>(weights), f = Load<T>(first), s = Load<T>(second);
        rule.Update(ref w, Load(gradient), ref f, ref s);
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
