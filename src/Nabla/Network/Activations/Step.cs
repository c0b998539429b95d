using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Nabla.Choices;
using Nabla.Network.Operators;

namespace Nabla.Network.Activations;

/// <summary>1 for z &gt; 0, otherwise 0; derivative 0. For networks made by hand (theory T137); it cannot be trained.</summary>
public sealed record Step : Activation
{
    /// <summary>The row of this activation.</summary>
    public static Choice<Activation> Choice { get; } = new("step", "1 for z > 0, otherwise 0; cannot be trained", _ => Activation.Step);

    /// <inheritdoc/>
    public override Choice<Activation> Row => Choice;

    /// <inheritdoc/>
    public override ActivationPlace Place => ActivationPlace.None;

    /// <inheritdoc/>
    public override IReadOnlyList<double> Kinks => [0];

    /// <inheritdoc/>
    public override ActivationFunction<T> CreateFunction<T>() => ActivationFunction<T>.Of(new Step<T>());

    /// <inheritdoc/>
    public override Expression Describe(Expression z) => z.Apply(Operator.Positive);
}

/// <summary>1 for z &gt; 0, otherwise 0; the derivative is 0. Theory T137.</summary>
internal readonly struct Step<T> : IActivationKernel<T> where T : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<T> At(Vector512<T> x) => Vector512.GreaterThan(x, Vector512<T>.Zero) & Vector512<T>.One;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public (Vector512<T> Value, Vector512<T> Derivative) DifferentiateAt(Vector512<T> x)
    {
        return (At(x), Vector512<T>.Zero);
    }
}
