using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Nabla.Numerics.Functions;

namespace Nabla.Network.Activations;

/// <summary>max(0, z); the derivative at 0 is 0. A NaN stays one.</summary>
internal readonly struct Relu<T> : IDifferentiableFunction<T> where T : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> At(Vector512<T> x) =>
        // Not "greater than 0": a NaN must pass.
        Vector512.ConditionalSelect(Vector512.LessThanOrEqual(x, Vector512<T>.Zero), Vector512<T>.Zero, x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector512<T> Value, Vector512<T> Derivative) DifferentiateAt(Vector512<T> x)
    {
        Vector512<T> active = Vector512.GreaterThan(x, Vector512<T>.Zero);
        return (At(x), active & Vector512<T>.One);
    }
}
