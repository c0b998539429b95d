using Nabla.Choices;

namespace Nabla.Training.UpdateRules;

/// <summary>Adam with the decay apart from the gradient: w ← (1 − ηλ₂/n)w first (Loshchilov and Hutter 2019).</summary>
/// <param name="Beta1">β₁ in [0, 1).</param>
/// <param name="Beta2">β₂ in [0, 1).</param>
/// <param name="Epsilon">ε ≥ 0, outside the root.</param>
public sealed record AdamW(double Beta1 = 0.9, double Beta2 = 0.999, double Epsilon = 1e-8) : UpdateRule
{
    /// <summary>The row of this rule.</summary>
    public static Choice<UpdateRule> Choice { get; } = new(
        "adamw",
        "adam with the decay w ← (1 − ηλ/n)w apart from the gradient",
        values => new AdamW(values[0], values[1], values[2]),
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
    public override bool DecouplesDecay => true;

    /// <inheritdoc/>
    public override UpdateFunction<T> CreateFunction<T>() => UpdateFunction<T>.Of(this, step => new AdamKernel<T>(Beta1, Beta2, Epsilon, step));
}
