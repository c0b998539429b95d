using System.Numerics;
using Nabla.Data.Augmentation;
using Nabla.Network;
using Nabla.Numerics.Memory;

namespace Nabla.Training.Batches;

/// <summary>Writes samples of a data set into a workspace: inputs (distorted if augmentation is on) and coded targets.</summary>
internal sealed class BatchLoader
{
    private readonly Dataset data;
    private readonly TargetCoding coding;
    private readonly ulong seed;
    private readonly ImageDistorter? distorter;
    private readonly float[] image;
    private readonly float[] distorted;

    public BatchLoader(Dataset data, TargetCoding coding, DistortionOptions? augmentation = null, ulong seed = 0)
    {
        this.data = data;
        this.coding = coding;
        this.seed = seed;
        distorter = augmentation is null ? null : new ImageDistorter(augmentation, data.Image!.Value);
        image = distorter is null ? [] : new float[data.InputCount];
        distorted = distorter is null ? [] : new float[data.InputCount];
    }

    /// <summary>Loads the inputs of the given samples, in that order, distorted if augmentation is on. inputs: [samples, inputs].</summary>
    public void LoadInputs<T>(ReadOnlySpan<int> samples, int epoch, BatchInputs<T> inputs) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (distorter is null)
        {
            LoadInputRange(samples, 0, inputs);
            return;
        }

        data.RequireWhole();
        for (int row = 0; row < samples.Length; row++)
        {
            LoadDistorted(samples[row], epoch, inputs.Numbers.Row(row));
        }
    }

    /// <summary>Loads a range of the samples' inputs, undistorted, starting at <paramref name="first"/>. inputs: [samples, inputs of the range].</summary>
    public void LoadInputRange<T>(ReadOnlySpan<int> samples, int first, BatchInputs<T> inputs) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        data.RequireWhole();
        for (int row = 0; row < samples.Length; row++)
        {
            if (inputs.AreBytes)
            {
                data.Pixels(samples[row]).Slice(first, inputs.Bytes.Columns).CopyTo(inputs.Bytes.Row(row));
            }
            else
            {
                data.CopyInputs(samples[row], first, inputs.Numbers.Row(row));
            }
        }
    }

    /// <summary>Loads the targets of the samples. targets: [samples, outputs].</summary>
    public void LoadTargets<T>(ReadOnlySpan<int> samples, Matrix<T> targets) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int row = 0; row < samples.Length; row++)
        {
            LoadTarget(samples[row], targets.Row(row));
        }
    }

    /// <summary>Prefetches inputs [first, end) of the samples that come next, while the current ones are computed.</summary>
    public void PrefetchSamples(ReadOnlySpan<int> samples, int first, int end)
    {
        foreach (int sample in samples)
        {
            data.PrefetchSample(sample, first, end);
        }
    }

    private void LoadDistorted<T>(int sample, int epoch, Span<T> inputs) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        data.CopyInputs<float>(sample, image);
        distorter!.Apply(image, seed, (uint)epoch, (ulong)sample, distorted);
        for (int i = 0; i < inputs.Length; i++)
        {
            inputs[i] = T.CreateTruncating(distorted[i]);
        }
    }

    private void LoadTarget<T>(int sample, Span<T> target) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (!data.IsRegression)
        {
            TargetCodes.Encode(coding, data.Label(sample), target);
            return;
        }

        ReadOnlySpan<double> values = data.Target(sample);
        for (int j = 0; j < target.Length; j++)
        {
            target[j] = T.CreateTruncating(values[j]);
        }
    }
}
