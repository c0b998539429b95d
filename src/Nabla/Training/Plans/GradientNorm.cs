using System.Numerics;
using Nabla.Network;
using Nabla.Numerics.Functions;

namespace Nabla.Training.Plans;

/// <summary>√Σg² over the tensors that are trained, in double. The order of addition is fixed: eight sums over a tensor, one fold, tensor after tensor.</summary>
internal sealed class GradientNorm<T>(ParameterTensor[] tensors) where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The norm of a gradient.</summary>
    public double Of(Parameters gradient)
    {
        double sum = 0;
        foreach (ParameterTensor tensor in tensors)
        {
            sum += Elementwise.SumOfSquares<T>(gradient.Values<T>(tensor));
        }

        return Math.Sqrt(sum);
    }
}
