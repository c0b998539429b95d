namespace Nabla.Network.Study;

/// <summary>The multiplications of one forward and one backward pass, layer by layer (theory T72, T73).</summary>
/// <remarks>Each multiplication of a product counts once with its addition; f′(z) and the product with it count as one multiplication a unit each.</remarks>
public sealed class MultiplicationCount
{
    private MultiplicationCount(long[] forward, long[] elementwise)
    {
        Forward = forward;
        WeightGradient = forward;
        Backward = forward;
        Elementwise = elementwise;
    }

    /// <summary>Of Z = A·W, layer by layer.</summary>
    public IReadOnlyList<long> Forward { get; }

    /// <summary>Of ∂C/∂W = Aᵀ·δ, layer by layer: the same three sizes.</summary>
    public IReadOnlyList<long> WeightGradient { get; }

    /// <summary>Of δ·Wᵀ through the weights of a layer to the activations below; of the first layer that is ∂C/∂x.</summary>
    public IReadOnlyList<long> Backward { get; }

    /// <summary>Of f′(z) and of the product with it, layer by layer; the output layer's δ is not counted.</summary>
    public IReadOnlyList<long> Elementwise { get; }

    /// <summary>The count for a network and a number of samples, from what its layers declare.</summary>
    internal static MultiplicationCount Of(NetworkStructure structure, int samples)
    {
        long[] forward = [.. structure.Stages.Select(stage => stage.Transform < 0 ? 0 : samples * structure.Options.Layers[stage.Transform].Multiplications(stage.Inputs))];
        long[] elementwise = [.. structure.Stages.Select((stage, index) => index == structure.Stages.Count - 1 ? 0 : 2L * samples * stage.Units)];
        return new MultiplicationCount(forward, elementwise);
    }
}
