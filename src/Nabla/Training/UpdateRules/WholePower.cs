namespace Nabla.Training.UpdateRules;

/// <summary>Powers with whole exponents: the same bits on every machine, which the platform's function does not promise.</summary>
internal static class WholePower
{
    /// <summary>x^n by squaring.</summary>
    public static double Of(double x, long n)
    {
        double result = 1;
        for (double square = x; n > 0; n >>= 1, square *= square)
        {
            result *= (n & 1) == 1 ? square : 1;
        }

        return result;
    }
}
