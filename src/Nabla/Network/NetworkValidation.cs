using Nabla.Network.Activations;
using Nabla.Network.Costs;

namespace Nabla.Network;

/// <summary>Which architectures make sense, and why the others do not.</summary>
internal static class NetworkValidation
{
    /// <summary>The largest number of parameters that one block can hold in double precision.</summary>
    public const long MaximumParameters = 1L << 27;

    public static void Check(NetworkOptions options)
    {
        if (options.Inputs < 1)
        {
            throw new ArgumentException($"A network needs at least 1 input, not {options.Inputs}.");
        }

        if (options.Layers.Count == 0)
        {
            throw new ArgumentException("A network needs at least an output layer.");
        }

        if (!(options.SoftmaxConstant > 0 && double.IsFinite(options.SoftmaxConstant)))
        {
            throw new ArgumentException($"The softmax constant must be a finite number above 0, not {options.SoftmaxConstant}.");
        }

        CheckLayers(options);
        CheckPairing(options);
    }

    private static void CheckLayers(NetworkOptions options)
    {
        long parameters = 0;
        for (int layer = 0; layer < options.Layers.Count; layer++)
        {
            LayerOptions l = options.Layers[layer];
            if (l.Units < 1)
            {
                throw new ArgumentException($"Layer {layer} needs at least 1 unit, not {l.Units}.");
            }

            if (l.UnitActivations is { } units && units.Count != l.Units)
            {
                throw new ArgumentException($"Layer {layer} has {l.Units} units but names {units.Count} activations.");
            }

            if (HasSoftmax(l) && (layer + 1 < options.Layers.Count || l.UnitActivations is not null))
            {
                throw new ArgumentException($"Softmax in layer {layer}: it is a function of a whole layer, and of the output layer only.");
            }

            parameters += ((long)options.InputsOf(layer) + 1) * l.Units;
            if (parameters > MaximumParameters)
            {
                throw new ArgumentException($"The network has more than {MaximumParameters:N0} parameters.");
            }
        }
    }

    private static void CheckPairing(NetworkOptions options)
    {
        LayerOptions output = options.Layers[^1];
        string? reason = options.Cost switch
        {
            Cost.CrossEntropy when !All(output, Activation.Sigmoid) =>
                "it takes each output as a probability of its own, which only sigmoid outputs are"
                + (HasSoftmax(output) ? " (softmax outputs are one distribution: use log-likelihood)" : " (ln of an output outside (0, 1) does not exist: use quadratic)"),
            Cost.LogLikelihood when !HasSoftmax(output) =>
                "−ln a_y needs outputs that form one distribution, which only softmax gives; with others nothing would hold the remaining outputs down"
                + (All(output, Activation.Sigmoid) ? " (use cross-entropy)" : " (use quadratic)"),
            Cost.Huber when HasSoftmax(output) =>
                "it is for real targets, and softmax outputs are one distribution (use log-likelihood)",
            _ => null,
        };
        if (reason is not null)
        {
            throw new ArgumentException($"The cost {options.Cost} does not fit {output.Activation} outputs: {reason}.");
        }
    }

    private static bool HasSoftmax(LayerOptions layer) =>
        layer.Activation == Activation.Softmax || layer.UnitActivations?.Contains(Activation.Softmax) == true;

    private static bool All(LayerOptions layer, Activation activation) =>
        layer.UnitActivations is { } units ? units.All(u => u == activation) : layer.Activation == activation;
}
