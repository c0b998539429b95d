using Nabla.Choices;

namespace Nabla.Training.UpdateRules;

/// <summary>The parameters that the rules with running means of g and g² share.</summary>
internal static class MomentParameters
{
    /// <summary>β₁, the decay of the running mean of g.</summary>
    public static NumberParameter Beta1 { get; } = Decay("beta1", 0.9, "β₁");

    /// <summary>β₂, the decay of the running mean of g².</summary>
    public static NumberParameter Beta2 { get; } = Decay("beta2", 0.999, "β₂");

    /// <summary>ε, which keeps the divisor above zero.</summary>
    public static NumberParameter Epsilon { get; } = new("epsilon", 1e-8, "ε, outside the root") { Minimum = 0 };

    /// <summary>The decay of a running mean, in [0, 1).</summary>
    public static NumberParameter Decay(string name, double standard, string meaning) =>
        new(name, standard, meaning) { Minimum = 0, Maximum = 1, ExcludesMaximum = true };
}
