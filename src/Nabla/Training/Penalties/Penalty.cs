using System.Numerics;
using Nabla.Network;

namespace Nabla.Training.Penalties;

/// <summary>What regularisation adds to the mean data cost.</summary>
public static class Penalty
{
    /// <summary>λ₁/n·Σ|w| + λ₂/(2n)·Σw² over the weights; biases are excluded. Theory T98, T105, T108.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="l1">λ₁, at least 0.</param>
    /// <param name="l2">λ₂, at least 0.</param>
    /// <param name="trainCount">n, the size of the training set, for every data set that the cost is measured on.</param>
    public static double Value(Parameters parameters, double l1, double l2, int trainCount)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentOutOfRangeException.ThrowIfLessThan(trainCount, 1);
        if (l1 == 0 && l2 == 0)
        {
            return 0;
        }

        (double magnitudes, double squares) = parameters.Precision == Precision.Single ? Sums<float>(parameters) : Sums<double>(parameters);
        return (l1 / trainCount * magnitudes) + (l2 / (2.0 * trainCount) * squares);
    }

    /// <summary>In double, tensor by tensor, element by element in memory.</summary>
    private static (double Magnitudes, double Squares) Sums<T>(Parameters parameters) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double magnitudes = 0, squares = 0;
        foreach (ParameterTensor tensor in parameters.Tensors.Where(tensor => tensor.Declaration.IsDecayed))
        {
            foreach (T weight in parameters.Values<T>(tensor))
            {
                double w = double.CreateTruncating(weight);
                magnitudes += Math.Abs(w);
                squares += w * w;
            }
        }

        return (magnitudes, squares);
    }
}
