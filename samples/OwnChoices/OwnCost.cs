using System.Numerics;
using Nabla;
using Nabla.Choices;
using Nabla.Network.Activations;
using Nabla.Network.Costs;

namespace OwnChoices;

/// <summary>Σ_j d²(√(1 + (e_j/d)²) − 1) with e = a − y: quadratic near 0, linear far away, smooth everywhere.</summary>
/// <param name="Width">d &gt; 0.</param>
public sealed record PseudoHuber(double Width = 1) : Cost
{
    public static Choice<Cost> Choice { get; } = new(
        "pseudo-huber",
        "d²(√(1 + (e/d)²) − 1)",
        values => new PseudoHuber(values[0]),
        new NumberParameter("width", 1, "d, the error at which the cost turns linear") { Minimum = 0, ExcludesMinimum = true });

    public override Choice<Cost> Row => Choice;

    public override IReadOnlyList<double> Values => [Width];

    public override string? Refuses(Activation output) => output is Softmax ? "it is for real targets" : null;

    // The plain forms, for study and checks.
    public override double Value(ReadOnlySpan<double> a, ReadOnlySpan<double> y)
    {
        var kernel = new Kernel<double>(Width);
        double sum = 0;
        for (int j = 0; j < a.Length; j++)
        {
            sum += kernel.Term(a[j], y[j]);
        }

        return sum;
    }

    public override void Derivative(ReadOnlySpan<double> a, ReadOnlySpan<double> y, Span<double> derivative)
    {
        var kernel = new Kernel<double>(Width);
        for (int j = 0; j < a.Length; j++)
        {
            derivative[j] = kernel.Slope(a[j], y[j]);
        }
    }

    public override OutputCost<T> CreateFunction<T>(Activation output) => OutputCost<T>.Of(new Kernel<T>(Width), output);

    private readonly struct Kernel<T>(double width) : ICostKernel<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly T width = T.CreateChecked(width);

        public double Term(double a, double y)
        {
            double d = double.CreateChecked(width), e = (a - y) / d;
            return d * d * (Math.Sqrt(1 + (e * e)) - 1);
        }

        public T Slope(T a, T y)
        {
            T e = (a - y) / width;
            return (a - y) / T.Sqrt(T.One + (e * e));
        }
    }
}
