using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Nabla.Numerics;

namespace Nabla.Network.Activations;

/// <summary>σ(z) = 1/(1 + e^−z), as 1/(1 + e) or e/(1 + e) with e = e^−|z|, which neither overflows nor loses the small tail; σ′ = e/(1 + e)². Below 3 ulp. Ledger T01, T03.</summary>
internal readonly struct Sigmoid<T> : IDifferentiableFunction<T> where T : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> At(Vector512<T> x)
    {
        Vector512<T> e = Lanes.Exp(-Vector512.Abs(x));
        Vector512<T> numerator = Vector512.ConditionalSelect(Vector512.GreaterThanOrEqual(x, Vector512<T>.Zero), Vector512<T>.One, e);
        return numerator / (Vector512<T>.One + e);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector512<T> Value, Vector512<T> Derivative) DifferentiateAt(Vector512<T> x)
    {
        Vector512<T> e = Lanes.Exp(-Vector512.Abs(x));
        Vector512<T> denominator = Vector512<T>.One + e;
        Vector512<T> numerator = Vector512.ConditionalSelect(Vector512.GreaterThanOrEqual(x, Vector512<T>.Zero), Vector512<T>.One, e);
        return (numerator / denominator, e / (denominator * denominator));
    }
}
