using Nabla.Choices;
using Nabla.Network;
using Nabla.Network.Layers;
using Nabla.Network.Operators;

namespace Nabla;

/// <summary>Inverted dropout: in training a unit is silent with probability p, and the others are divided by 1 − p (Srivastava et al. 2014).</summary>
/// <param name="Probability">p in [0, 1).</param>
public sealed record Dropout(double Probability) : Layer
{
    /// <summary>The row of this layer.</summary>
    public static Choice<Layer> Choice { get; } = new(
        "dropout",
        "sets random units to 0 in training",
        values => new Dropout(values[0]),
        new NumberParameter("probability", double.NaN, "probability that a unit is set to 0") { Minimum = 0, Maximum = 1, ExcludesMaximum = true });

    /// <inheritdoc/>
    public override Choice<Layer> Row => Choice;

    /// <inheritdoc/>
    public override IReadOnlyList<double> Values => [Probability];

    /// <inheritdoc/>
    public override bool IsElementwise => true;

    /// <inheritdoc/>
    public override SampleShape OutputShape(SampleShape input) => input;

    /// <inheritdoc/>
    public override LayerPass<T> CreatePass<T>(LayerPlace place) => new DropoutPass<T>(Probability, place.Ordinal);

    /// <inheritdoc/>
    public override Expression Describe(Expression x) => x;
}
