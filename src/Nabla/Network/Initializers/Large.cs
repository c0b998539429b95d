using Nabla.Choices;

namespace Nabla.Network.Initializers;

/// <summary>Weights and biases N(0, 1). Theory T97.</summary>
public sealed record Large : Initializer
{
    /// <summary>The row of this initialiser.</summary>
    public static Choice<Initializer> Choice { get; } = new("large", "weights and biases N(0, 1)", _ => Initializer.Large);

    /// <inheritdoc/>
    public override Choice<Initializer> Row => Choice;

    /// <inheritdoc/>
    public override bool DrawsBiases => true;

    /// <inheritdoc/>
    public override double Weight(IRandomDraw draw, int inputs, int outputs) => draw.Normal();

    /// <inheritdoc/>
    public override double Bias(IRandomDraw draw) => draw.Normal();
}
