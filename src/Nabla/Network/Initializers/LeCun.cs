using Nabla.Choices;

namespace Nabla.Network.Initializers;

/// <summary>Weights N(0, 1/n_in), biases 0 (LeCun et al. 1998).</summary>
public sealed record LeCun : Initializer
{
    /// <summary>The row of this initialiser.</summary>
    public static Choice<Initializer> Choice { get; } = new("lecun", "weights N(0, 1/n_in), biases 0", _ => Initializer.LeCun);

    /// <inheritdoc/>
    public override Choice<Initializer> Row => Choice;

    /// <inheritdoc/>
    public override double Weight(IRandomDraw draw, int inputs, int outputs) => draw.Normal() / Math.Sqrt(inputs);
}
