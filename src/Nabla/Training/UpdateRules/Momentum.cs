using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Nabla.Choices;
using Nabla.Numerics.Functions;

namespace Nabla.Training.UpdateRules;

/// <summary>v ← μv + g, w ← w − ηv. Any μ is taken, also below 0 and above 1 (theory T79, T122 to T125).</summary>
/// <param name="Mu">μ; any finite value, for study (theory T79, T122 to T125).</param>
public sealed record Momentum(double Mu = 0.9) : UpdateRule
{
    /// <summary>The row of this rule.</summary>
    public static Choice<UpdateRule> Choice { get; } = new(
        "momentum",
        "v ← μv + g, w ← w − ηv",
        values => new Momentum(values[0]),
        new NumberParameter("momentum", 0.9, "μ"));

    /// <inheritdoc/>
    public override Choice<UpdateRule> Row => Choice;

    /// <inheritdoc/>
    public override IReadOnlyList<double> Values => [Mu];

    /// <inheritdoc/>
    public override int Moments => 1;

    /// <inheritdoc/>
    public override double NaturalLearningRate => 0.02;

    /// <inheritdoc/>
    public override string DivergenceAdvice => ", or less momentum";

    /// <inheritdoc/>
    public override UpdateFunction<T> CreateFunction<T>() => UpdateFunction<T>.Of(this, step => new Kernel<T>(this, step));

    private readonly struct Kernel<T>(Momentum rule, UpdateStep step) : IUpdateKernel<T> where T : unmanaged
    {
        private readonly Vector512<T> momentum = Lanes.Constant<T>(rule.Mu);
        private readonly Vector512<T> rate = Lanes.Constant<T>(-step.LearningRate);

        public static int Moments => 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Update(ref Vector512<T> w, Vector512<T> g, ref Vector512<T> first, ref Vector512<T> second)
        {
            first = Lanes.FusedMultiplyAdd(momentum, first, g);
            w = Lanes.FusedMultiplyAdd(rate, first, w);
        }
    }
}
