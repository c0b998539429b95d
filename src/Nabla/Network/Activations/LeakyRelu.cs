using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Nabla.Numerics.Functions;

namespace Nabla.Network.Activations;

/// <summary>z for z &gt; 0, otherwise 0.01·z; the derivative at 0 is 0.01.</summary>
internal readonly struct LeakyRelu<T> : IDifferentiableFunction<T> where T : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> At(Vector512<T> x) => Vector512.ConditionalSelect(Vector512.GreaterThan(x, Vector512<T>.Zero), x, x * Lanes.Constant<T>(0.01));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector512<T> Value, Vector512<T> Derivative) DifferentiateAt(Vector512<T> x)
    {
        Vector512<T> active = Vector512.GreaterThan(x, Vector512<T>.Zero);
        return (At(x), Vector512.ConditionalSelect(active, Vector512<T>.One, Lanes.Constant<T>(0.01)));
    }
}
