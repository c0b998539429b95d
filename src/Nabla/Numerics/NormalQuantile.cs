namespace Nabla.Numerics;

/// <summary>The inverse of the standard normal distribution function (Wichura 1988, algorithm AS 241, PPND16: relative error about 1e-16).</summary>
internal static class NormalQuantile
{
    /// <param name="p">A probability inside (0, 1).</param>
    public static double At(double p)
    {
        throw new NotImplementedException();
    }
}
