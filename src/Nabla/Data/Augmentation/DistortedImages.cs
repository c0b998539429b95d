namespace Nabla.Data.Augmentation;

/// <summary>Distorts whole data sets, to show what training sees.</summary>
public static class DistortedImages
{
    private delegate void ChangeImage(int sample, ReadOnlySpan<float> source, Span<float> changed);

    /// <summary>A copy of a data set with every image distorted as in training.</summary>
    /// <param name="images">Images with classes.</param>
    /// <param name="options">The distortions.</param>
    /// <param name="seed">The seed of the run.</param>
    /// <param name="epoch">The epoch, 1-based.</param>
    /// <returns>Images of bytes, each pixel rounded to the nearest 1/255.</returns>
    /// <exception cref="ArgumentException">The data has no images, or an option is out of range.</exception>
    public static Dataset Create(Dataset images, DistortionOptions options, ulong seed, int epoch)
    {
        ArgumentNullException.ThrowIfNull(options);
        ImageShape shape = ShapeOf(images);
        var distorter = new ImageDistorter(options, shape);
        return Map(images, shape, (sample, source, distorted) => distorter.Apply(source, seed, (uint)epoch, (ulong)sample, distorted));
    }

    /// <summary>
    /// A copy of a data set with every image turned by the same angle about its centre. Labels are kept, even where the
    /// turn makes them wrong (theory T126).
    /// </summary>
    /// <param name="images">Images with classes.</param>
    /// <param name="degrees">The angle, clockwise as seen; any finite number.</param>
    /// <returns>
    /// Images of bytes, each pixel rounded to the nearest 1/255. Pixels from outside an image are black.
    /// </returns>
    /// <exception cref="ArgumentException">The data has no images, or the angle is not finite.</exception>
    public static Dataset Rotate(Dataset images, double degrees)
    {
        ImageShape shape = ShapeOf(images);
        if (!double.IsFinite(degrees))
        {
            throw new ArgumentException($"The angle must be a finite number of degrees, not {degrees}.", nameof(degrees));
        }

        // Whole turns are subtracted first, which is exact: the sine of a large angle would be inaccurate.
        AffineMap map = AffineMap.Inverse(0, 0, Math.IEEERemainder(degrees, 360), 1, 0);
        var warp = new BilinearWarp(shape);
        return Map(images, shape, (_, source, turned) => warp.Apply(source, map, [], [], turned));
    }

    private static ImageShape ShapeOf(Dataset images)
    {
        ArgumentNullException.ThrowIfNull(images);
        return images.Image ?? throw new ArgumentException($"{images.Name} has no images to distort.", nameof(images));
    }

    private static Dataset Map(Dataset images, ImageShape shape, ChangeImage change)
    {
        float[] source = new float[shape.Pixels], changed = new float[shape.Pixels];
        byte[] pixels = new byte[checked(images.Count * shape.Pixels)];
        int[] labels = new int[images.Count];
        for (int sample = 0; sample < images.Count; sample++)
        {
            images.CopyInputs(sample, source);
            change(sample, source, changed);
            labels[sample] = images.Label(sample);
            for (int i = 0; i < changed.Length; i++)
            {
                pixels[(sample * shape.Pixels) + i] = (byte)MathF.Round(255 * Math.Clamp(changed[i], 0, 1));
            }
        }

        return Dataset.FromImages(images.Name, pixels, shape, labels, images.Classes);
    }
}
