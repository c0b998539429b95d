using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Nabla.Numerics.Functions;
using Nabla.Numerics.Memory;
using Nabla.Numerics.Vectors;

namespace Nabla.Training.UpdateRules;

/// <summary>An update rule in one precision, over whole tensors.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public abstract class UpdateFunction<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The function of a kernel.</summary>
    /// <param name="rule">The rule, for its decay.</param>
    /// <param name="create">Makes the kernel of one update: it holds the constants that depend on η and the number of the update.</param>
    public static UpdateFunction<T> Of<TKernel>(UpdateRule rule, Func<UpdateStep, TKernel> create) where TKernel : struct, IUpdateKernel<T>
    {
        ArgumentNullException.ThrowIfNull(rule);
        return new KernelFunction<TKernel>(create, rule.DecouplesDecay);
    }

    /// <summary>Updates parameters in place. No bit depends on how they are divided into calls.</summary>
    /// <param name="step">What the update depends on beside these values.</param>
    /// <param name="weights">The parameters, [n].</param>
    /// <param name="gradient">The gradient summed over the mini-batch, [n].</param>
    /// <param name="first">The first moment, [n]; empty where the rule keeps none.</param>
    /// <param name="second">The second moment, [n]; empty where the rule keeps none.</param>
    /// <returns>Whether the new parameters are all finite.</returns>
    public abstract bool Apply(in UpdateStep step, Span<T> weights, ReadOnlySpan<T> gradient, Span<T> first, Span<T> second);

    /// <summary>Updates rows [first, end) of a dense layer's weights [in, out] by the gradient Xᵀ·δ, where the rule can do so without storing it.</summary>
    /// <param name="step">What the update depends on beside these values.</param>
    /// <param name="inputs">X, [samples, in].</param>
    /// <param name="delta">δ, [samples, out].</param>
    /// <param name="first">The first row.</param>
    /// <param name="end">The row after the last one.</param>
    /// <param name="weights">W, [in, out].</param>
    /// <returns>Whether the new weights are all finite; null where the rule, or the shape, does not allow it.</returns>
    internal virtual bool? TryUpdateByProduct<TInput>(in UpdateStep step, Matrix<TInput> inputs, Matrix<T> delta, int first, int end, Matrix<T> weights) where TInput : unmanaged => null;

    private sealed class KernelFunction<TKernel>(Func<UpdateStep, TKernel> create, bool decouplesDecay) : UpdateFunction<T> where TKernel : struct, IUpdateKernel<T>
    {
        public override bool Apply(in UpdateStep step, Span<T> weights, ReadOnlySpan<T> gradient, Span<T> first, Span<T> second) => (step.L1 == 0, decouplesDecay) switch
        {
            (true, false) => UpdateLoop.Run(new Regularized<TKernel, False, False>(create(step), step), weights, gradient, first, second),
            (true, true) => UpdateLoop.Run(new Regularized<TKernel, False, True>(create(step), step), weights, gradient, first, second),
            (false, false) => UpdateLoop.Run(new Regularized<TKernel, True, False>(create(step), step), weights, gradient, first, second),
            (false, true) => UpdateLoop.Run(new Regularized<TKernel, True, True>(create(step), step), weights, gradient, first, second),
        };
    }

    /// <summary>A kernel behind the gradient of the regularised mean cost: g = (1/m)·Σ_x ∂C_x/∂w + (λ₂/n)·w + (λ₁/n)·sgn w, sgn 0 = 0. Theory T98, T108.</summary>
    /// <typeparam name="TKernel">The rule.</typeparam>
    /// <typeparam name="TL1">Whether λ₁ is not 0: sgn w costs registers that the update needs.</typeparam>
    /// <typeparam name="TDecoupled">Whether the decay is w ← (1 − ηλ₂/n)w and no part of g (Loshchilov and Hutter 2019).</typeparam>
    private readonly struct Regularized<TKernel, TL1, TDecoupled>(TKernel kernel, UpdateStep step) : ISumKernel<Vector512<T>>
        where TKernel : struct, IUpdateKernel<T>
        where TL1 : struct, IBoolConstant
        where TDecoupled : struct, IBoolConstant
    {
        private readonly TKernel kernel = kernel;
        private readonly Vector512<T> scale = Lanes.Constant<T>(step.GradientScale);
        private readonly Vector512<T> l2 = Lanes.Constant<T>(TDecoupled.Value ? 0 : step.L2);
        private readonly Vector512<T> l1 = Lanes.Constant<T>(step.L1);
        private readonly Vector512<T> decay = Lanes.Constant<T>(1 - (step.LearningRate * step.L2));

        public static int Moments => TKernel.Moments;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Update(ref Vector512<T> w, Vector512<T> sum, ref Vector512<T> first, ref Vector512<T> second)
        {
            Vector512<T> g = (sum * scale) + (TL1.Value ? Lanes.FusedMultiplyAdd(l2, w, l1 * Lanes512<T>.Sign(w)) : l2 * w);
            if (TDecoupled.Value)
            {
                w = decay * w;
            }

            kernel.Update(ref w, g, ref first, ref second);
        }
    }
}
