using Nabla.Numerics.Random;

namespace Nabla.Data.Augmentation;

/// <summary>Distorts images: shift, rotation, scale, shear and elastic displacement composed into one mapping and one bilinear resampling.</summary>
/// <remarks>For one thread at a time; a distortion is a pure function of the image and of (seed, epoch, sample).</remarks>
internal sealed class Distortion
{
    private readonly DistortionOptions options;
    private readonly ImageShape shape;
    private readonly ElasticField? displacementX;
    private readonly ElasticField? displacementY;

    public Distortion(DistortionOptions options, ImageShape shape)
    {
        options.Validate();
        this.options = options;
        this.shape = shape;
        if (options.ElasticStrength > 0)
        {
            displacementX = new ElasticField(shape, options.ElasticStrength, options.ElasticSmoothing);
            displacementY = new ElasticField(shape, options.ElasticStrength, options.ElasticSmoothing);
        }
    }

    /// <summary>Distorts one image. source, destination: [rows · columns], pixels in [0, 1]; what comes from outside the image is 0.</summary>
    public void Apply(ReadOnlySpan<float> source, ulong seed, uint epoch, ulong sample, Span<float> destination)
    {
        // Every number is drawn, wanted or not: one more distortion leaves the others as they were.
        var random = new CounterRandom(seed, RandomPurpose.Distortion, epoch, sample);
        double shiftX = random.NextDouble(-options.Shift, options.Shift), shiftY = random.NextDouble(-options.Shift, options.Shift);
        double angle = random.NextDouble(-options.Rotate, options.Rotate);
        double scale = 1 + random.NextDouble(-options.Scale, options.Scale);
        double shear = random.NextDouble(-options.Shear, options.Shear);
        displacementX?.Draw(ref random);
        displacementY?.Draw(ref random);
        Warp(source, AffineMap.Inverse(shiftX, shiftY, angle, scale, shear), destination);
    }

    /// <summary>Resamples an image through a map from destination to source, and the current elastic displacement.</summary>
    internal void Warp(ReadOnlySpan<float> source, AffineMap map, Span<float> destination)
    {
        double centreX = (shape.Columns - 1) / 2.0, centreY = (shape.Rows - 1) / 2.0;
        ReadOnlySpan<double> moveX = displacementX is null ? default : displacementX.Values;
        ReadOnlySpan<double> moveY = displacementY is null ? default : displacementY.Values;
        for (int row = 0; row < shape.Rows; row++)
        {
            for (int column = 0; column < shape.Columns; column++)
            {
                int pixel = (row * shape.Columns) + column;
                (double x, double y) = map.At(column - centreX, row - centreY);
                if (!moveX.IsEmpty)
                {
                    x += moveX[pixel];
                    y += moveY[pixel];
                }

                destination[pixel] = Sample(source, x + centreX, y + centreY);
            }
        }
    }

    /// <summary>The image between its pixels: bilinear, fading to 0 over the one pixel around it.</summary>
    private float Sample(ReadOnlySpan<float> source, double x, double y)
    {
        double left = Math.Floor(x), top = Math.Floor(y);
        if (!(left >= -1 && top >= -1 && left < shape.Columns && top < shape.Rows))
        {
            return 0;
        }

        int column = (int)left, row = (int)top;
        double fx = x - left, fy = y - top;
        double above = Between(source, row, column, fx), below = Between(source, row + 1, column, fx);
        return (float)(above + (fy * (below - above)));
    }

    /// <summary>Between a pixel and its right neighbour; outside is 0.</summary>
    private double Between(ReadOnlySpan<float> source, int row, int column, double fx)
    {
        if ((uint)row >= (uint)shape.Rows)
        {
            return 0;
        }

        double left = (uint)column < (uint)shape.Columns ? source[(row * shape.Columns) + column] : 0;
        double right = (uint)(column + 1) < (uint)shape.Columns ? source[(row * shape.Columns) + column + 1] : 0;
        return left + (fx * (right - left));
    }
}
