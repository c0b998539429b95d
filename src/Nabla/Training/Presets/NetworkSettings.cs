using Nabla.Network.Registries;

namespace Nabla;

/// <summary>A network without the sizes that come from the data.</summary>
public sealed record NetworkSettings
{
    /// <summary>All layers in order as text, instead of the properties below, or null:
    /// <c>dense 512, batch-norm, relu, dense softmax</c>. The units of the last layer may be omitted.</summary>
    public string? Layers { get; init; }

    /// <summary>Units of each hidden layer; empty for none. Default one layer of 100.</summary>
    public IReadOnlyList<int> Hidden { get; init; } = [100];

    /// <summary>The activation of the hidden layers. Default ReLU.</summary>
    public Activation Activation { get; init; } = Activation.Relu;

    /// <summary>The activation of the output layer. Default softmax.</summary>
    public Activation Output { get; init; } = Activation.Softmax;

    /// <summary>The cost. Default log-likelihood.</summary>
    public Cost Cost { get; init; } = Cost.LogLikelihood;

    /// <summary>Probability in [0, 1) that a hidden unit is set to 0 in training. Default 0.</summary>
    public double Dropout { get; init; }

    /// <summary>Whether every hidden layer has batch normalisation. Default false.</summary>
    public bool BatchNormalization { get; init; }

    /// <summary>The network for data with these inputs and outputs.</summary>
    /// <param name="inputs">Number of inputs, at least 1.</param>
    /// <param name="outputs">Number of outputs, at least 1.</param>
    /// <param name="choices">The names that <see cref="Layers"/> may use; null for the built-in ones.</param>
    /// <exception cref="ArgumentException">Output and cost do not match, or a size is out of range.</exception>
    public NetworkOptions Build(int inputs, int outputs, NetworkChoices? choices = null)
    {
        if (Layers is null)
        {
            return NetworkOptions.FeedForward(inputs, Hidden, outputs, Activation, Output, Cost, Dropout, BatchNormalization);
        }

        IReadOnlyList<Layer> layers = (choices ?? NetworkChoices.BuiltIn).ParseLayers(Layers, outputs);
        var options = new NetworkOptions { Inputs = inputs, Layers = layers, Cost = Cost };
        options.Validate();
        return options;
    }
}
