using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Nabla.Numerics.Functions;

namespace Nabla.Network.Activations;

/// <summary>1 for z &gt; 0, otherwise 0; the derivative is 0. Ledger T137.</summary>
internal readonly struct Step<T> : IDifferentiableFunction<T> where T : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> At(Vector512<T> x) => Vector512.GreaterThan(x, Vector512<T>.Zero) & Vector512<T>.One;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector512<T> Value, Vector512<T> Derivative) DifferentiateAt(Vector512<T> x)
    {
        return (At(x), Vector512<T>.Zero);
    }
}
