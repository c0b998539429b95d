using Nabla.Choices;
using Nabla.Network.Activations;
using Nabla.Network.Costs;
using Nabla.Network.Initializers;

namespace Nabla.Network.Registries;

/// <summary>The activations, costs, initialisers and layers that are known by name. A value that is passed in where names are read; the built-in one is the default.</summary>
/// <remarks>To use a choice of your own: <c>NetworkChoices.BuiltIn with { Activations = NetworkChoices.BuiltIn.Activations.With(Swish.Choice) }</c>.</remarks>
public sealed record NetworkChoices
{
    /// <summary>What Nabla brings.</summary>
    public static NetworkChoices BuiltIn { get; } = new();

    /// <summary>The activations.</summary>
    public Registry<Activation> Activations { get; init; } = new(
        "activation", Sigmoid.Choice, Tanh.Choice, Relu.Choice, LeakyRelu.Choice, Gelu.Choice, Softplus.Choice, Linear.Choice, Step.Choice, Softmax.Choice, Elu.Choice, Selu.Choice, Silu.Choice);

    /// <summary>The costs.</summary>
    public Registry<Cost> Costs { get; init; } = new("cost", Quadratic.Choice, CrossEntropy.Choice, LogLikelihood.Choice, Huber.Choice, LabelSmoothing.Choice);

    /// <summary>The initialisers.</summary>
    public Registry<Initializer> Initializers { get; init; } = new("initialiser", Scaled.Choice, Large.Choice, Glorot.Choice, He.Choice, LeCun.Choice);

    /// <summary>The layers.</summary>
    public Registry<Layer> Layers { get; init; } = new("layer", Dense.Choice, BatchNormalization.Choice, Dropout.Choice, Activate.Choice);

    /// <summary>Reads a list of layers: <c>dense 512, batch-norm, relu, dropout 0.2, dense 10 softmax</c>.</summary>
    /// <param name="text">Layers, separated by commas.</param>
    /// <param name="outputs">Units of the last dense layer, which the text may leave out; null where it must not.</param>
    /// <exception cref="ArgumentException">The text is not such a list; the message says where and what was expected.</exception>
    public IReadOnlyList<Layer> ParseLayers(string text, int? outputs = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        return LayerText.Parse(text, Layers, Activations, activation => new Activate(activation), outputs);
    }
}
