namespace Nabla.Data.Augmentation;

/// <summary>Distorts whole data sets, to look at what the training would see.</summary>
public static class DistortedImages
{
    /// <summary>A copy of a data set with every image distorted as the training distorts it.</summary>
    /// <param name="images">Images with classes.</param>
    /// <param name="options">The distortions.</param>
    /// <param name="seed">The seed of the run.</param>
    /// <param name="epoch">The epoch, 1-based.</param>
    /// <returns>Images of bytes, each pixel rounded to the nearest 1/255.</returns>
    /// <exception cref="ArgumentException">The data has no images, or an option is out of range.</exception>
    public static Dataset Create(Dataset images, DistortionOptions options, ulong seed, int epoch)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(options);
        ImageShape shape = images.Image ?? throw new ArgumentException($"{images.Name} has no images to distort.", nameof(images));
        var distortion = new Distortion(options, shape);
        float[] source = new float[shape.Pixels], distorted = new float[shape.Pixels];
        byte[] pixels = new byte[checked(images.Count * shape.Pixels)];
        int[] labels = new int[images.Count];
        for (int sample = 0; sample < images.Count; sample++)
        {
            images.CopyInputs(sample, source);
            distortion.Apply(source, seed, (uint)epoch, (ulong)sample, distorted);
            labels[sample] = images.Label(sample);
            for (int i = 0; i < distorted.Length; i++)
            {
                pixels[(sample * shape.Pixels) + i] = (byte)MathF.Round(255 * Math.Clamp(distorted[i], 0, 1));
            }
        }

        return Dataset.FromImages(images.Name, pixels, shape, labels, images.Classes);
    }
}
