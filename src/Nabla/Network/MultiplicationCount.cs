namespace Nabla.Network;

/// <summary>The multiplications of one forward and one backward pass, counted where they are made (ledger T72, T73).</summary>
/// <remarks>Each multiplication of a product counts once with its addition; f′(z) counts as one multiplication a unit.</remarks>
public sealed class MultiplicationCount
{
    private readonly long[] forward;
    private readonly long[] weightGradient;
    private readonly long[] backward;
    private readonly long[] elementwise;

    internal MultiplicationCount(int layers)
    {
        forward = new long[layers];
        weightGradient = new long[layers];
        backward = new long[layers];
        elementwise = new long[layers];
    }

    /// <summary>Of Z = A·W, layer by layer.</summary>
    public IReadOnlyList<long> Forward => forward;

    /// <summary>Of ∂C/∂W = Aᵀ·δ, layer by layer.</summary>
    public IReadOnlyList<long> WeightGradient => weightGradient;

    /// <summary>Of δ·Wᵀ through the weights of a layer to the activations below; of the first layer that is ∂C/∂x.</summary>
    public IReadOnlyList<long> Backward => backward;

    /// <summary>Of f′(z) and of the product with it, layer by layer; the output layer's δ is not counted.</summary>
    public IReadOnlyList<long> Elementwise => elementwise;

    internal void AddForward(int layer, long multiplications) => forward[layer] += multiplications;

    internal void AddWeightGradient(int layer, long multiplications) => weightGradient[layer] += multiplications;

    internal void AddBackward(int layer, long multiplications) => backward[layer] += multiplications;

    internal void AddElementwise(int layer, long multiplications) => elementwise[layer] += multiplications;
}
