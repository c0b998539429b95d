using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Nabla.Numerics.Functions;
using Nabla.Numerics.Vectors;

namespace Nabla.Training.UpdateRules;

/// <summary>The gradient of the regularised mean cost: g = (1/m)·Σ_x ∂C_x/∂w + (λ₂/n)·w + (λ₁/n)·sgn w, sgn 0 = 0. Ledger T98, T108.</summary>
/// <typeparam name="T">The elements.</typeparam>
/// <typeparam name="TL1">Whether λ₁ is not 0: sgn w costs registers that the update needs.</typeparam>
internal readonly struct Gradient<T, TL1>(UpdateStep step, bool decay = true) where T : unmanaged where TL1 : struct, IBoolConstant
{
    private readonly Vector512<T> scale = Lanes.Constant<T>(step.GradientScale);
    private readonly Vector512<T> l2 = Lanes.Constant<T>(decay ? step.L2 : 0);
    private readonly Vector512<T> l1 = Lanes.Constant<T>(step.L1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<T> At(Vector512<T> w, Vector512<T> sum) =>
        (sum * scale) + (TL1.Value ? Lanes.FusedMultiplyAdd(l2, w, l1 * Lanes512<T>.Sign(w)) : l2 * w);
}
