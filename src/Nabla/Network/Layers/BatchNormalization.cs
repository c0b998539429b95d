using Nabla.Choices;
using Nabla.Network;
using Nabla.Network.Layers;
using Nabla.Network.Operators;

namespace Nabla;

/// <summary>Batch normalisation: y = γ·(x − mean)/√(variance + ε) + β for each unit (Ioffe and Szegedy 2015), with PyTorch's meaning.</summary>
/// <remarks>
/// In training, mean and biased variance are those of the whole mini-batch, and the running ones move towards its mean and unbiased variance. A mini-batch
/// of one sample, and a prediction, use the running ones. γ and β are never decayed.
/// </remarks>
/// <param name="Momentum">How far the running statistics move towards a mini-batch's, in (0, 1].</param>
/// <param name="Epsilon">ε &gt; 0.</param>
public sealed record BatchNormalization(double Momentum = 0.1, double Epsilon = 1e-5) : Layer
{
    /// <summary>The row of this layer.</summary>
    public static Choice<Layer> Choice { get; } = new(
        "batch-norm",
        "normalises each unit over the mini-batch",
        values => new BatchNormalization(values[0], values[1]),
        new NumberParameter("momentum", 0.1, "share of the mini-batch in the running statistics") { Minimum = 0, ExcludesMinimum = true, Maximum = 1 },
        new NumberParameter("epsilon", 1e-5, "ε, added to the variance") { Minimum = 0, ExcludesMinimum = true });

    /// <inheritdoc/>
    public override Choice<Layer> Row => Choice;

    /// <inheritdoc/>
    public override IReadOnlyList<double> Values => [Momentum, Epsilon];

    /// <inheritdoc/>
    public override bool MixesSamples => true;

    /// <inheritdoc/>
    public override SampleShape OutputShape(SampleShape input) => input;

    /// <inheritdoc/>
    public override IReadOnlyList<TensorDeclaration> Tensors(SampleShape input) =>
    [
        new("weight", [input.Size], TensorDeclaration.Constant(1)),
        new("bias", [input.Size], TensorDeclaration.Constant(0)),
        new("running_mean", [input.Size], TensorDeclaration.Constant(0)) { IsTrained = false },
        new("running_var", [input.Size], TensorDeclaration.Constant(1)) { IsTrained = false },
    ];

    /// <inheritdoc/>
    public override LayerPass<T> CreatePass<T>(LayerPlace place) => new BatchNormalizationPass<T>(this, place);

    /// <inheritdoc/>
    public override Expression Describe(Expression x) =>
        ((x - new Tensor(2)) / (new Tensor(3) + Epsilon).Apply(Operator.SquareRoot) * new Tensor(0)) + new Tensor(1);

    /// <inheritdoc/>
    public override (double[] Factors, double[] Summands)? Scaling(IReadOnlyList<double[]> tensors, int units)
    {
        double[] factors = [.. tensors[0].Zip(tensors[3], (weight, variance) => weight / Math.Sqrt(variance + Epsilon))];
        double[] summands = [.. factors.Select((factor, unit) => tensors[1][unit] - (tensors[2][unit] * factor))];
        return (factors, summands);
    }

    /// <inheritdoc/>
    public override long Multiplications(SampleShape input) => 2L * input.Size;
}
