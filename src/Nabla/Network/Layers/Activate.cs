using Nabla.Choices;
using Nabla.Network;
using Nabla.Network.Operators;

namespace Nabla;

/// <summary>An activation that stands alone, behind a layer that has none.</summary>
/// <param name="Activation">The activation.</param>
public sealed record Activate(Activation Activation) : Layer
{
    /// <summary>The row of this layer.</summary>
    public static Choice<Layer> Choice { get; } = new("activation", "an activation that stands alone", _ => new Activate(Nabla.Activation.Linear));

    /// <inheritdoc/>
    public override Choice<Layer> Row => Choice;

    /// <inheritdoc/>
    public override Activation Activation { get; } = Activation;

    /// <inheritdoc/>
    public override bool IsElementwise => true;

    /// <inheritdoc/>
    public override Layer WithActivation(Activation activation) => new Activate(activation);

    /// <inheritdoc/>
    public override SampleShape OutputShape(SampleShape input) => Activation.UnitCount is { } named && named != input.Size
        ? throw new ArgumentException($"there are {input.Size} units in front of it, but it names {named} activations.")
        : input;

    /// <inheritdoc/>
    public override LayerPass<T> CreatePass<T>(LayerPlace place) => new ActivationPass<T>(Activation.CreateFunction<T>());

    /// <inheritdoc/>
    public override Expression Describe(Expression x) => x;
}
