using Nabla.Numerics.Functions;
using Nabla.Numerics.Memory;
using Nabla.Numerics.Products;
using Nabla.Numerics.Random;
using Nabla.Numerics.Threads;

namespace Nabla.Data.Augmentation;

/// <summary>
/// A smooth random displacement of every pixel along one axis
/// (Simard, Steinkraus and Platt 2003). For one thread at a time.
/// </summary>
/// <remarks>
/// D = α·G_rows·U·G_columns. D, U: [rows, columns]; U is uniform noise in [−1, 1). G smooths along one axis with a
/// sampled Gaussian of width σ, cut off at 3σ. Noise outside the image counts as 0, so the field is weaker near the
/// border. Elsewhere each value has mean 0 and, for σ of several pixels, deviation
/// α/√3 · 1/(2σ√π): 0.33 pixels for α = 8, σ = 4.
/// </remarks>
internal sealed class ElasticField
{
    private readonly WorkerTeam team = WorkerTeam.Alone;
    private readonly Matrix<double> smoothRows;
    private readonly Matrix<double> smoothColumns;
    private readonly Matrix<double> noise;
    private readonly Matrix<double> halfway;
    private readonly Matrix<double> displacement;

    /// <param name="shape">The shape of the images.</param>
    /// <param name="strength">α in pixels.</param>
    /// <param name="smoothing">σ in pixels, above 0.</param>
    public ElasticField(ImageShape shape, double strength, double smoothing)
    {
        double[] kernel = Kernel(smoothing);
        smoothRows = Smoother(shape.Rows, kernel, strength);
        smoothColumns = Smoother(shape.Columns, kernel, 1);
        noise = new Matrix<double>(shape.Rows, shape.Columns);
        halfway = new Matrix<double>(shape.Rows, shape.Columns);
        displacement = new Matrix<double>(shape.Rows, shape.Columns);
    }

    /// <summary>The displacement of each pixel, row by row, in pixels. Zero before the first draw.</summary>
    public ReadOnlySpan<double> Values => displacement.Elements;

    /// <summary>Draws a new field.</summary>
    public void Draw(ref CounterRandom random)
    {
        foreach (ref double value in noise.Elements)
        {
            value = random.NextDouble(-1, 1);
        }

        Gemm.Multiply(team, smoothRows, noise, halfway);
        Gemm.Multiply(team, halfway, smoothColumns, displacement);
    }

    /// <summary>The weights e^(−d²/2σ²) for d = −⌈3σ⌉ … ⌈3σ⌉, divided by their sum.</summary>
    internal static double[] Kernel(double sigma)
    {
        int radius = (int)Math.Ceiling(3 * sigma);
        double[] weights = new double[(2 * radius) + 1];
        double sum = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            // Divided before it is squared: σ² of a tiny σ would be 0, and 0/0 is not a weight.
            double distance = (i - radius) / sigma;
            weights[i] = ScalarMath.Exp(-0.5 * distance * distance);
            sum += weights[i];
        }

        for (int i = 0; i < weights.Length; i++)
        {
            weights[i] /= sum;
        }

        return weights;
    }

    /// <summary>The smoothing along an axis as a symmetric matrix [length, length], times a factor.</summary>
    private static Matrix<double> Smoother(int length, double[] kernel, double factor)
    {
        var matrix = new Matrix<double>(length, length);
        int radius = kernel.Length / 2;
        for (int i = 0; i < length; i++)
        {
            for (int j = Math.Max(0, i - radius); j <= Math.Min(length - 1, i + radius); j++)
            {
                matrix[i, j] = factor * kernel[j - i + radius];
            }
        }

        return matrix;
    }
}
