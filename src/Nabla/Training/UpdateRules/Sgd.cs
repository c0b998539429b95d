using System.Runtime.CompilerServices;
using Nabla.Numerics.Functions;
using Nabla.Numerics.Products.MicroKernels;
using Nabla.Numerics.Vectors;

namespace Nabla.Training.UpdateRules;

/// <summary>w ← (1 − ηλ₂/n)·w − (ηλ₁/n)·sgn w − (η/m)·Σ_x ∂C_x/∂w. Ledger T98, T102, T108.</summary>
internal readonly struct Sgd<T, TVector, TLanes, TL1>(UpdateStep step) : IUpdateRule<TVector>, ICellOperation<TVector>
    where T : unmanaged
    where TVector : struct
    where TLanes : struct, ILanes<TVector, T>
    where TL1 : struct, IBoolConstant
{
    private readonly TVector decay = Lanes.Constant<T, TVector, TLanes>(1 - (step.LearningRate * step.L2));
    private readonly TVector shrink = Lanes.Constant<T, TVector, TLanes>(-step.LearningRate * step.L1);
    private readonly TVector rate = Lanes.Constant<T, TVector, TLanes>(-step.LearningRate * step.GradientScale);

    public static int Moments => 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Update(ref TVector w, TVector g, ref TVector first, ref TVector second) => w = At(w, g);

    /// <summary>The new weights.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector At(TVector w, TVector g)
    {
        TVector kept = TLanes.Multiply(decay, w);
        if (TL1.Value)
        {
            kept = TLanes.FusedMultiplyAdd(shrink, TLanes.Sign(w), kept);
        }

        return TLanes.FusedMultiplyAdd(rate, g, kept);
    }
}
