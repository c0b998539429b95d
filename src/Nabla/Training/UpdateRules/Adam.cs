using Nabla.Choices;

namespace Nabla.Training.UpdateRules;

/// <summary>m ← β₁m + (1 − β₁)g, v ← β₂v + (1 − β₂)g², w ← w − η/(1 − β₁ᵗ) · m/(√v/√(1 − β₂ᵗ) + ε) (Kingma and Ba 2015).</summary>
/// <param name="Beta1">β₁ in [0, 1).</param>
/// <param name="Beta2">β₂ in [0, 1).</param>
/// <param name="Epsilon">ε ≥ 0, outside the root.</param>
public sealed record Adam(double Beta1 = 0.9, double Beta2 = 0.999, double Epsilon = 1e-8) : UpdateRule
{
    /// <summary>The row of this rule.</summary>
    public static Choice<UpdateRule> Choice { get; } = new(
        "adam",
        "m, v moving means of g, g²; w ← w − η·m̂/(√v̂ + ε)",
        values => new Adam(values[0], values[1], values[2]),
        MomentParameters.Beta1,
        MomentParameters.Beta2,
        MomentParameters.Epsilon);

    /// <inheritdoc/>
    public override Choice<UpdateRule> Row => Choice;

    /// <inheritdoc/>
    public override IReadOnlyList<double> Values => [Beta1, Beta2, Epsilon];

    /// <inheritdoc/>
    public override int Moments => 2;

    /// <inheritdoc/>
    public override double NaturalLearningRate => 0.003;

    /// <inheritdoc/>
    public override UpdateFunction<T> CreateFunction<T>() => UpdateFunction<T>.Of(this, step => new AdamKernel<T>(Beta1, Beta2, Epsilon, step));
}
