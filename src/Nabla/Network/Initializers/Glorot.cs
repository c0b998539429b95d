using Nabla.Choices;

namespace Nabla.Network.Initializers;

/// <summary>Weights uniform in ±√(6/(n_in + n_out)), biases 0 (Glorot and Bengio 2010).</summary>
public sealed record Glorot : Initializer
{
    /// <summary>The row of this initialiser.</summary>
    public static Choice<Initializer> Choice { get; } = new("glorot", "weights uniform in ±√(6/(n_in + n_out)), biases 0", _ => Initializer.Glorot);

    /// <inheritdoc/>
    public override Choice<Initializer> Row => Choice;

    /// <inheritdoc/>
    public override double Weight(IRandomDraw draw, int inputs, int outputs)
    {
        double bound = Math.Sqrt(6.0 / (inputs + outputs));
        return draw.Uniform(-bound, bound);
    }
}
