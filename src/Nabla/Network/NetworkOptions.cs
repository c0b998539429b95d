using Nabla.Network;

namespace Nabla;

/// <summary>The architecture of a network, a list of layers: everything but the values of its parameters.</summary>
public sealed record NetworkOptions
{
    /// <summary>Number of inputs of the first layer, at least 1.</summary>
    public required int Inputs { get; init; }

    /// <summary>The layers from first to last. At least one.</summary>
    public required IReadOnlyList<Layer> Layers { get; init; }

    /// <summary>The cost of a sample. Default: log-likelihood.</summary>
    public Cost Cost { get; init; } = Cost.LogLikelihood;

    /// <summary>Number of outputs: the values behind the last layer.</summary>
    public int Outputs => Shapes()[^1].Size;

    /// <summary>The activation of the output layer: that of the last layer.</summary>
    public Activation OutputActivation => Layers[^1].Activation;

    /// <summary>The number of inputs, then the units of every layer with weights: 784, 30, 10.</summary>
    public IReadOnlyList<int> Sizes
    {
        get
        {
            IReadOnlyList<SampleShape> shapes = Shapes();
            return [Inputs, .. Enumerable.Range(0, Layers.Count).Where(i => Layers[i].Tensors(shapes[i]).Any(tensor => tensor.IsDecayed)).Select(i => shapes[i + 1].Size)];
        }
    }

    /// <summary>Number of inputs of a layer.</summary>
    /// <param name="layer">Its place in the list, 0-based.</param>
    public int InputsOf(int layer) => Shapes()[layer].Size;

    /// <summary>Number of outputs of a layer.</summary>
    /// <param name="layer">Its place in the list, 0-based.</param>
    public int UnitsOf(int layer) => Shapes()[layer + 1].Size;

    /// <summary>The shapes of a sample: in front of the first layer, then behind each layer.</summary>
    /// <exception cref="ArgumentException">A layer does not fit behind the one before it.</exception>
    public IReadOnlyList<SampleShape> Shapes()
    {
        var shapes = new SampleShape[Layers.Count + 1];
        shapes[0] = new SampleShape(Inputs);
        for (int layer = 0; layer < Layers.Count; layer++)
        {
            shapes[layer + 1] = Layers[layer].OutputShape(shapes[layer]);
        }

        return shapes;
    }

    /// <summary>Checks sizes and the pairing of output activation and cost.</summary>
    /// <exception cref="ArgumentException">A size is below 1, the parameters exceed memory, softmax stands in a hidden layer, or output and cost make no sense together; the message says why.</exception>
    public void Validate() => NetworkValidation.Check(this);

    /// <inheritdoc/>
    public bool Equals(NetworkOptions? other) => other is not null && Inputs == other.Inputs && Cost == other.Cost && Layers.SequenceEqual(other.Layers);

    /// <inheritdoc/>
    public override int GetHashCode() => Layers.Aggregate(HashCode.Combine(Inputs, Cost), (hash, layer) => HashCode.Combine(hash, layer));
}
