using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Nabla.Choices;
using Nabla.Network.Operators;
using Nabla.Numerics.Functions;

namespace Nabla.Network.Activations;

/// <summary>ln(1 + e^z).</summary>
public sealed record Softplus : Activation
{
    /// <summary>The row of this activation.</summary>
    public static Choice<Activation> Choice { get; } = new("softplus", "ln(1 + e^z)", _ => Activation.Softplus);

    /// <inheritdoc/>
    public override Choice<Activation> Row => Choice;

    /// <inheritdoc/>
    public override Initializer NaturalInitializer => Initializer.He;

    /// <inheritdoc/>
    public override ActivationFunction<T> CreateFunction<T>() => ActivationFunction<T>.Of(new Softplus<T>());

    /// <inheritdoc/>
    public override Expression Describe(Expression z) => z.Apply(Operator.Softplus);
}

/// <summary>ln(1 + e^z) = max(z, 0) + ln(1 + e) with e = e^−|z|; the derivative is σ(z). ln(1 + e) is ln u + (e − (u − 1))/u with u = 1 + e rounded.</summary>
internal readonly struct Softplus<T> : IActivationKernel<T> where T : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<T> At(Vector512<T> x) => DifferentiateAt(x).Value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public (Vector512<T> Value, Vector512<T> Derivative) DifferentiateAt(Vector512<T> x)
    {
        Vector512<T> e = Lanes.Exp(-Vector512.Abs(x));
        Vector512<T> u = Vector512<T>.One + e;
        Vector512<T> log = Lanes.Log(u) + ((e - (u - Vector512<T>.One)) / u);
        // Not "greater than 0": a NaN must pass.
        Vector512<T> positive = Vector512.ConditionalSelect(Vector512.LessThanOrEqual(x, Vector512<T>.Zero), Vector512<T>.Zero, x);
        Vector512<T> numerator = Vector512.ConditionalSelect(Vector512.GreaterThanOrEqual(x, Vector512<T>.Zero), Vector512<T>.One, e);
        return (positive + log, numerator / u);
    }
}
