using System.Runtime.Intrinsics;

namespace Nabla.Numerics.Functions;

/// <summary>Elementary functions of one double, by basic arithmetic only: the same bits on every machine.</summary>
internal static class ScalarMath
{
    // π/2 as two parts of 33 bits and a remainder, so that k·π/2 is subtracted without cancellation for |k| < 2^19.
    private const double HalfPiHigh = 1.5707963267341256;
    private const double HalfPiMiddle = 6.077100506303966e-11;
    private const double HalfPiLow = 2.0222662487959506e-21;

    /// <summary>e^x, below 1.1 ulp.</summary>
    public static double Exp(double x) => DoubleMath.Exp(Vector512.Create(x)).ToScalar();

    /// <summary>ln x, below 1 ulp.</summary>
    public static double Log(double x) => DoubleMath.Log(Vector512.Create(x)).ToScalar();

    /// <summary>Sine and cosine of x radians for |x| up to about 800,000, with an error of about 1e−16.</summary>
    public static (double Sin, double Cos) SinCos(double x)
    {
        double k = Math.Round(x * (2 / Math.PI));
        double r = Math.FusedMultiplyAdd(-k, HalfPiHigh, x);
        r = Math.FusedMultiplyAdd(-k, HalfPiMiddle, r);
        r = Math.FusedMultiplyAdd(-k, HalfPiLow, r);
        double square = r * r;

        // Taylor polynomials on |r| ≤ π/4: the next terms are below 1e−18.
        double sine = 0, cosine = 0;
        for (int n = 8; n >= 1; n--)
        {
            sine = -square / (2 * n * ((2 * n) + 1)) * (1 + sine);
            cosine = -square / ((2 * n) * ((2 * n) - 1)) * (1 + cosine);
        }

        sine = r + (r * sine);
        cosine = 1 + cosine;
        return ((long)k & 3) switch
        {
            0 => (sine, cosine),
            1 => (cosine, -sine),
            2 => (-sine, -cosine),
            _ => (-cosine, sine),
        };
    }
}
