using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Nabla.Choices;
using Nabla.Network.Operators;
using Nabla.Numerics.Functions;

namespace Nabla.Network.Activations;

/// <summary>tanh z = 2σ(2z) − 1. Theory T04.</summary>
public sealed record Tanh : Activation
{
    /// <summary>The row of this activation.</summary>
    public static Choice<Activation> Choice { get; } = new("tanh", "tanh z", _ => Activation.Tanh);

    /// <inheritdoc/>
    public override Choice<Activation> Row => Choice;

    /// <inheritdoc/>
    public override ActivationFunction<T> CreateFunction<T>() => ActivationFunction<T>.Of(new Tanh<T>());

    /// <inheritdoc/>
    public override Expression Describe(Expression z) => z.Apply(Operator.Tanh);
}

/// <summary>tanh z = m/(m + 2) with m = e^{2|z|} − 1, and the sign of z; f′ = 1 − tanh² = 4(m + 1)/(m + 2)². Below 2 ulp in float. Theory T04.</summary>
internal readonly struct Tanh<T> : IActivationKernel<T> where T : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<T> At(Vector512<T> x)
    {
        Vector512<T> m = Lanes.ExpMinus1(Limited(x));
        return WithSign(Quotient(m, m + Lanes.Constant<T>(2)), x);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public (Vector512<T> Value, Vector512<T> Derivative) DifferentiateAt(Vector512<T> x)
    {
        Vector512<T> m = Lanes.ExpMinus1(Limited(x));
        Vector512<T> denominator = m + Lanes.Constant<T>(2);
        Vector512<T> derivative = Lanes.Constant<T>(4) * (m + Vector512<T>.One) / denominator / denominator;
        return (WithSign(Quotient(m, denominator), x), derivative);
    }

    /// <summary>m/(m + 2) with the rounding of m + 2 taken back, which would cost a whole ulp.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> Quotient(Vector512<T> m, Vector512<T> denominator)
    {
        Vector512<T> part = denominator - Lanes.Constant<T>(2);
        Vector512<T> lost = (Lanes.Constant<T>(2) - (denominator - part)) + (m - part);
        return Lanes.Divide(m, denominator, lost, Vector512<T>.One / denominator);
    }

    /// <summary>2|z|, but at most 80: tanh is 1 there to the last bit, its derivative is below 1e−33, and e^80 is finite.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> Limited(Vector512<T> x)
    {
        Vector512<T> twice = Vector512.Abs(x) * Lanes.Constant<T>(2);
        Vector512<T> limit = Lanes.Constant<T>(80);
        return Vector512.ConditionalSelect(Vector512.GreaterThan(twice, limit), limit, twice);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> WithSign(Vector512<T> magnitude, Vector512<T> sign)
    {
        Vector512<T> minusZero = Lanes.Constant<T>(-0.0);
        return magnitude | (sign & minusZero);
    }
}
