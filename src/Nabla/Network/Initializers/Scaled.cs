using Nabla.Choices;

namespace Nabla.Network.Initializers;

/// <summary>Weights N(0, 1/n_in), biases N(0, 1). Theory T95.</summary>
public sealed record Scaled : Initializer
{
    /// <summary>The row of this initialiser.</summary>
    public static Choice<Initializer> Choice { get; } = new("scaled", "weights N(0, 1/n_in), biases N(0, 1)", _ => Initializer.Scaled);

    /// <inheritdoc/>
    public override Choice<Initializer> Row => Choice;

    /// <inheritdoc/>
    public override bool DrawsBiases => true;

    /// <inheritdoc/>
    public override double Weight(IRandomDraw draw, int inputs, int outputs) => draw.Normal() / Math.Sqrt(inputs);

    /// <inheritdoc/>
    public override double Bias(IRandomDraw draw) => draw.Normal();
}
