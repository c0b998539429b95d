using Nabla.Data.Augmentation;
using Nabla.Numerics.Random;
using Xunit;

namespace Nabla.Tests.Data.Augmentation;

public class ElasticFieldTests
{
    [Theory]
    [InlineData(1e-200, 3)]
    [InlineData(0.3, 3)]
    [InlineData(1, 7)]
    [InlineData(4, 25)]
    [InlineData(33.4, 203)]
    public void The_kernel_reaches_three_deviations_is_symmetric_and_sums_to_one(double sigma, int length)
    {
        double[] kernel = ElasticField.Kernel(sigma);
        Assert.Equal(length, kernel.Length);
        Assert.Equal(1, kernel.Sum(), 1e-14);
        Assert.Equal(kernel, kernel.Reverse());
        Assert.Equal(kernel.Max(), kernel[length / 2]);
        if (sigma > 0.1)
        {
            // A Gaussian: the ratio of the weights at 0 and 1.
            Assert.Equal(Math.Exp(1 / (2 * sigma * sigma)), kernel[length / 2] / kernel[(length / 2) + 1], 1e-12 * Math.Exp(1 / (2 * sigma * sigma)));
        }
    }

    [Fact]
    public void The_field_is_noise_smoothed_along_both_axes()
    {
        const double Strength = 5, Sigma = 1.3;
        var shape = new ImageShape(5, 9);
        var field = new ElasticField(shape, Strength, Sigma);
        var random = new CounterRandom(4, RandomPurpose.Distortion);
        CounterRandom again = random;
        field.Draw(ref random);
        double[] noise = [.. Enumerable.Range(0, 45).Select(_ => again.NextDouble(-1, 1))];

        // The definition: a two-dimensional Gaussian in a window of 3σ, rounded up, normalised over the whole window.
        double total = 0;
        for (int d = -4; d <= 4; d++)
        {
            total += Math.Exp(-d * d / (2 * Sigma * Sigma));
        }

        for (int row = 0; row < 5; row++)
        {
            for (int column = 0; column < 9; column++)
            {
                double sum = 0;
                for (int i = Math.Max(0, row - 4); i <= Math.Min(4, row + 4); i++)
                {
                    for (int j = Math.Max(0, column - 4); j <= Math.Min(8, column + 4); j++)
                    {
                        double square = ((i - row) * (i - row)) + ((j - column) * (j - column));
                        sum += Math.Exp(-square / (2 * Sigma * Sigma)) * noise[(i * 9) + j];
                    }
                }

                Assert.Equal(Strength * sum / (total * total), field.Values[(row * 9) + column], 1e-13);
            }
        }
    }

    [Fact]
    public void A_value_has_mean_zero_and_the_deviation_of_smoothed_uniform_noise()
    {
        // Var = α²/3·(Σk²)², and Σk² = 1/(2σ√π) for a Gaussian: 0.3257 for α = 8, σ = 4 (the cut at 3σ changes it by
        // under 1%).
        const int Draws = 500;
        const double Expected = 0.3257;
        var field = new ElasticField(new ImageShape(25, 25), 8, 4);
        double sum = 0, squares = 0;
        for (int draw = 0; draw < Draws; draw++)
        {
            var random = new CounterRandom(0, RandomPurpose.Distortion, 1, (ulong)draw);
            field.Draw(ref random);
            double centre = field.Values[(12 * 25) + 12];
            sum += centre;
            squares += centre * centre;
        }

        Assert.InRange(sum / Draws, -4 * Expected / Math.Sqrt(Draws), 4 * Expected / Math.Sqrt(Draws));
        // The standard error of a sample deviation is σ/√(2n): four of them, plus the 1%.
        Assert.InRange(Math.Sqrt(squares / Draws), Expected * (0.99 - (4 / Math.Sqrt(2 * Draws))), Expected * (1.01 + (4 / Math.Sqrt(2 * Draws))));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void Neighbours_differ_less_the_wider_the_smoothing(double sigma)
    {
        // Neighbours correlate by e^(−1/4σ²), so a step is √(2 − 2e^(−1/4σ²)) of the value: 0.35 for σ = 2, 0.18 for σ
        // = 4.
        double expected = Math.Sqrt(2 - (2 * Math.Exp(-1 / (4 * sigma * sigma))));
        var field = new ElasticField(new ImageShape(64, 64), 1, sigma);
        double steps = 0, values = 0;
        for (int draw = 0; draw < 10; draw++)
        {
            var random = new CounterRandom(1, RandomPurpose.Distortion, 0, (ulong)draw);
            field.Draw(ref random);
            for (int row = 12; row < 52; row++)
            {
                for (int column = 12; column < 52; column++)
                {
                    double value = field.Values[(row * 64) + column], step = field.Values[(row * 64) + column + 1] - value;
                    values += value * value;
                    steps += step * step;
                }
            }
        }

        // 10 fields of 1600 pixels hold some 80 independent patches of 4πσ² for σ = 4. A ratio of two means over them
        // is accurate to a few percent.
        Assert.InRange(Math.Sqrt(steps / values), 0.9 * expected, 1.1 * expected);
    }
}
