using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Nabla.Choices;
using Nabla.Numerics.Functions;
using Nabla.Numerics.Memory;
using Nabla.Numerics.Products;
using Nabla.Numerics.Products.MicroKernels;
using Nabla.Numerics.Vectors;

namespace Nabla.Training.UpdateRules;

/// <summary>w ← w − ηg.</summary>
public sealed record Sgd : UpdateRule
{
    /// <summary>The row of this rule.</summary>
    public static Choice<UpdateRule> Choice { get; } = new("sgd", "w ← w − ηg", _ => UpdateRule.Sgd);

    /// <inheritdoc/>
    public override Choice<UpdateRule> Row => Choice;

    /// <inheritdoc/>
    public override double NaturalLearningRate => 0.1;

    /// <inheritdoc/>
    public override UpdateFunction<T> CreateFunction<T>() => new SgdFunction<T>();
}

/// <summary>Plain descent, also by products whose gradient is never stored.</summary>
internal sealed class SgdFunction<T> : UpdateFunction<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public override bool Apply(in UpdateStep step, Span<T> weights, ReadOnlySpan<T> gradient, Span<T> first, Span<T> second) => step.L1 == 0
        ? UpdateLoop.Run(new Sgd<T, Vector512<T>, Lanes512<T>, False>(step), weights, gradient, first, second)
        : UpdateLoop.Run(new Sgd<T, Vector512<T>, Lanes512<T>, True>(step), weights, gradient, first, second);

    internal override bool? TryUpdateByProduct<TInput>(in UpdateStep step, Matrix<TInput> inputs, Matrix<T> delta, int first, int end, Matrix<T> weights) =>
        TileFusedGemm.Suits<T>(delta.Columns, delta.Rows) ? FusedSgd.Run(step, inputs, delta, first, end, weights) : null;
}

/// <summary>w ← (1 − ηλ₂/n)·w − (ηλ₁/n)·sgn w − (η/m)·Σ_x ∂C_x/∂w. Theory T98, T102, T108.</summary>
internal readonly struct Sgd<T, TVector, TLanes, TL1>(UpdateStep step) : ISumKernel<TVector>, ICellOperation<TVector>
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
