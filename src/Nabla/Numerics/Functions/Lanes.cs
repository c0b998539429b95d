using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Nabla.Numerics.Vectors;

namespace Nabla.Numerics.Functions;

/// <summary>
/// The calls on vectors of a generic type that the platform offers for float and double apart; the JIT folds the
/// choice.
/// </summary>
public static class Lanes
{
    /// <summary>x·y + z, rounded once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> FusedMultiplyAdd<T>(Vector512<T> x, Vector512<T> y, Vector512<T> z) where T : unmanaged =>
        typeof(T) == typeof(float)
            ? Vector512.FusedMultiplyAdd(x.AsSingle(), y.AsSingle(), z.AsSingle()).As<float, T>()
            : Vector512.FusedMultiplyAdd(x.AsDouble(), y.AsDouble(), z.AsDouble()).As<double, T>();

    /// <summary>A constant, broadcast to every lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Constant<T>(double value) where T : unmanaged =>
        typeof(T) == typeof(float)
            ? Vector512.Create((float)value).As<float, T>()
            : Vector512.Create(value).As<double, T>();

    /// <inheritdoc cref="Constant{T}(double)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TVector Constant<T, TVector, TLanes>(double value)
        where T : unmanaged
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T> =>
        TLanes.Create(typeof(T) == typeof(float) ? Unsafe.BitCast<float, T>((float)value) : Unsafe.BitCast<double, T>(value));

    /// <summary>−1, 0 or 1: the sign of each element; 0 for ±0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Sign<T>(Vector512<T> x) where T : unmanaged => Lanes512<T>.Sign(x);

    /// <summary>e^x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Exp<T>(Vector512<T> x) where T : unmanaged =>
        typeof(T) == typeof(float) ? SingleMath.Exp(x.AsSingle()).As<float, T>() : DoubleMath.Exp(x.AsDouble()).As<double, T>();

    /// <summary>e^x − 1, accurate near 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> ExpMinus1<T>(Vector512<T> x) where T : unmanaged =>
        typeof(T) == typeof(float) ? SingleMath.ExpMinus1(x.AsSingle()).As<float, T>() : DoubleMath.ExpMinus1(x.AsDouble()).As<double, T>();

    /// <summary>ln x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Log<T>(Vector512<T> x) where T : unmanaged =>
        typeof(T) == typeof(float) ? SingleMath.Log(x.AsSingle()).As<float, T>() : DoubleMath.Log(x.AsDouble()).As<double, T>();

    /// <summary>x/(y + error), below 0.6 ulp.</summary>
    /// <param name="x">The numerator.</param>
    /// <param name="y">The denominator, rounded.</param>
    /// <param name="error">The rounding error of y.</param>
    /// <param name="inverse">1/y, rounded.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Divide<T>(Vector512<T> x, Vector512<T> y, Vector512<T> error, Vector512<T> inverse) where T : unmanaged
    {
        Vector512<T> quotient = x * inverse;
        Vector512<T> remainder = FusedMultiplyAdd(-quotient, error, FusedMultiplyAdd(-quotient, y, x));
        return FusedMultiplyAdd(remainder, inverse, quotient);
    }
}
