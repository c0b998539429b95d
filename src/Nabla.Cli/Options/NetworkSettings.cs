using Nabla.Network;
using Nabla.Network.Activations;
using Nabla.Network.Costs;
using Nabla.Network.Initializers;
using Nabla.Network.Layers;
using Nabla.Network.Registries;

namespace Nabla.Cli.Options;

/// <summary>A network without the sizes that come from the data.</summary>
internal sealed record NetworkSettings
{
    /// <summary>All layers as text, instead of the short forms, or null.</summary>
    public string? Layers { get; init; }

    public IReadOnlyList<int> Hidden { get; init; } = [100];

    public Activation Activation { get; init; } = Activation.Relu;

    public Activation Output { get; init; } = Activation.Softmax;

    public Cost Cost { get; init; } = Cost.LogLikelihood;

    public Initializer Initializer { get; init; } = Initializer.He;

    /// <summary>Probability that a hidden unit is dropped in training.</summary>
    public double Dropout { get; init; }

    /// <summary>Whether every hidden layer has batch normalisation.</summary>
    public bool BatchNormalization { get; init; }

    /// <summary>The network for data with these inputs and outputs.</summary>
    /// <exception cref="ArgumentException">Output and cost do not match, or a size is out of range.</exception>
    public NetworkOptions Build(int inputs, int outputs)
    {
        if (Layers is null)
        {
            return NetworkOptions.FeedForward(inputs, Hidden, outputs, Activation, Output, Cost, Dropout, BatchNormalization);
        }

        var options = new NetworkOptions { Inputs = inputs, Layers = NetworkChoices.BuiltIn.ParseLayers(Layers, outputs), Cost = Cost };
        options.Validate();
        return options;
    }
}
