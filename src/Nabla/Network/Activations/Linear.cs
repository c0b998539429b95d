using System.Numerics;
using Nabla.Choices;
using Nabla.Network.Operators;

namespace Nabla.Network.Activations;

/// <summary>a = z. Theory T05.</summary>
public sealed record Linear : Activation
{
    /// <summary>The row of this activation.</summary>
    public static Choice<Activation> Choice { get; } = new("linear", "z", _ => Activation.Linear);

    /// <inheritdoc/>
    public override Choice<Activation> Row => Choice;

    /// <inheritdoc/>
    public override ActivationPlace Place => ActivationPlace.Anywhere;

    /// <inheritdoc/>
    public override ActivationFunction<T> CreateFunction<T>() => new LinearFunction<T>();

    /// <inheritdoc/>
    public override Expression Describe(Expression z) => z;
}

/// <summary>The identity, which touches nothing.</summary>
internal sealed class LinearFunction<T> : ActivationFunction<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public override void Apply(Span<T> z, int unit, int units)
    {
    }

    public override void ApplyWithDerivative(Span<T> z, Span<T> derivative, int unit, int units) => derivative.Fill(T.One);
}
