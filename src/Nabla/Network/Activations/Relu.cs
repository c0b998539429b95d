using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Nabla.Choices;
using Nabla.Network.Operators;

namespace Nabla.Network.Activations;

/// <summary>max(0, z); its derivative at 0 is taken as 0.</summary>
public sealed record Relu : Activation
{
    /// <summary>The row of this activation.</summary>
    public static Choice<Activation> Choice { get; } = new("relu", "max(0, z)", _ => Activation.Relu);

    /// <inheritdoc/>
    public override Choice<Activation> Row => Choice;

    /// <inheritdoc/>
    public override IReadOnlyList<double> Kinks => [0];

    /// <inheritdoc/>
    public override Initializer NaturalInitializer => Initializer.He;

    /// <inheritdoc/>
    public override ActivationFunction<T> CreateFunction<T>() => ActivationFunction<T>.Of(new Relu<T>());

    /// <inheritdoc/>
    public override Expression Describe(Expression z) => z.Apply(Operator.Relu);
}

/// <summary>max(0, z); the derivative at 0 is 0. A NaN stays one.</summary>
internal readonly struct Relu<T> : IActivationKernel<T> where T : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<T> At(Vector512<T> x) =>
        // Not "greater than 0": a NaN must pass.
        Vector512.ConditionalSelect(Vector512.LessThanOrEqual(x, Vector512<T>.Zero), Vector512<T>.Zero, x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public (Vector512<T> Value, Vector512<T> Derivative) DifferentiateAt(Vector512<T> x)
    {
        Vector512<T> active = Vector512.GreaterThan(x, Vector512<T>.Zero);
        return (At(x), active & Vector512<T>.One);
    }
}
