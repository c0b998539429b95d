using Nabla.Network.Activations;
using Nabla.Network.Costs;

namespace Nabla.Network;

/// <summary>The architecture of a feed-forward network: everything but the values of its parameters.</summary>
public sealed record NetworkOptions
{
    /// <summary>Number of inputs of the first layer, at least 1.</summary>
    public required int Inputs { get; init; }

    /// <summary>The layers from first to last; the last one is the output layer. At least one.</summary>
    public required IReadOnlyList<LayerOptions> Layers { get; init; }

    /// <summary>The cost of a sample. Default: log-likelihood.</summary>
    public Cost Cost { get; init; } = Cost.LogLikelihood;

    /// <summary>The softmax constant c &gt; 0 (one over the temperature). Default 1. Ledger T55.</summary>
    public double SoftmaxConstant { get; init; } = 1;

    /// <summary>Number of outputs: the units of the last layer.</summary>
    public int Outputs => Layers[^1].Units;

    /// <summary>Number of inputs of layer <paramref name="layer"/> (0-based).</summary>
    public int InputsOf(int layer) => layer == 0 ? Inputs : Layers[layer - 1].Units;

    /// <summary>A network with hidden layers of one activation and an output layer.</summary>
    /// <param name="inputs">Number of inputs.</param>
    /// <param name="hidden">Units of each hidden layer; empty for none.</param>
    /// <param name="outputs">Number of outputs.</param>
    /// <param name="activation">Activation of the hidden layers.</param>
    /// <param name="output">Activation of the output layer.</param>
    /// <param name="cost">The cost.</param>
    /// <exception cref="ArgumentException">See <see cref="Validate"/>.</exception>
    public static NetworkOptions FeedForward(int inputs, IReadOnlyList<int> hidden, int outputs, Activation activation, Activation output, Cost cost)
    {
        ArgumentNullException.ThrowIfNull(hidden);
        var options = new NetworkOptions
        {
            Inputs = inputs,
            Layers = [.. hidden.Select(units => new LayerOptions(units, activation)), new LayerOptions(outputs, output)],
            Cost = cost,
        };
        options.Validate();
        return options;
    }

    /// <summary>Checks sizes and the pairing of output activation and cost.</summary>
    /// <exception cref="ArgumentException">A size is below 1, the parameters exceed memory, softmax stands in a hidden layer, or output and cost make no sense together; the message says why.</exception>
    public void Validate() => NetworkValidation.Check(this);
}
