using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Nabla.Choices;
using Nabla.Numerics.Functions;

namespace Nabla.Training.UpdateRules;

/// <summary>c = β₁m + (1 − β₁)g, w ← (1 − ηλ₂/n)w − η·sgn c, m ← β₂m + (1 − β₂)g (Chen et al. 2023).</summary>
/// <param name="Beta1">β₁ in [0, 1).</param>
/// <param name="Beta2">β₂ in [0, 1).</param>
public sealed record Lion(double Beta1 = 0.9, double Beta2 = 0.99) : UpdateRule
{
    /// <summary>The row of this rule.</summary>
    public static Choice<UpdateRule> Choice { get; } = new(
        "lion",
        "w ← (1 − ηλ/n)w − η·sgn(β₁m + (1 − β₁)g), m ← β₂m + (1 − β₂)g",
        values => new Lion(values[0], values[1]),
        MomentParameters.Beta1,
        MomentParameters.Decay("beta2", 0.99, "β₂"));

    /// <inheritdoc/>
    public override Choice<UpdateRule> Row => Choice;

    /// <inheritdoc/>
    public override IReadOnlyList<double> Values => [Beta1, Beta2];

    /// <inheritdoc/>
    public override int Moments => 1;

    /// <inheritdoc/>
    public override double NaturalLearningRate => 0.0003;

    /// <inheritdoc/>
    public override bool DecouplesDecay => true;

    /// <inheritdoc/>
    public override UpdateFunction<T> CreateFunction<T>() => UpdateFunction<T>.Of(this, step => new Kernel<T>(this, step));

    private readonly struct Kernel<T>(Lion rule, UpdateStep step) : IUpdateKernel<T> where T : unmanaged
    {
        private readonly Vector512<T> beta1 = Lanes.Constant<T>(rule.Beta1);
        private readonly Vector512<T> rest1 = Lanes.Constant<T>(1 - rule.Beta1);
        private readonly Vector512<T> beta2 = Lanes.Constant<T>(rule.Beta2);
        private readonly Vector512<T> rest2 = Lanes.Constant<T>(1 - rule.Beta2);
        private readonly Vector512<T> rate = Lanes.Constant<T>(-step.LearningRate);

        public static int Moments => 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Update(ref Vector512<T> w, Vector512<T> g, ref Vector512<T> first, ref Vector512<T> second)
        {
            Vector512<T> direction = Lanes.Sign(Lanes.FusedMultiplyAdd(beta1, first, rest1 * g));
            first = Lanes.FusedMultiplyAdd(beta2, first, rest2 * g);
            w = Lanes.FusedMultiplyAdd(rate, direction, w);
        }
    }
}
