using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Nabla.Numerics;

namespace Nabla.Training.Optimizers;

/// <summary>w ← (1 − ηλ₂/n)·w − (ηλ₁/n)·sgn w − (η/m)·Σ_x ∂C_x/∂w. Ledger T98, T102, T108.</summary>
internal readonly struct Sgd<T, TL1>(UpdateStep step) : IUpdateRule<T> where T : unmanaged where TL1 : struct, ISwitch
{
    private readonly Vector512<T> decay = Lanes.Constant<T>(1 - (step.LearningRate * step.L2));
    private readonly Vector512<T> shrink = Lanes.Constant<T>(-step.LearningRate * step.L1);
    private readonly Vector512<T> rate = Lanes.Constant<T>(-step.LearningRate * step.GradientScale);

    public static int Moments => 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Update(ref Vector512<T> w, Vector512<T> g, ref Vector512<T> first, ref Vector512<T> second)
    {
        Vector512<T> kept = decay * w;
        if (TL1.IsOn)
        {
            kept = Lanes.FusedMultiplyAdd(shrink, Gradient<T, TL1>.Sign(w), kept);
        }

        w = Lanes.FusedMultiplyAdd(rate, g, kept);
    }
}
