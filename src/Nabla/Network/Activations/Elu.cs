using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Nabla.Choices;
using Nabla.Network.Operators;
using Nabla.Numerics.Functions;

namespace Nabla.Network.Activations;

/// <summary>z for z &gt; 0, otherwise α(e^z − 1) (Clevert, Unterthiner and Hochreiter 2016).</summary>
/// <param name="Alpha">α &gt; 0, the limit below.</param>
public sealed record Elu(double Alpha = 1) : Activation
{
    /// <summary>The row of this activation.</summary>
    public static Choice<Activation> Choice { get; } = new(
        "elu", "z for z > 0, otherwise α(e^z − 1)", values => new Elu(values[0]), new NumberParameter("alpha", 1, "α, the limit below") { Minimum = 0, ExcludesMinimum = true });

    /// <inheritdoc/>
    public override Choice<Activation> Row => Choice;

    /// <inheritdoc/>
    public override IReadOnlyList<double> Values => [Alpha];

    /// <summary>f″ jumps at 0, and f′ does where α is not 1.</summary>
    public override IReadOnlyList<double> Kinks => [0];

    /// <inheritdoc/>
    public override Initializer NaturalInitializer => Initializer.He;

    /// <inheritdoc/>
    public override ActivationFunction<T> CreateFunction<T>() => ActivationFunction<T>.Of(new Elu<T>(Alpha, 1));

    /// <inheritdoc/>
    public override Expression Describe(Expression z) => z.Apply(Operator.Elu, Alpha);
}

/// <summary>f = s·z for z &gt; 0, otherwise s·α(e^z − 1); f′ = s, or s·α·e^z. Both keep their digits: e^z − 1 near 0, e^z in the tail.</summary>
internal readonly struct Elu<T>(double alpha, double scale) : IActivationKernel<T> where T : unmanaged
{
    private readonly Vector512<T> above = Lanes.Constant<T>(scale);
    private readonly Vector512<T> below = Lanes.Constant<T>(scale * alpha);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<T> At(Vector512<T> x)
    {
        Vector512<T> positive = Vector512.GreaterThan(x, Vector512<T>.Zero);
        Vector512<T> negative = Vector512.ConditionalSelect(positive, Vector512<T>.Zero, x);
        return Vector512.ConditionalSelect(positive, above * x, below * Lanes.ExpMinus1(negative));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public (Vector512<T> Value, Vector512<T> Derivative) DifferentiateAt(Vector512<T> x)
    {
        Vector512<T> positive = Vector512.GreaterThan(x, Vector512<T>.Zero);
        Vector512<T> negative = Vector512.ConditionalSelect(positive, Vector512<T>.Zero, x);
        return (At(x), Vector512.ConditionalSelect(positive, above, below * Lanes.Exp(negative)));
    }
}
