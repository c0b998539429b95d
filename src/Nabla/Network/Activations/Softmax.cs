using System.Numerics;
using Nabla.Numerics.Functions;

namespace Nabla.Network.Activations;

/// <summary>a_j = e^{c·z_j} / Σ_k e^{c·z_k} over a row. Ledger T36 to T63.</summary>
internal static class Softmax
{
    /// <summary>Computes a row with its maximum subtracted first, so that nothing overflows; the sum adds k = 0, 1, 2 … in that order.</summary>
    /// <param name="z">Weighted inputs.</param>
    /// <param name="constant">c &gt; 0.</param>
    /// <param name="a">Receives the activations; may be z itself.</param>
    /// <returns>ln Σ_k e^{c·z_k}, so that −ln a_j is this minus c·z_j.</returns>
    public static T Apply<T>(ReadOnlySpan<T> z, T constant, Span<T> a) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T maximum = z[0];
        foreach (T value in z)
        {
            maximum = value > maximum ? value : maximum;
        }

        for (int j = 0; j < a.Length; j++)
        {
            a[j] = constant * (z[j] - maximum);
        }

        VectorMath.Exp<T>(a, a);
        T sum = T.Zero;
        foreach (T value in a)
        {
            sum += value;
        }

        for (int j = 0; j < a.Length; j++)
        {
            a[j] /= sum;
        }

        return (constant * maximum) + T.CreateTruncating(ScalarMath.Log(double.CreateTruncating(sum)));
    }
}
