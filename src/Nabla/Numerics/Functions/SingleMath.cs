using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Nabla.Numerics.Functions;

/// <summary>
/// exp, expm1 and log of sixteen floats, by basic arithmetic only: additions, products, fused multiply-adds, integer
/// shifts. The bits are the same on every machine.
/// </summary>
internal static class SingleMath
{
    // 1.5·2^23: adding it rounds to the nearest integer and leaves that integer in the low bits.
    private const float Rounder = 12582912f;
    private const float Log2E = 1.44269504f;

    // ln 2 in two parts: the first has 9 bits, so that n·Ln2High is exact.
    private const float Ln2High = 0.693359375f;
    private const float Ln2Low = -2.12194440e-4f;

    /// <summary>
    /// e^x: n = ⌊x/ln 2⌉, r = x − n·ln 2 with |r| ≤ 0.347 in two parts; e^r = 1 + r + r²p(r) by its Taylor polynomial
    /// of degree 7 (next term below 6e−9), summed so that only the last addition rounds; times 2^n in two factors, so
    /// that subnormal results round once. Below 0.6 ulp.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Exp(Vector512<float> x)
    {
        (Vector512<float> n, Vector512<float> r, Vector512<float> low) = Reduce(x);
        Vector512<float> tail = Vector512.FusedMultiplyAdd(r * r, Polynomial(r), low);
        Vector512<float> sum = Vector512<float>.One + r;
        return Scale(sum + ((r - (sum - Vector512<float>.One)) + tail), n);
    }

    /// <summary>
    /// e^x − 1 = 2^n(e^r − 1) + (2^n − 1), summed so that only the last addition rounds. Below 0.7 ulp.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> ExpMinus1(Vector512<float> x)
    {
        // Below −20 the result is −1; above 88.7 e^x − 1 is e^x.
        Vector512<float> limited = Vector512.ConditionalSelect(Vector512.LessThan(x, Vector512.Create(-20f)), Vector512.Create(-20f), x);
        (Vector512<float> n, Vector512<float> r, Vector512<float> low) = Reduce(limited);
        Vector512<float> tail = Vector512.FusedMultiplyAdd(r * r, Polynomial(r), low);
        // Scales by 2^(n − 1) and doubles the result, because 2^128 is not a float.
        Vector512<float> half = PowerOfTwo(n - Vector512<float>.One);
        Vector512<float> whole = half - Vector512.Create(0.5f);
        Vector512<float> scaled = r * half;
        Vector512<float> sum = whole + scaled;
        Vector512<float> result = sum + Vector512.FusedMultiplyAdd(tail, half, scaled - (sum - whole));
        return Vector512.ConditionalSelect(Vector512.Equals(x, Vector512<float>.Zero), x, result + result);
    }

    /// <summary>
    /// ln x: x = 2^e·m with m in [√½, √2), f = m − 1, s = f/(2 + f); ln m = f − (f²/2 − s(f²/2 + R)),
    /// R = Σ_{k≥1} 2s^{2k}/(2k + 1) up to k = 5 (next term below 1e−10). Below 1 ulp.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Log(Vector512<float> x)
    {
        Vector512<float> subnormal = Vector512.LessThan(x, Vector512.Create(1.17549435e-38f));
        Vector512<float> normal = Vector512.ConditionalSelect(subnormal, x * Vector512.Create(33554432f), x);
        Vector512<uint> bits = normal.AsUInt32();
        // 0x3F3504F3 is √½; the exponent is biased by 128 to stay positive.
        Vector512<uint> biased = Vector512.ShiftRightLogical(bits - Vector512.Create(0x3F3504F3u) + Vector512.Create(0x40000000u), 23);
        Vector512<float> m = (bits - Vector512.ShiftLeft(biased - Vector512.Create(128u), 23)).AsSingle();
        // An integer below 2^23 in the low bits of 2^23 is that float.
        Vector512<float> e = (biased | Vector512.Create(0x4B000000u)).AsSingle() - Vector512.Create(8388608f + 128f);
        e -= Vector512.ConditionalSelect(subnormal, Vector512.Create(25f), Vector512<float>.Zero);

        Vector512<float> f = m - Vector512<float>.One;
        Vector512<float> s = f / (Vector512.Create(2f) + f);
        Vector512<float> s2 = s * s;
        Vector512<float> p = Vector512.Create(2f / 11);
        p = Vector512.FusedMultiplyAdd(p, s2, Vector512.Create(2f / 9));
        p = Vector512.FusedMultiplyAdd(p, s2, Vector512.Create(2f / 7));
        p = Vector512.FusedMultiplyAdd(p, s2, Vector512.Create(2f / 5));
        p = Vector512.FusedMultiplyAdd(p, s2, Vector512.Create(2f / 3));
        Vector512<float> halfSquare = Vector512.Create(0.5f) * f * f;
        Vector512<float> tail = Vector512.FusedMultiplyAdd(s, Vector512.FusedMultiplyAdd(p, s2, halfSquare), e * Vector512.Create(Ln2Low));
        Vector512<float> result = Vector512.FusedMultiplyAdd(e, Vector512.Create(Ln2High), f - (halfSquare - tail));

        // ln ∞ = ∞, ln 0 = −∞, ln of a negative number or NaN = NaN.
        result = Vector512.ConditionalSelect(Vector512.Equals(x, Vector512.Create(float.PositiveInfinity)), x, result);
        result = Vector512.ConditionalSelect(Vector512.Equals(x, Vector512<float>.Zero), Vector512.Create(float.NegativeInfinity), result);
        return Vector512.ConditionalSelect(Vector512.GreaterThanOrEqual(x, Vector512<float>.Zero), result, Vector512.Create(float.NaN));
    }

    /// <summary>x = n·ln 2 + r + low, where low is the rounding error of r.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector512<float> N, Vector512<float> R, Vector512<float> Low) Reduce(Vector512<float> x)
    {
        // ConditionalSelect keeps a NaN; minimum and maximum do not on every machine. e^89 = ∞, e^−104 = 0.
        x = Vector512.ConditionalSelect(Vector512.GreaterThan(x, Vector512.Create(89f)), Vector512.Create(89f), x);
        x = Vector512.ConditionalSelect(Vector512.LessThan(x, Vector512.Create(-104f)), Vector512.Create(-104f), x);
        Vector512<float> n = Vector512.FusedMultiplyAdd(x, Vector512.Create(Log2E), Vector512.Create(Rounder)) - Vector512.Create(Rounder);
        Vector512<float> high = Vector512.FusedMultiplyAdd(n, Vector512.Create(-Ln2High), x);
        Vector512<float> r = Vector512.FusedMultiplyAdd(n, Vector512.Create(-Ln2Low), high);
        return (n, r, Vector512.FusedMultiplyAdd(n, Vector512.Create(-Ln2Low), high - r));
    }

    /// <summary>(e^r − 1 − r)/r².</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Polynomial(Vector512<float> r)
    {
        Vector512<float> p = Vector512.Create(1f / 5040);
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(1f / 720));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(1f / 120));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(1f / 24));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(1f / 6));
        return Vector512.FusedMultiplyAdd(p, r, Vector512.Create(0.5f));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Scale(Vector512<float> value, Vector512<float> n)
    {
        Vector512<float> half = Vector512.FusedMultiplyAdd(n, Vector512.Create(0.5f), Vector512.Create(Rounder)) - Vector512.Create(Rounder);
        return value * PowerOfTwo(half) * PowerOfTwo(n - half);
    }

    /// <summary>2^n for an integer n in −126 … 127.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> PowerOfTwo(Vector512<float> n) =>
        Vector512.ShiftLeft((n + Vector512.Create(Rounder)).AsUInt32() + Vector512.Create(127u), 23).AsSingle();
}
