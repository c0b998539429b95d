using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Nabla.Numerics;

namespace Nabla.Network.Activations;

/// <summary>tanh z = m/(m + 2) with m = e^{2|z|} − 1, and the sign of z; f′ = 1 − tanh² = 4(m + 1)/(m + 2)². Below 3 ulp. Ledger T04.</summary>
internal readonly struct Tanh<T> : IDifferentiableFunction<T> where T : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> At(Vector512<T> x)
    {
        Vector512<T> m = Lanes.ExpMinus1(Limited(x));
        return WithSign(m / (m + Lanes.Constant<T>(2)), x);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector512<T> Value, Vector512<T> Derivative) DifferentiateAt(Vector512<T> x)
    {
        Vector512<T> m = Lanes.ExpMinus1(Limited(x));
        Vector512<T> denominator = m + Lanes.Constant<T>(2);
        Vector512<T> derivative = Lanes.Constant<T>(4) * (m + Vector512<T>.One) / denominator / denominator;
        return (WithSign(m / denominator, x), derivative);
    }

    /// <summary>2|z|, but at most 80: tanh is 1 there to the last bit, its derivative is below 1e−33, and e^80 is no infinity.</summary>
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
