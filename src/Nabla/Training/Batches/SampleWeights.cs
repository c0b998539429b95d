using System.Numerics;

namespace Nabla.Training.Batches;

/// <summary>The weight of each training sample: its own times its class's, scaled to mean 1 over the training set.</summary>
/// <remarks>A sample of weight w adds w·C_x to the cost and w·δ to the gradient; the sums are still divided by the number of samples.</remarks>
internal sealed class SampleWeights
{
    private readonly double[] weights;

    private SampleWeights(double[] weights)
    {
        this.weights = weights;
    }

    /// <summary>The weights of a run, or null if all are 1.</summary>
    public static SampleWeights? Of(Dataset data, ClassWeighting classes)
    {
        if (!data.IsWeighted && classes == ClassWeighting.None)
        {
            return null;
        }

        double[] ofClass = classes == ClassWeighting.Balanced ? Balanced(data) : [];
        double[] all = [.. Enumerable.Range(0, data.Count).Select(sample => data.Weight(sample) * (ofClass.Length > 0 ? ofClass[data.Label(sample)] : 1))];
        double mean = all.Sum() / all.Length;
        return mean > 0
            ? new SampleWeights([.. all.Select(weight => weight / mean)])
            : throw new ArgumentException($"All training samples of {data.Name} have the weight 0: nothing can be learned.");
    }

    /// <summary>Writes the weights of samples. destination: [samples].</summary>
    public void CopyTo<T>(ReadOnlySpan<int> samples, Span<T> destination) where T : unmanaged, INumberBase<T>
    {
        for (int i = 0; i < samples.Length; i++)
        {
            destination[i] = T.CreateTruncating(weights[samples[i]]);
        }
    }

    /// <summary>The reciprocal of the total sample weight of each class; scaled later.</summary>
    private static double[] Balanced(Dataset data)
    {
        double[] sums = new double[data.TargetCount];
        for (int sample = 0; sample < data.Count; sample++)
        {
            sums[data.Label(sample)] += data.Weight(sample);
        }

        return [.. sums.Select(sum => sum > 0 ? 1 / sum : 0)];
    }
}
