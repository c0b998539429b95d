using Nabla.Choices;
using Nabla.Network;
using Nabla.Network.Layers;
using Nabla.Network.Operators;

namespace Nabla;

/// <summary>A dense layer: f(x·Wᵀ + b) with W [units, inputs] and b [units].</summary>
/// <param name="Units">Number of units, at least 1.</param>
/// <param name="Activation">f; null for linear.</param>
public sealed record Dense(int Units, Activation? Activation = null) : Layer
{
    /// <summary>The row of this layer.</summary>
    public static Choice<Layer> Choice { get; } = new(
        "dense", "f(x·Wᵀ + b)", values => new Dense((int)values[0]), new NumberParameter("units", double.NaN, "number of units") { Minimum = 1, Maximum = int.MaxValue, IsWhole = true });

    /// <inheritdoc/>
    public override Choice<Layer> Row => Choice;

    /// <inheritdoc/>
    public override IReadOnlyList<double> Values => [Units];

    /// <inheritdoc/>
    public override Activation Activation { get; } = Activation ?? Nabla.Activation.Linear;

    internal override bool IsProduct => true;

    /// <inheritdoc/>
    public override Layer WithActivation(Activation activation) => new Dense(Units, activation);

    /// <inheritdoc/>
    public override SampleShape OutputShape(SampleShape input) => Activation.UnitCount is { } named && named != Units
        ? throw new ArgumentException($"it has {Units} units but names {named} activations.")
        : new SampleShape(Units);

    /// <inheritdoc/>
    public override IReadOnlyList<TensorDeclaration> Tensors(SampleShape input) =>
    [
        new("weight", [Units, input.Size], TensorDeclaration.Weights(input.Size, Units)) { IsDecayed = true, IsTransposed = true },
        new("bias", [Units], TensorDeclaration.Biases),
    ];

    /// <inheritdoc/>
    public override LayerPass<T> CreatePass<T>(LayerPlace place) => new DensePass<T>();

    /// <inheritdoc/>
    public override Expression Describe(Expression x) => x.Times(new Tensor(0)) + new Tensor(1);

    /// <inheritdoc/>
    public override long Multiplications(SampleShape input) => (long)input.Size * Units;
}
