namespace Nabla.Tests.Reference.Naive;

/// <summary>Inverted dropout (Srivastava et al. 2014) with a given mask: a unit that survives is divided by 1 − p, the others are 0.</summary>
/// <param name="probability">p.</param>
internal sealed class NaiveDropout(double probability) : INaiveLayer
{
    /// <summary>Which units survive, [samples][units], for the next training pass.</summary>
    public bool[][] Survives { get; set; } = [];

    /// <summary>Whether training passes use the mask.</summary>
    public bool IsActive { get; set; } = true;

    public IReadOnlyList<NaiveParameters> Parameters => [];

    public double[][] Forward(double[][] inputs, bool isTraining) => isTraining && IsActive ? Masked(inputs) : inputs;

    public double[][] Backward(double[][] outputGradient) => IsActive ? Masked(outputGradient) : outputGradient;

    private double[][] Masked(double[][] batch) =>
        [.. batch.Select((row, s) => row.Select((value, j) => Survives[s][j] ? value / (1 - probability) : 0).ToArray())];
}
