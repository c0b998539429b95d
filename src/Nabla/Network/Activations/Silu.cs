using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Nabla.Choices;
using Nabla.Network.Operators;

namespace Nabla.Network.Activations;

/// <summary>z·σ(z) (Elfwing et al. 2017; also called swish).</summary>
public sealed record Silu : Activation
{
    /// <summary>The row of this activation.</summary>
    public static Choice<Activation> Choice { get; } = new("silu", "z·σ(z), also called swish", _ => new Silu());

    /// <inheritdoc/>
    public override Choice<Activation> Row => Choice;

    /// <inheritdoc/>
    public override Initializer NaturalInitializer => Initializer.He;

    /// <inheritdoc/>
    public override ActivationFunction<T> CreateFunction<T>() => ActivationFunction<T>.Of(new Silu<T>());

    /// <inheritdoc/>
    public override Expression Describe(Expression z) => z * z.Apply(Operator.Sigmoid);
}

/// <summary>f = z·σ(z), f′ = σ + z·σ′. Far below 0 both are 0; −∞ gives 0, the limit.</summary>
internal readonly struct Silu<T> : IActivationKernel<T> where T : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<T> At(Vector512<T> x) => DifferentiateAt(x).Value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public (Vector512<T> Value, Vector512<T> Derivative) DifferentiateAt(Vector512<T> x)
    {
        (Vector512<T> sigmoid, Vector512<T> slope) = default(Sigmoid<T>).DifferentiateAt(x);
        // ±∞·0 is NaN, and the limit is 0.
        Vector512<T> finite = Vector512.ConditionalSelect(Vector512.Equals(slope, Vector512<T>.Zero), Vector512<T>.Zero, x);
        Vector512<T> value = Vector512.ConditionalSelect(Vector512.Equals(sigmoid, Vector512<T>.Zero), Vector512<T>.Zero, x * sigmoid);
        return (value, sigmoid + (finite * slope));
    }
}
