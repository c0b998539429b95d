namespace Nabla.Numerics;

/// <summary>Elementary functions of one double, by arithmetic alone: the same bits on every machine.</summary>
internal static class ScalarMath
{
    public static double Exp(double x) => Math.Exp(x);

    public static double Log(double x) => Math.Log(x);

    public static (double Sin, double Cos) SinCos(double x) => Math.SinCos(x);
}
