using System.Numerics;
using Nabla.Choices;

namespace Nabla.Network.Costs;

/// <summary>½‖a − y‖². Theory T18, T26, T65.</summary>
public sealed record Quadratic : Cost
{
    /// <summary>The row of this cost.</summary>
    public static Choice<Cost> Choice { get; } = new("quadratic", "½‖a − y‖²", _ => Cost.Quadratic);

    /// <inheritdoc/>
    public override Choice<Cost> Row => Choice;

    /// <inheritdoc/>
    public override double Value(ReadOnlySpan<double> a, ReadOnlySpan<double> y)
    {
        double sum = 0;
        for (int j = 0; j < a.Length; j++)
        {
            sum += 0.5 * (a[j] - y[j]) * (a[j] - y[j]);
        }

        return sum;
    }

    /// <inheritdoc/>
    public override void Derivative(ReadOnlySpan<double> a, ReadOnlySpan<double> y, Span<double> derivative)
    {
        for (int j = 0; j < a.Length; j++)
        {
            derivative[j] = a[j] - y[j];
        }
    }

    /// <inheritdoc/>
    public override OutputCost<T> CreateFunction<T>(Activation output) => OutputCost<T>.Of(default(Kernel<T>), output);

    private readonly struct Kernel<T> : ICostKernel<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public double Term(double a, double y) => 0.5 * (a - y) * (a - y);

        public T Slope(T a, T y) => a - y;
    }
}
