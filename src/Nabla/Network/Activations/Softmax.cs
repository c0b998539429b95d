using System.Numerics;
using Nabla.Choices;
using Nabla.Network.Operators;
using Nabla.Numerics.Functions;

namespace Nabla.Network.Activations;

/// <summary>a_j = e^(c·z_j) / Σ_k e^(c·z_k) over the units of the output layer. Theory T36 to T63.</summary>
/// <param name="Constant">c &gt; 0, one over the temperature. Theory T55.</param>
public sealed record Softmax(double Constant = 1) : Activation
{
    /// <summary>The row of this activation.</summary>
    public static Choice<Activation> Choice { get; } = new(
        "softmax", "e^(c·z_j) / Σ_k e^(c·z_k)", values => new Softmax(values[0]), new NumberParameter("constant", 1, "c, one over the temperature") { Minimum = 0, ExcludesMinimum = true });

    /// <inheritdoc/>
    public override Choice<Activation> Row => Choice;

    /// <inheritdoc/>
    public override IReadOnlyList<double> Values => [Constant];

    /// <inheritdoc/>
    public override ActivationPlace Place => ActivationPlace.Output;

    /// <inheritdoc/>
    public override ActivationFunction<T> CreateFunction<T>() => new SoftmaxFunction<T>(Constant);

    /// <inheritdoc/>
    public override Expression Describe(Expression z) => (Constant == 1 ? z : z * Constant).Apply(Operator.Softmax);

    /// <summary>Computes a row with its maximum subtracted first, so that nothing overflows. The sum adds k = 0, 1, 2 … in that order.</summary>
    /// <param name="z">Weighted inputs.</param>
    /// <param name="constant">c &gt; 0.</param>
    /// <param name="a">Receives the activations; may be z itself.</param>
    /// <returns>ln Σ_k e^(c·z_k), so that −ln a_j is this minus c·z_j.</returns>
    internal static T Apply<T>(ReadOnlySpan<T> z, T constant, Span<T> a) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T maximum = z[0];
        foreach (T value in z)
        {
            maximum = value > maximum ? value : maximum;
        }

        for (int j = 0; j < a.Length; j++)
        {
            a[j] = constant * (z[j] - maximum);
        }

        VectorMath.Exp<T>(a, a);
        T sum = T.Zero;
        foreach (T value in a)
        {
            sum += value;
        }

        for (int j = 0; j < a.Length; j++)
        {
            a[j] /= sum;
        }

        return (constant * maximum) + T.CreateTruncating(ScalarMath.Log(double.CreateTruncating(sum)));
    }
}

/// <summary>Softmax row by row.</summary>
internal sealed class SoftmaxFunction<T>(double constant) : ActivationFunction<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T c = T.CreateChecked(constant);

    public override bool IsElementwise => false;

    public override void Apply(Span<T> z, int unit, int units)
    {
        for (int row = 0; row < z.Length; row += units)
        {
            Span<T> a = z.Slice(row, units);
            Softmax.Apply(a, c, a);
        }
    }

    public override void ApplyWithDerivative(Span<T> z, Span<T> derivative, int unit, int units) =>
        throw new NotSupportedException("Softmax is a function of the whole layer: its derivative is a matrix.");

    /// <summary>∂C/∂z_j = c·a_j·(g_j − Σ_k a_k·g_k): the Jacobian c·(diag a − a·aᵀ) applied to g = ∂C/∂a.</summary>
    public override void BackThroughRow(ReadOnlySpan<T> a, Span<T> gradient)
    {
        T mean = T.Zero;
        for (int k = 0; k < a.Length; k++)
        {
            mean = T.FusedMultiplyAdd(a[k], gradient[k], mean);
        }

        for (int j = 0; j < a.Length; j++)
        {
            gradient[j] = c * a[j] * (gradient[j] - mean);
        }
    }
}
