using Nabla.Network.Study;

namespace Nabla.Theory.Recipes;

/// <summary>A network with given weights in double precision.</summary>
/// <param name="Options">The architecture.</param>
/// <param name="Parameters">The weights and biases.</param>
internal sealed record GivenNetwork(NetworkOptions Options, Parameters Parameters)
{
    /// <summary>Runs a forward and a backward pass.</summary>
    public Trace Trace(double[] inputs, double[] targets) => Nabla.Network.Study.Trace.Of(Options, Parameters, inputs, targets);

    /// <summary>Copies the network and changes the parameters of the copy.</summary>
    public GivenNetwork With(Action<Parameters> change)
    {
        Parameters copy = Parameters.Clone();
        change(copy);
        return this with { Parameters = copy };
    }
}

/// <summary>Makes networks layer by layer from given weights.</summary>
internal static class Networks
{
    /// <summary>Makes a layer.</summary>
    /// <param name="weights">[units, inputs].</param>
    /// <param name="biases">[units].</param>
    /// <param name="activation">The activation of all units.</param>
    public static HandMadeLayer Layer(double[,] weights, double[] biases, Activation activation) => new(weights, biases, activation);

    /// <summary>Makes a network.</summary>
    public static GivenNetwork Of(Cost cost, params ReadOnlySpan<HandMadeLayer> layers)
    {
        var options = new NetworkOptions
        {
            Inputs = layers[0].Weights.GetLength(1),
            Layers = [.. layers.ToArray().Select(layer => new Dense(layer.Biases.Length, layer.Activation))],
            Cost = cost,
        };
        var parameters = new Parameters(options, Precision.Double);
        for (int layer = 0; layer < layers.Length; layer++)
        {
            for (int unit = 0; unit < layers[layer].Biases.Length; unit++)
            {
                parameters.SetBias(layer, unit, layers[layer].Biases[unit]);
                for (int input = 0; input < layers[layer].Weights.GetLength(1); input++)
                {
                    parameters.SetWeight(layer, unit, input, layers[layer].Weights[unit, input]);
                }
            }
        }

        return new GivenNetwork(options, parameters);
    }

    /// <summary>
    /// Makes an output layer with weighted inputs z for any input: the weights are 0 and the biases are z.
    /// </summary>
    public static GivenNetwork FromWeightedInputs(double[] z, Activation activation, Cost cost, int inputs = 1) =>
        Of(cost, Layer(new double[z.Length, inputs], z, activation));
}

/// <summary>A layer with given weights.</summary>
internal sealed record HandMadeLayer(double[,] Weights, double[] Biases, Activation Activation);
