using Nabla.Network.Activations;

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

        CheckLayers(options);
        if (options.Cost.Refuses(options.OutputActivation) is { } reason)
        {
            throw new ArgumentException($"The cost {options.Cost} does not fit {options.OutputActivation} outputs: {reason}.");
        }
    }

    private static void CheckLayers(NetworkOptions options)
    {
        long parameters = 0;
        var shape = new SampleShape(options.Inputs);
        for (int i = 0; i < options.Layers.Count; i++)
        {
            Layer layer = options.Layers[i];
            try
            {
                layer.Row.Check(layer.Values);
                bool isOutput = i == options.Layers.Count - 1;
                if (!isOutput && !layer.Activation.Place.HasFlag(ActivationPlace.Hidden) && layer.Activation.Place.HasFlag(ActivationPlace.Output))
                {
                    throw new ArgumentException($"{layer.Activation} is a function of a whole layer, and of the output layer only.");
                }

                parameters += TensorCount(layer, shape);
                if (parameters > MaximumParameters)
                {
                    throw new ArgumentException($"The network has more than {MaximumParameters:N0} parameters.");
                }

                shape = layer.OutputShape(shape);
            }
            catch (Exception e) when (e is ArgumentException or OverflowException)
            {
                throw new ArgumentException($"Layer {i} ({layer}): {e.Message}", e);
            }
        }
    }

    private static long TensorCount(Layer layer, SampleShape input)
    {
        long count = 0;
        foreach (TensorDeclaration tensor in layer.Tensors(input))
        {
            long elements = 1;
            foreach (int size in tensor.Shape)
            {
                elements = checked(elements * size);
            }

            count = checked(count + elements);
        }

        return count;
    }
}
