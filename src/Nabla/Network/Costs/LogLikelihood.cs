using Nabla.Choices;
using Nabla.Network.Activations;

namespace Nabla.Network.Costs;

/// <summary>−ln a_y for softmax outputs; −Σ_j y_j ln a_j for a target distribution. Theory T45 to T60.</summary>
public sealed record LogLikelihood : Cost
{
    /// <summary>The row of this cost.</summary>
    public static Choice<Cost> Choice { get; } = new("log-likelihood", "−ln a_y for softmax outputs", _ => Cost.LogLikelihood);

    /// <inheritdoc/>
    public override Choice<Cost> Row => Choice;

    /// <inheritdoc/>
    public override TargetRange Targets => TargetRange.Distribution;

    /// <inheritdoc/>
    public override string? Refuses(Activation output) => RefusesAllButSoftmax(output);

    /// <inheritdoc/>
    public override double Value(ReadOnlySpan<double> a, ReadOnlySpan<double> y)
    {
        double sum = 0;
        for (int j = 0; j < a.Length; j++)
        {
            sum += -Product(y[j], Math.Log(a[j]));
        }

        return sum;
    }

    /// <inheritdoc/>
    public override void Derivative(ReadOnlySpan<double> a, ReadOnlySpan<double> y, Span<double> derivative)
    {
        for (int j = 0; j < a.Length; j++)
        {
            derivative[j] = y[j] == 0 ? 0 : -y[j] / a[j];
        }
    }

    /// <inheritdoc/>
    public override OutputCost<T> CreateFunction<T>(Activation output) => new SoftmaxLogLikelihood<T>(output, smoothing: 0);

    internal static string? RefusesAllButSoftmax(Activation output) => output is Softmax ? null
        : "−ln a_y needs outputs that form one distribution, which only softmax gives; with others nothing would hold the remaining outputs down"
            + (output is Sigmoid ? " (use cross-entropy)" : " (use quadratic)");
}
