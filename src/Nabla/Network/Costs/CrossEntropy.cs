using Nabla.Choices;
using Nabla.Network.Activations;

namespace Nabla.Network.Costs;

/// <summary>−Σ_j [y_j ln a_j + (1 − y_j) ln(1 − a_j)], for sigmoid outputs and targets in [0, 1]. Theory T07 to T17.</summary>
public sealed record CrossEntropy : Cost
{
    /// <summary>The row of this cost.</summary>
    public static Choice<Cost> Choice { get; } = new("cross-entropy", "−Σ_j [y ln a + (1 − y) ln(1 − a)] for sigmoid outputs", _ => Cost.CrossEntropy);

    /// <inheritdoc/>
    public override Choice<Cost> Row => Choice;

    /// <inheritdoc/>
    public override TargetRange Targets => TargetRange.Probability;

    /// <inheritdoc/>
    public override string? Refuses(Activation output) => IsSigmoid(output) ? null
        : "it takes each output as a probability of its own, which only sigmoid outputs are"
            + (output is Softmax ? " (softmax outputs are one distribution: use log-likelihood)" : " (ln of an output outside (0, 1) does not exist: use quadratic)");

    /// <inheritdoc/>
    public override double Value(ReadOnlySpan<double> a, ReadOnlySpan<double> y)
    {
        double sum = 0;
        for (int j = 0; j < a.Length; j++)
        {
            sum += -(Product(y[j], Math.Log(a[j])) + Product(1 - y[j], Math.Log(1 - a[j])));
        }

        return sum;
    }

    /// <inheritdoc/>
    public override void Derivative(ReadOnlySpan<double> a, ReadOnlySpan<double> y, Span<double> derivative)
    {
        for (int j = 0; j < a.Length; j++)
        {
            derivative[j] = ((1 - y[j]) / (1 - a[j])) - (y[j] / a[j]);
        }
    }

    /// <inheritdoc/>
    public override OutputCost<T> CreateFunction<T>(Activation output) => new SigmoidCrossEntropy<T>();

    private static bool IsSigmoid(Activation output) => output is Sigmoid || (output is PerUnit mixed && mixed.Units.All(unit => unit is Sigmoid));
}
