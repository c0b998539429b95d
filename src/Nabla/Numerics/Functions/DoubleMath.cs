using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Nabla.Numerics.Functions;

/// <summary>
/// exp, expm1 and log of eight doubles, by basic arithmetic only: additions, products, fused multiply-adds, integer
/// shifts. The bits are the same on every machine.
/// </summary>
internal static class DoubleMath
{
    // 1.5·2^52: adding it rounds to the nearest integer and leaves that integer in the low bits.
    private const double Rounder = 6755399441055744.0;
    private const double Log2E = 1.4426950408889634;

    // ln 2 in two parts: the first has 33 bits, so that n·Ln2High is exact.
    private const double Ln2High = 0.6931471804855391;
    private const double Ln2Low = 7.440617110012397e-11;

    /// <summary>
    /// e^x: n = ⌊x/ln 2⌉, r = x − n·ln 2 with |r| ≤ 0.347; e^r by its Taylor polynomial of degree 13 (next term below
    /// 5e−18); times 2^n in two factors, so that subnormal results round once. Below 1.1 ulp.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Exp(Vector512<double> x)
    {
        (Vector512<double> n, Vector512<double> r) = Reduce(x);
        return Scale(Vector512<double>.One + ExpMinus1OfReduced(r), n);
    }

    /// <summary>e^x − 1 = 2^n(e^r − 1) + (2^n − 1). Below 1.5 ulp.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> ExpMinus1(Vector512<double> x)
    {
        // Below −40 the result is −1; above 709.7 e^x − 1 is e^x.
        Vector512<double> limited = Vector512.ConditionalSelect(Vector512.LessThan(x, Vector512.Create(-40.0)), Vector512.Create(-40.0), x);
        (Vector512<double> n, Vector512<double> r) = Reduce(limited);
        Vector512<double> p = ExpMinus1OfReduced(r);
        // Scales by 2^(n − 1) and doubles the result, because 2^1024 is not a double.
        Vector512<double> half = PowerOfTwo(n - Vector512<double>.One);
        Vector512<double> result = Vector512.FusedMultiplyAdd(p, half, half - Vector512.Create(0.5));
        return Vector512.ConditionalSelect(Vector512.Equals(x, Vector512<double>.Zero), x, result + result);
    }

    /// <summary>
    /// ln x: x = 2^e·m with m in [√½, √2), f = m − 1, s = f/(2 + f); ln m = f − (f²/2 − s(f²/2 + R)),
    /// R = Σ_{k≥1} 2s^{2k}/(2k + 1) up to k = 11 (next term below 2e−20). Below 1 ulp.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Log(Vector512<double> x)
    {
        Vector512<double> subnormal = Vector512.LessThan(x, Vector512.Create(2.2250738585072014e-308));
        Vector512<double> normal = Vector512.ConditionalSelect(subnormal, x * Vector512.Create(18014398509481984.0), x);
        Vector512<ulong> bits = normal.AsUInt64();
        // 0x3FE6A09E667F3BCD is √½; the exponent is biased by 1024 to stay positive.
        Vector512<ulong> biased = Vector512.ShiftRightLogical(bits - Vector512.Create(0x3FE6A09E667F3BCDul) + Vector512.Create(0x4000000000000000ul), 52);
        Vector512<double> m = (bits - Vector512.ShiftLeft(biased - Vector512.Create(1024ul), 52)).AsDouble();
        // An integer below 2^52 in the low bits of 2^52 is that double.
        Vector512<double> e = (biased | Vector512.Create(0x4330000000000000ul)).AsDouble() - Vector512.Create(4503599627370496.0 + 1024.0);
        e -= Vector512.ConditionalSelect(subnormal, Vector512.Create(54.0), Vector512<double>.Zero);

        Vector512<double> f = m - Vector512<double>.One;
        Vector512<double> s = f / (Vector512.Create(2.0) + f);
        Vector512<double> s2 = s * s;
        Vector512<double> p = Vector512.Create(2.0 / 23);
        p = Vector512.FusedMultiplyAdd(p, s2, Vector512.Create(2.0 / 21));
        p = Vector512.FusedMultiplyAdd(p, s2, Vector512.Create(2.0 / 19));
        p = Vector512.FusedMultiplyAdd(p, s2, Vector512.Create(2.0 / 17));
        p = Vector512.FusedMultiplyAdd(p, s2, Vector512.Create(2.0 / 15));
        p = Vector512.FusedMultiplyAdd(p, s2, Vector512.Create(2.0 / 13));
        p = Vector512.FusedMultiplyAdd(p, s2, Vector512.Create(2.0 / 11));
        p = Vector512.FusedMultiplyAdd(p, s2, Vector512.Create(2.0 / 9));
        p = Vector512.FusedMultiplyAdd(p, s2, Vector512.Create(2.0 / 7));
        p = Vector512.FusedMultiplyAdd(p, s2, Vector512.Create(2.0 / 5));
        p = Vector512.FusedMultiplyAdd(p, s2, Vector512.Create(2.0 / 3));
        Vector512<double> halfSquare = Vector512.Create(0.5) * f * f;
        Vector512<double> tail = Vector512.FusedMultiplyAdd(s, Vector512.FusedMultiplyAdd(p, s2, halfSquare), e * Vector512.Create(Ln2Low));
        Vector512<double> result = Vector512.FusedMultiplyAdd(e, Vector512.Create(Ln2High), f - (halfSquare - tail));

        // ln ∞ = ∞, ln 0 = −∞, ln of a negative number or NaN = NaN.
        result = Vector512.ConditionalSelect(Vector512.Equals(x, Vector512.Create(double.PositiveInfinity)), x, result);
        result = Vector512.ConditionalSelect(Vector512.Equals(x, Vector512<double>.Zero), Vector512.Create(double.NegativeInfinity), result);
        return Vector512.ConditionalSelect(Vector512.GreaterThanOrEqual(x, Vector512<double>.Zero), result, Vector512.Create(double.NaN));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector512<double> N, Vector512<double> R) Reduce(Vector512<double> x)
    {
        // ConditionalSelect keeps a NaN; minimum and maximum do not on every machine. e^710 = ∞, e^−746 = 0.
        x = Vector512.ConditionalSelect(Vector512.GreaterThan(x, Vector512.Create(710.0)), Vector512.Create(710.0), x);
        x = Vector512.ConditionalSelect(Vector512.LessThan(x, Vector512.Create(-746.0)), Vector512.Create(-746.0), x);
        Vector512<double> n = Vector512.FusedMultiplyAdd(x, Vector512.Create(Log2E), Vector512.Create(Rounder)) - Vector512.Create(Rounder);
        Vector512<double> r = Vector512.FusedMultiplyAdd(n, Vector512.Create(-Ln2High), x);
        return (n, Vector512.FusedMultiplyAdd(n, Vector512.Create(-Ln2Low), r));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> ExpMinus1OfReduced(Vector512<double> r)
    {
        Vector512<double> p = Vector512.Create(1.0 / 6227020800);
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(1.0 / 479001600));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(1.0 / 39916800));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(1.0 / 3628800));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(1.0 / 362880));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(1.0 / 40320));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(1.0 / 5040));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(1.0 / 720));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(1.0 / 120));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(1.0 / 24));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(1.0 / 6));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(0.5));
        return Vector512.FusedMultiplyAdd(r * r, p, r);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Scale(Vector512<double> value, Vector512<double> n)
    {
        Vector512<double> half = Vector512.FusedMultiplyAdd(n, Vector512.Create(0.5), Vector512.Create(Rounder)) - Vector512.Create(Rounder);
        return value * PowerOfTwo(half) * PowerOfTwo(n - half);
    }

    /// <summary>2^n for an integer n in −1022 … 1023.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> PowerOfTwo(Vector512<double> n) =>
        Vector512.ShiftLeft((n + Vector512.Create(Rounder)).AsUInt64() + Vector512.Create(1023ul), 52).AsDouble();
}
