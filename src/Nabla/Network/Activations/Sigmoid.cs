using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Nabla.Choices;
using Nabla.Network.Operators;
using Nabla.Numerics.Functions;

namespace Nabla.Network.Activations;

/// <summary>σ(z) = 1/(1 + e^−z). Theory T01.</summary>
public sealed record Sigmoid : Activation
{
    /// <summary>The row of this activation.</summary>
    public static Choice<Activation> Choice { get; } = new("sigmoid", "1/(1 + e^-z)", _ => Activation.Sigmoid);

    /// <inheritdoc/>
    public override Choice<Activation> Row => Choice;

    /// <inheritdoc/>
    public override ActivationPlace Place => ActivationPlace.Anywhere;

    /// <inheritdoc/>
    public override ActivationFunction<T> CreateFunction<T>() => ActivationFunction<T>.Of(new Sigmoid<T>());

    /// <inheritdoc/>
    public override Expression Describe(Expression z) => z.Apply(Operator.Sigmoid);
}

/// <summary>σ(z) = 1/(1 + e^−z), as 1/(1 + e) or e/(1 + e) with e = e^−|z|, which neither overflows nor loses the small tail; σ′ = e/(1 + e)². Below 2 ulp in float. Theory T01, T03.</summary>
internal readonly struct Sigmoid<T> : IActivationKernel<T> where T : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<T> At(Vector512<T> x)
    {
        Vector512<T> e = Lanes.Exp(-Vector512.Abs(x));
        return Select(x, e, Vector512<T>.One + e);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public (Vector512<T> Value, Vector512<T> Derivative) DifferentiateAt(Vector512<T> x)
    {
        Vector512<T> e = Lanes.Exp(-Vector512.Abs(x));
        Vector512<T> denominator = Vector512<T>.One + e;
        return (Select(x, e, denominator), e / (denominator * denominator));
    }

    /// <summary>σ(z), and ln(1 + e^−|z|), which the cross-entropy needs: ln u + (e − (u − 1))/u with u = 1 + e rounded.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector512<T> Value, Vector512<T> LogTail) WithLogTailAt(Vector512<T> x)
    {
        Vector512<T> e = Lanes.Exp(-Vector512.Abs(x));
        Vector512<T> u = Vector512<T>.One + e;
        return (Select(x, e, u), Lanes.Log(u) + ((e - (u - Vector512<T>.One)) / u));
    }

    /// <summary>1/(1 + e) as it stands where z ≥ 0; where z &lt; 0 e/(1 + e) with the rounding of 1 + e taken back, which would cost a whole ulp.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> Select(Vector512<T> x, Vector512<T> e, Vector512<T> denominator)
    {
        Vector512<T> inverse = Vector512<T>.One / denominator;
        Vector512<T> lost = e - (denominator - Vector512<T>.One);
        return Vector512.ConditionalSelect(Vector512.GreaterThanOrEqual(x, Vector512<T>.Zero), inverse, Lanes.Divide(e, denominator, lost, inverse));
    }
}
