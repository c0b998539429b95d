namespace Nabla.Network.Study;

/// <summary>A matrix of partial derivatives by central differences.</summary>
public static class NumericJacobian
{
    /// <summary>J[i, j] = (f_i(x + h·e_j) − f_i(x − h·e_j)) / 2h.</summary>
    /// <param name="function">Maps [n] to [m]. It may keep neither array.</param>
    /// <param name="at">x, [n].</param>
    /// <param name="step">h, above 0.</param>
    /// <returns>[m, n].</returns>
    public static double[,] Of(Func<double[], double[]> function, ReadOnlySpan<double> at, double step = 1e-5)
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(step);
        double[,]? jacobian = null;
        for (int j = 0; j < at.Length; j++)
        {
            double[] x = at.ToArray();
            x[j] = at[j] + step;
            double[] above = [.. function(x)];
            x[j] = at[j] - step;
            double[] below = [.. function(x)];
            jacobian ??= new double[above.Length, at.Length];
            for (int i = 0; i < above.Length; i++)
            {
                jacobian[i, j] = (above[i] - below[i]) / (2 * step);
            }
        }

        return jacobian ?? new double[0, 0];
    }
}
