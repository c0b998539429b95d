using Nabla.Numerics;

namespace Nabla.Data.Augmentation;

/// <summary>Distorts images: shift, rotation, scale, shear and elastic displacement composed into one mapping and one bilinear resampling.</summary>
/// <remarks>For one thread at a time; a distortion is a pure function of the image and of (seed, epoch, sample).</remarks>
internal sealed class Distortion
{
    private readonly DistortionOptions options;
    private readonly ImageShape shape;
    private readonly double[] kernel;
    private readonly double[] displacementX;
    private readonly double[] displacementY;
    private readonly double[] scratch;

    public Distortion(DistortionOptions options, ImageShape shape)
    {
        options.Validate();
        this.options = options;
        this.shape = shape;
        int pixels = options.ElasticStrength > 0 ? shape.Pixels : 0;
        displacementX = new double[pixels];
        displacementY = new double[pixels];
        scratch = new double[pixels];
        kernel = pixels > 0 ? Gaussian(options.ElasticSmoothing) : [];
    }

    /// <summary>Distorts one image. source, destination: [rows · columns], pixels in [0, 1]; what comes from outside the image is 0.</summary>
    public void Apply(ReadOnlySpan<float> source, ulong seed, uint epoch, ulong sample, Span<float> destination)
    {
        var random = new CounterRandom(seed, RandomPurpose.Distortion, epoch, sample);
        double shiftX = random.NextDouble(-options.Shift, options.Shift), shiftY = random.NextDouble(-options.Shift, options.Shift);
        double angle = random.NextDouble(-options.Rotate, options.Rotate);
        double scale = 1 + random.NextDouble(-options.Scale, options.Scale);
        double shear = random.NextDouble(-options.Shear, options.Shear);
        if (options.ElasticStrength > 0)
        {
            DrawDisplacement(ref random, displacementX);
            DrawDisplacement(ref random, displacementY);
        }

        Warp(source, AffineMap.Inverse(shiftX, shiftY, angle, scale, shear), destination);
    }

    /// <summary>Resamples an image through a map from destination to source, and the current elastic displacement.</summary>
    internal void Warp(ReadOnlySpan<float> source, AffineMap map, Span<float> destination)
    {
        double centreX = (shape.Columns - 1) / 2.0, centreY = (shape.Rows - 1) / 2.0;
        for (int row = 0; row < shape.Rows; row++)
        {
            for (int column = 0; column < shape.Columns; column++)
            {
                int pixel = (row * shape.Columns) + column;
                (double x, double y) = map.At(column - centreX, row - centreY);
                if (displacementX.Length > 0)
                {
                    x += displacementX[pixel];
                    y += displacementY[pixel];
                }

                destination[pixel] = Sample(source, x + centreX, y + centreY);
            }
        }
    }

    private static double[] Gaussian(double sigma)
    {
        int radius = (int)Math.Ceiling(3 * sigma);
        double[] weights = new double[(2 * radius) + 1];
        for (int i = 0; i < weights.Length; i++)
        {
            double distance = i - radius;
            weights[i] = ScalarMath.Exp(-distance * distance / (2 * sigma * sigma));
        }

        double sum = weights.Sum();
        return [.. weights.Select(weight => weight / sum)];
    }

    private float Sample(ReadOnlySpan<float> source, double x, double y)
    {
        double left = Math.Floor(x), top = Math.Floor(y);
        if (!(left >= -1 && top >= -1 && left < shape.Columns && top < shape.Rows))
        {
            return 0;
        }

        int column = (int)left, row = (int)top;
        double fx = x - left, fy = y - top;
        double above = Pixel(source, row, column, fx), below = Pixel(source, row + 1, column, fx);
        return (float)(above + (fy * (below - above)));
    }

    /// <summary>Between a pixel and its right neighbour; outside is 0.</summary>
    private double Pixel(ReadOnlySpan<float> source, int row, int column, double fx)
    {
        if ((uint)row >= (uint)shape.Rows)
        {
            return 0;
        }

        double left = (uint)column < (uint)shape.Columns ? source[(row * shape.Columns) + column] : 0;
        double right = (uint)(column + 1) < (uint)shape.Columns ? source[(row * shape.Columns) + column + 1] : 0;
        return left + (fx * (right - left));
    }

    /// <summary>Uniform noise in [−1, 1), smoothed by a Gaussian along both axes, times the strength.</summary>
    private void DrawDisplacement(ref CounterRandom random, double[] field)
    {
        foreach (ref double value in field.AsSpan())
        {
            value = random.NextDouble(-1, 1);
        }

        Smooth(field, scratch, shape.Rows, shape.Columns, shape.Columns, 1);
        Smooth(scratch, field, shape.Columns, shape.Rows, 1, shape.Columns);
        foreach (ref double value in field.AsSpan())
        {
            value *= options.ElasticStrength;
        }
    }

    private void Smooth(double[] from, double[] to, int lines, int length, int lineStride, int stride)
    {
        int radius = kernel.Length / 2;
        for (int line = 0; line < lines; line++)
        {
            for (int i = 0; i < length; i++)
            {
                double sum = 0;
                for (int k = Math.Max(-radius, -i); k <= Math.Min(radius, length - 1 - i); k++)
                {
                    sum += kernel[k + radius] * from[(line * lineStride) + ((i + k) * stride)];
                }

                to[(line * lineStride) + (i * stride)] = sum;
            }
        }
    }
}
