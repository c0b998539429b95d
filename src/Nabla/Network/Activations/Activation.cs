using System.Numerics;
using Nabla.Choices;
using Nabla.Network.Activations;
using Nabla.Network.Operators;

namespace Nabla;

/// <summary>The function from weighted input z to activation a. A value: two activations with the same parameters are equal.</summary>
/// <remarks>An activation is one file: a record, its kernel, and its row in <see cref="Network.Registries.NetworkChoices.Activations"/>. See CONTRIBUTING.md.</remarks>
public abstract record Activation : IChoice<Activation>
{
    /// <summary>σ(z) = 1/(1 + e^−z). Theory T01.</summary>
    public static Activation Sigmoid { get; } = new Sigmoid();

    /// <summary>tanh z = 2σ(2z) − 1. Theory T04.</summary>
    public static Activation Tanh { get; } = new Tanh();

    /// <summary>max(0, z); its derivative at 0 is taken as 0.</summary>
    public static Activation Relu { get; } = new Relu();

    /// <summary>z for z &gt; 0, otherwise 0.01·z.</summary>
    public static Activation LeakyRelu { get; } = new LeakyRelu();

    /// <summary>z·Φ(z) with the normal distribution function Φ (the exact form, not the tanh approximation).</summary>
    public static Activation Gelu { get; } = new Gelu();

    /// <summary>ln(1 + e^z).</summary>
    public static Activation Softplus { get; } = new Softplus();

    /// <summary>a = z. Theory T05.</summary>
    public static Activation Linear { get; } = new Linear();

    /// <summary>1 for z &gt; 0, otherwise 0; derivative 0. For networks made by hand (theory T137); it cannot be trained.</summary>
    public static Activation Step { get; } = new Step();

    /// <summary>e^(z_j) / Σ_k e^(z_k) over the layer. Output layer only. Theory T36 to T63.</summary>
    public static Activation Softmax { get; } = new Softmax();

    /// <summary>The row of the registry that makes such activations.</summary>
    public abstract Choice<Activation> Row { get; }

    /// <summary>The values of the row's parameters.</summary>
    public virtual IReadOnlyList<double> Values => [];

    /// <summary>The name in files and on the command line.</summary>
    public string Name => Row.Name;

    /// <summary>Where the activation may stand.</summary>
    public virtual ActivationPlace Place => ActivationPlace.Hidden;

    /// <summary>The z at which f or f′ jumps; the function is monotone around each.</summary>
    public virtual IReadOnlyList<double> Kinks => [];

    /// <summary>The number of units that a layer with this activation must have; null for any.</summary>
    public virtual int? UnitCount => null;

    /// <summary>The initialiser that suits hidden units of this kind.</summary>
    public virtual Initializer NaturalInitializer => Initializer.Scaled;

    /// <summary>The code that computes the activation in one precision. Asked for once, when a network is set up.</summary>
    public abstract ActivationFunction<T> CreateFunction<T>() where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <summary>The function in elementary operators, from which exported files are made.</summary>
    /// <param name="z">The weighted input.</param>
    public abstract Expression Describe(Expression z);

    /// <summary>The name, with the parameters behind a colon where they differ from the defaults.</summary>
    public sealed override string ToString() => Registry<Activation>.Text(this);
}
