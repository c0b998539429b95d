namespace Nabla.Network.Activations;

/// <summary>The activations of single numbers, in double and through the very kernels that training uses: for study and for checks.</summary>
public static class ActivationMath
{
    /// <summary>f(z).</summary>
    /// <exception cref="ArgumentException">The activation is softmax, which is a function of the whole layer.</exception>
    public static double Value(Activation activation, double z)
    {
        Span<double> value = [z];
        Single(activation).Apply(value, 0, 1);
        return value[0];
    }

    /// <summary>f′(z).</summary>
    /// <exception cref="ArgumentException">The activation is softmax, which is a function of the whole layer.</exception>
    public static double Derivative(Activation activation, double z)
    {
        Span<double> value = [z], derivative = [0];
        Single(activation).ApplyWithDerivative(value, derivative, 0, 1);
        return derivative[0];
    }

    /// <summary>Softmax of a row. Theory T36 to T63.</summary>
    /// <param name="z">Weighted inputs, at least one.</param>
    /// <param name="constant">c &gt; 0.</param>
    /// <param name="a">Receives as many activations.</param>
    /// <returns>ln Σ_k e^{c·z_k}.</returns>
    /// <exception cref="ArgumentException">The lengths differ or are 0.</exception>
    public static double Softmax(ReadOnlySpan<double> z, double constant, Span<double> a)
    {
        if (z.Length == 0 || a.Length != z.Length)
        {
            throw new ArgumentException($"Softmax of {z.Length} values into {a.Length}: both must be the same and at least 1.");
        }

        return Activations.Softmax.Apply(z, constant, a);
    }

    /// <summary>∂a_i/∂z_j = c·a_i(δ_ij − a_j), [outputs, outputs]. Theory T36, T37, T40, T58.</summary>
    /// <param name="z">Weighted inputs, at least one.</param>
    /// <param name="constant">c &gt; 0.</param>
    /// <exception cref="ArgumentException">There is no input.</exception>
    public static double[,] SoftmaxJacobian(ReadOnlySpan<double> z, double constant)
    {
        double[] a = new double[z.Length];
        Softmax(z, constant, a);
        double[,] jacobian = new double[a.Length, a.Length];
        for (int i = 0; i < a.Length; i++)
        {
            for (int j = 0; j < a.Length; j++)
            {
                jacobian[i, j] = constant * a[i] * ((i == j ? 1 : 0) - a[j]);
            }
        }

        return jacobian;
    }

    private static ActivationFunction<double> Single(Activation activation)
    {
        ArgumentNullException.ThrowIfNull(activation);
        ActivationFunction<double> function = activation.CreateFunction<double>();
        return function.IsElementwise ? function : throw new ArgumentException($"{activation} is a function of the whole layer, not of a single unit.", nameof(activation));
    }
}
