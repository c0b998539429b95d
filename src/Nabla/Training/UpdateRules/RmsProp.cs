using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Nabla.Choices;
using Nabla.Numerics.Functions;

namespace Nabla.Training.UpdateRules;

/// <summary>s ← αs + (1 − α)g², w ← w − ηg/(√s + ε) (Tieleman and Hinton 2012; ε outside the root).</summary>
/// <param name="Alpha">α in [0, 1).</param>
/// <param name="Epsilon">ε ≥ 0, outside the root.</param>
public sealed record RmsProp(double Alpha = 0.99, double Epsilon = 1e-8) : UpdateRule
{
    /// <summary>The row of this rule.</summary>
    public static Choice<UpdateRule> Choice { get; } = new(
        "rmsprop",
        "s ← αs + (1 − α)g², w ← w − ηg/(√s + ε)",
        values => new RmsProp(values[0], values[1]),
        MomentParameters.Decay("alpha", 0.99, "α"),
        MomentParameters.Epsilon);

    /// <inheritdoc/>
    public override Choice<UpdateRule> Row => Choice;

    /// <inheritdoc/>
    public override IReadOnlyList<double> Values => [Alpha, Epsilon];

    /// <inheritdoc/>
    public override int Moments => 1;

    /// <inheritdoc/>
    public override double NaturalLearningRate => 0.001;

    /// <inheritdoc/>
    public override UpdateFunction<T> CreateFunction<T>() => UpdateFunction<T>.Of(this, step => new Kernel<T>(this, step));

    private readonly struct Kernel<T>(RmsProp rule, UpdateStep step) : IUpdateKernel<T> where T : unmanaged
    {
        private readonly Vector512<T> alpha = Lanes.Constant<T>(rule.Alpha);
        private readonly Vector512<T> rest = Lanes.Constant<T>(1 - rule.Alpha);
        private readonly Vector512<T> epsilon = Lanes.Constant<T>(rule.Epsilon);
        private readonly Vector512<T> rate = Lanes.Constant<T>(-step.LearningRate);

        public static int Moments => 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Update(ref Vector512<T> w, Vector512<T> g, ref Vector512<T> first, ref Vector512<T> second)
        {
            first = Lanes.FusedMultiplyAdd(alpha, first, rest * g * g);
            w = Lanes.FusedMultiplyAdd(rate, g / (Vector512.Sqrt(first) + epsilon), w);
        }
    }
}
