using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Nabla.Choices;
using Nabla.Network.Operators;
using Nabla.Numerics.Functions;

namespace Nabla.Network.Activations;

/// <summary>z for z &gt; 0, otherwise s·z.</summary>
/// <param name="Slope">s, finite.</param>
public sealed record LeakyRelu(double Slope = 0.01) : Activation
{
    /// <summary>The row of this activation.</summary>
    public static Choice<Activation> Choice { get; } = new("leaky-relu", "z for z > 0, otherwise s·z", values => new LeakyRelu(values[0]), new NumberParameter("slope", 0.01, "s, the slope below 0"));

    /// <inheritdoc/>
    public override Choice<Activation> Row => Choice;

    /// <inheritdoc/>
    public override IReadOnlyList<double> Values => [Slope];

    /// <inheritdoc/>
    public override IReadOnlyList<double> Kinks => [0];

    /// <inheritdoc/>
    public override Initializer NaturalInitializer => Initializer.He;

    /// <inheritdoc/>
    public override ActivationFunction<T> CreateFunction<T>() => ActivationFunction<T>.Of(new LeakyRelu<T>(Slope));

    /// <inheritdoc/>
    public override Expression Describe(Expression z) => z.Apply(Operator.LeakyRelu, Slope);
}

/// <summary>z for z &gt; 0, otherwise s·z; the derivative at 0 is s.</summary>
internal readonly struct LeakyRelu<T>(double slope) : IActivationKernel<T> where T : unmanaged
{
    private readonly Vector512<T> below = Lanes.Constant<T>(slope);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<T> At(Vector512<T> x) => Vector512.ConditionalSelect(Vector512.GreaterThan(x, Vector512<T>.Zero), x, x * below);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public (Vector512<T> Value, Vector512<T> Derivative) DifferentiateAt(Vector512<T> x)
    {
        Vector512<T> active = Vector512.GreaterThan(x, Vector512<T>.Zero);
        return (At(x), Vector512.ConditionalSelect(active, Vector512<T>.One, below));
    }
}
