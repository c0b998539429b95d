using Nabla.Choices;

namespace Nabla.Network.Costs;

/// <summary>The log-likelihood of smoothed targets y′ = (1 − ε)y + ε/K over K outputs, so that no output is asked for certainty (Szegedy et al. 2016).</summary>
/// <param name="Smoothing">ε in [0, 1).</param>
public sealed record LabelSmoothing(double Smoothing = 0.1) : Cost
{
    /// <summary>The row of this cost.</summary>
    public static Choice<Cost> Choice { get; } = new(
        "label-smoothing",
        "log-likelihood of targets (1 − ε)y + ε/K over K outputs",
        values => new LabelSmoothing(values[0]),
        new NumberParameter("smoothing", 0.1, "ε, the share of the target spread over all classes") { Minimum = 0, Maximum = 1, ExcludesMaximum = true });

    /// <inheritdoc/>
    public override Choice<Cost> Row => Choice;

    /// <inheritdoc/>
    public override IReadOnlyList<double> Values => [Smoothing];

    /// <inheritdoc/>
    public override TargetRange Targets => TargetRange.Distribution;

    /// <inheritdoc/>
    public override string? Refuses(Activation output) => Costs.LogLikelihood.RefusesAllButSoftmax(output);

    /// <inheritdoc/>
    public override double Value(ReadOnlySpan<double> a, ReadOnlySpan<double> y)
    {
        double sum = 0;
        for (int j = 0; j < a.Length; j++)
        {
            sum += -Product(Smoothed(y[j], a.Length), Math.Log(a[j]));
        }

        return sum;
    }

    /// <inheritdoc/>
    public override void Derivative(ReadOnlySpan<double> a, ReadOnlySpan<double> y, Span<double> derivative)
    {
        for (int j = 0; j < a.Length; j++)
        {
            derivative[j] = -Smoothed(y[j], a.Length) / a[j];
        }
    }

    /// <inheritdoc/>
    public override OutputCost<T> CreateFunction<T>(Activation output) => new SoftmaxLogLikelihood<T>(output, Smoothing);

    private double Smoothed(double y, int outputs) => ((1 - Smoothing) * y) + (Smoothing / outputs);
}
