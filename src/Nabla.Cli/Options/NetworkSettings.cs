using Nabla.Network;
using Nabla.Network.Activations;
using Nabla.Network.Costs;
using Nabla.Network.Initializers;
using Nabla.Network.Layers;
using Nabla.Network.Registries;

namespace Nabla.Cli.Options;

/// <summary>The shape of a network but for the sizes that the data gives.</summary>
internal sealed record NetworkSettings
{
    /// <summary>All layers as text, in place of the short forms; or null.</summary>
    public string? Layers { get; init; }

    public IReadOnlyList<int> Hidden { get; init; } = [100];

    public Activation Activation { get; init; } = Activation.Relu;

    public Activation Output { get; init; } = Activation.Softmax;

    public Cost Cost { get; init; } = Cost.LogLikelihood;

    public Initializer Initializer { get; init; } = Initializer.He;

    /// <summary>Share of hidden units dropped in training.</summary>
    public double Dropout { get; init; }

    /// <summary>Whether every hidden layer is normalised.</summary>
    public bool BatchNormalization { get; init; }

    /// <summary>The network for data with these inputs and outputs.</summary>
    /// <exception cref="ArgumentException">Output and cost do not fit, or a size is out of range.</exception>
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
