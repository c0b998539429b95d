using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Nabla.Choices;
using Nabla.Network.Operators;
using Nabla.Numerics.Functions;

namespace Nabla.Network.Activations;

/// <summary>z·Φ(z) with the normal distribution function Φ (Hendrycks and Gimpel 2016, the exact form).</summary>
public sealed record Gelu : Activation
{
    /// <summary>The row of this activation.</summary>
    public static Choice<Activation> Choice { get; } = new("gelu", "z·Φ(z), Φ the normal distribution function", _ => Activation.Gelu);

    /// <inheritdoc/>
    public override Choice<Activation> Row => Choice;

    /// <inheritdoc/>
    public override Initializer NaturalInitializer => Initializer.He;

    /// <inheritdoc/>
    public override ActivationFunction<T> CreateFunction<T>() => ActivationFunction<T>.Of(new Gelu<T>());

    /// <inheritdoc/>
    public override Expression Describe(Expression z) => 0.5 * (z * ((z * Math.Sqrt(0.5)).Apply(Operator.Erf) + 1));
}

/// <summary>z·Φ(z) with the normal distribution function Φ; f′ = Φ(z) + z·φ(z) (Hendrycks and Gimpel 2016, the exact form). Computed in double.</summary>
internal readonly struct Gelu<T> : IActivationKernel<T> where T : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<T> At(Vector512<T> x) => DifferentiateAt(x).Value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public (Vector512<T> Value, Vector512<T> Derivative) DifferentiateAt(Vector512<T> x)
    {
        if (typeof(T) == typeof(double))
        {
            (Vector512<double> value, Vector512<double> derivative) = InDouble(x.AsDouble());
            return (value.As<double, T>(), derivative.As<double, T>());
        }

        (Vector512<double> lower, Vector512<double> upper) = Vector512.Widen(x.AsSingle());
        (Vector512<double> lowerValue, Vector512<double> lowerDerivative) = InDouble(lower);
        (Vector512<double> upperValue, Vector512<double> upperDerivative) = InDouble(upper);
        return (Vector512.Narrow(lowerValue, upperValue).As<float, T>(), Vector512.Narrow(lowerDerivative, upperDerivative).As<float, T>());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector512<double> Value, Vector512<double> Derivative) InDouble(Vector512<double> z)
    {
        (Vector512<double> distribution, Vector512<double> density) = NormalDistribution.At(z);
        // −∞·0 is NaN, but the limit is 0.
        Vector512<double> limited = Vector512.ConditionalSelect(Vector512.LessThan(z, Vector512.Create(-1e3)), Vector512.Create(-1e3), z);
        Vector512<double> slope = Vector512.ConditionalSelect(Vector512.GreaterThan(limited, Vector512.Create(1e3)), Vector512.Create(1e3), limited);
        return (limited * distribution, distribution + (slope * density));
    }
}
