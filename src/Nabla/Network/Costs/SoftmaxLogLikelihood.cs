using System.Numerics;
using Nabla.Network.Activations;
using Nabla.Numerics.Functions;

namespace Nabla.Network.Costs;

/// <summary>Softmax outputs with −Σ y′_j ln a_j = Σ y′_j (ln Σ_k e^(c·z_k) − c·z_j); δ = c(a − y′) (theory T60). y′ = (1 − ε)y + ε/K, the smoothed target.</summary>
internal sealed class SoftmaxLogLikelihood<T>(Activation output, double smoothing) : OutputCost<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly double c = ((Softmax)output).Constant;
    private readonly ActivationFunction<T> softmax = output.CreateFunction<T>();

    public override void Activate(Span<T> z, int outputs) => softmax.Apply(z, 0, outputs);

    public override void Measure(Span<T> z, ReadOnlySpan<T> y, Span<T> scratch, Span<double> costs)
    {
        int outputs = z.Length / Math.Max(1, costs.Length);
        if (smoothing > 0)
        {
            Smooth(y, scratch, outputs);
            y = scratch;
        }

        Measure(z, y, costs, outputs);
    }

    public override void Differentiate(Span<T> z, ReadOnlySpan<T> y, Span<T> delta, Span<double> costs)
    {
        Measure(z, y, delta, costs);
        Elementwise.ScaleDifference(T.CreateChecked(c), z, smoothing > 0 ? delta : y, delta);
    }

    private void Smooth(ReadOnlySpan<T> y, Span<T> smoothed, int outputs)
    {
        T kept = T.CreateChecked(1 - smoothing), spread = T.CreateChecked(smoothing / outputs);
        for (int i = 0; i < y.Length; i++)
        {
            smoothed[i] = T.FusedMultiplyAdd(kept, y[i], spread);
        }
    }

    private void Measure(Span<T> z, ReadOnlySpan<T> y, Span<double> costs, int outputs)
    {
        for (int row = 0; row < costs.Length; row++)
        {
            Span<T> zr = z.Slice(row * outputs, outputs);
            ReadOnlySpan<T> yr = y.Slice(row * outputs, outputs);
            double weighted = 0, total = 0;
            for (int j = 0; j < zr.Length; j++)
            {
                if (yr[j] != T.Zero)
                {
                    weighted += double.CreateChecked(yr[j]) * c * double.CreateChecked(zr[j]);
                    total += double.CreateChecked(yr[j]);
                }
            }

            double logSumExp = double.CreateChecked(Softmax.Apply(zr, T.CreateChecked(c), zr));
            costs[row] = (total * logSumExp) - weighted;
        }
    }
}
