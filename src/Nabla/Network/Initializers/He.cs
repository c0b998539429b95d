using Nabla.Choices;

namespace Nabla.Network.Initializers;

/// <summary>Weights N(0, 2/n_in), biases 0 (He et al. 2015).</summary>
public sealed record He : Initializer
{
    /// <summary>The row of this initialiser.</summary>
    public static Choice<Initializer> Choice { get; } = new("he", "weights N(0, 2/n_in), biases 0", _ => Initializer.He);

    /// <inheritdoc/>
    public override Choice<Initializer> Row => Choice;

    /// <inheritdoc/>
    public override double Weight(IRandomDraw draw, int inputs, int outputs) => draw.Normal() * Math.Sqrt(2.0 / inputs);
}
