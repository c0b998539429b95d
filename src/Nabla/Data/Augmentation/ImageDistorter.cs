using Nabla.Numerics.Random;

namespace Nabla.Data.Augmentation;

/// <summary>
/// Applies all distortions to an image, as one map and one bilinear resampling. For one thread at a time.
/// </summary>
/// <remarks>The result is a pure function of the image and of (seed, epoch, sample).</remarks>
internal sealed class ImageDistorter
{
    private readonly BilinearWarp warp;
    private readonly DrawDistortion[] distortions;

    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public ImageDistorter(DistortionOptions options, ImageShape shape)
    {
        options.Validate();
        warp = new BilinearWarp(shape);
        distortions = [.. Distortions.All.Select(distortion => distortion.Prepare(options, shape))];
    }

    /// <summary>
    /// Distorts one image. source, destination: [rows · columns], pixels in [0, 1]; outside the image, source is 0.
    /// </summary>
    public void Apply(ReadOnlySpan<float> source, ulong seed, uint epoch, ulong sample, Span<float> destination)
    {
        var random = new CounterRandom(seed, RandomPurpose.Distortion, epoch, sample);
        var drawn = new DrawnDistortion();
        foreach (DrawDistortion draw in distortions)
        {
            draw(ref random, ref drawn);
        }

        AffineMap map = AffineMap.Inverse(drawn.ShiftX, drawn.ShiftY, drawn.Rotation, drawn.Scale, drawn.Shear);
        warp.Apply(source, map, drawn.DisplacementX, drawn.DisplacementY, destination);
    }
}
