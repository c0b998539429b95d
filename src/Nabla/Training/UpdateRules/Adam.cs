using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Nabla.Numerics.Functions;
using Nabla.Numerics.Vectors;

namespace Nabla.Training.UpdateRules;

/// <summary>
/// m ← β₁m + (1 − β₁)g, v ← β₂v + (1 − β₂)g², w ← w − η/(1 − β₁ᵗ) · m/(√v/√(1 − β₂ᵗ) + ε) (Kingma and Ba 2015).
/// AdamW takes the decay out of g and applies w ← (1 − ηλ₂/n)w first (Loshchilov and Hutter 2019).
/// </summary>
internal readonly struct Adam<T, TL1> : IUpdateRule<Vector512<T>> where T : unmanaged where TL1 : struct, IBoolConstant
{
    private readonly Gradient<T, TL1> gradient;
    private readonly Vector512<T> decay;
    private readonly Vector512<T> beta1;
    private readonly Vector512<T> rest1;
    private readonly Vector512<T> beta2;
    private readonly Vector512<T> rest2;
    private readonly Vector512<T> rootOfCorrection2;
    private readonly Vector512<T> epsilon;
    private readonly Vector512<T> rate;

    public Adam(OptimizerOptions options, UpdateStep step)
    {
        bool apart = options.Kind == OptimizerKind.AdamW;
        gradient = new Gradient<T, TL1>(step, decay: !apart);
        decay = Lanes.Constant<T>(apart ? 1 - (step.LearningRate * step.L2) : 1);
        beta1 = Lanes.Constant<T>(options.Beta1);
        rest1 = Lanes.Constant<T>(1 - options.Beta1);
        beta2 = Lanes.Constant<T>(options.Beta2);
        rest2 = Lanes.Constant<T>(1 - options.Beta2);
        rootOfCorrection2 = Lanes.Constant<T>(Math.Sqrt(1 - Power(options.Beta2, step.Step)));
        epsilon = Lanes.Constant<T>(options.Epsilon);
        rate = Lanes.Constant<T>(-step.LearningRate / (1 - Power(options.Beta1, step.Step)));
    }

    public static int Moments => 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Update(ref Vector512<T> w, Vector512<T> g, ref Vector512<T> first, ref Vector512<T> second)
    {
        Vector512<T> slope = gradient.At(w, g);
        first = Lanes.FusedMultiplyAdd(beta1, first, rest1 * slope);
        second = Lanes.FusedMultiplyAdd(beta2, second, rest2 * slope * slope);
        Vector512<T> denominator = (Vector512.Sqrt(second) / rootOfCorrection2) + epsilon;
        w = Lanes.FusedMultiplyAdd(rate, first / denominator, decay * w);
    }

    /// <summary>β^t by squaring: the same bits on every machine.</summary>
    private static double Power(double beta, long exponent)
    {
        double result = 1;
        for (double square = beta; exponent > 0; exponent >>= 1, square *= square)
        {
            result *= (exponent & 1) == 1 ? square : 1;
        }

        return result;
    }
}
