using System.Numerics;
using Nabla.Choices;
using Nabla.Network.Activations;

namespace Nabla.Network.Costs;

/// <summary>Σ_j h(a_j − y_j) with h(e) = ½e² for |e| ≤ 1 and |e| − ½ beyond: a target that is far off pulls no harder than one that is 1 off (Huber 1964).</summary>
public sealed record Huber : Cost
{
    /// <summary>The row of this cost.</summary>
    public static Choice<Cost> Choice { get; } = new("huber", "½e² for an error |e| ≤ 1, |e| − ½ beyond", _ => Cost.Huber);

    /// <inheritdoc/>
    public override Choice<Cost> Row => Choice;

    /// <inheritdoc/>
    public override string? Refuses(Activation output) =>
        output is Softmax ? "it is for real targets, and softmax outputs are one distribution (use log-likelihood)" : null;

    /// <inheritdoc/>
    public override double Value(ReadOnlySpan<double> a, ReadOnlySpan<double> y)
    {
        double sum = 0;
        for (int j = 0; j < a.Length; j++)
        {
            sum += Term(a[j] - y[j]);
        }

        return sum;
    }

    /// <inheritdoc/>
    public override void Derivative(ReadOnlySpan<double> a, ReadOnlySpan<double> y, Span<double> derivative)
    {
        for (int j = 0; j < a.Length; j++)
        {
            derivative[j] = Math.Clamp(a[j] - y[j], -1, 1);
        }
    }

    /// <summary>h″ jumps where the error is −1 or 1.</summary>
    public override int Side(double a, double y) => Math.Clamp(a - y, -1, 1) switch { -1 => 0, 1 => 2, _ => 1 };

    /// <inheritdoc/>
    public override OutputCost<T> CreateFunction<T>(Activation output) => OutputCost<T>.Of(default(Kernel<T>), output);

    private static double Term(double error)
    {
        double size = Math.Abs(error);
        return size <= 1 ? 0.5 * error * error : size - 0.5;
    }

    private readonly struct Kernel<T> : ICostKernel<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public double Term(double a, double y) => Costs.Huber.Term(a - y);

        public T Slope(T a, T y) => T.Clamp(a - y, -T.One, T.One);
    }
}
