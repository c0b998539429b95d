using System.Numerics;
using Nabla.Numerics.Functions;
using Nabla.Numerics.Memory;
using Nabla.Numerics.Random;
using Xunit;

namespace Nabla.Tests.Numerics.Functions;

public class ElementwiseTests
{
    [Fact]
    public void Sums_and_products_have_the_bits_of_the_scalar_operations()
    {
        Check<float>();
        Check<double>();
    }

    [Fact]
    public void A_column_is_summed_from_the_first_to_the_last_row()
    {
        // In float, 1 + 2^24 is 2^24, but 2^24 − 2^24 + 1 is 1: only the correct order gives 0 in the first column and
        // 1 in the second.
        var matrix = new Matrix<float>(3, 2);
        float big = 1 << 24;
        float[] rows = [1, big, big, -big, -big, 1];
        rows.CopyTo(matrix.Elements);
        float[] sums = [7, 7];
        Elementwise.SumColumns(matrix, sums);
        Assert.Equal([0, 1], sums);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void A_value_that_is_not_finite_is_found_at_every_position(float value)
    {
        for (int n = 1; n <= 67; n++)
        {
            float[] x = new float[n];
            Array.Fill(x, float.MaxValue);
            Assert.True(Elementwise.AllFinite<float>(x));
            for (int i = 0; i < n; i++)
            {
                x[i] = value;
                Assert.False(Elementwise.AllFinite<float>(x), $"{value} at {i} of {n}.");
                x[i] = float.Epsilon;
            }
        }
    }

    [Fact]
    public void An_empty_span_is_finite_and_sums_to_zero()
    {
        Assert.True(Elementwise.AllFinite<double>([]));
        double[] sums = [3];
        Elementwise.SumColumns(new Matrix<double>(0, 1), sums);
        Assert.Equal(0, sums[0]);
    }

    private static void Check<T>() where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int n = 0; n <= 67; n++)
        {
            var random = new CounterRandom((ulong)n, RandomPurpose.SyntheticSamples);
            T[] x = new T[n], y = new T[n];
            for (int i = 0; i < n; i++)
            {
                x[i] = T.CreateTruncating(random.NextNormal());
                y[i] = T.CreateTruncating(random.NextNormal());
            }

            T[] product = [.. y], sum = [.. y];
            Elementwise.Multiply<T>(x, product);
            Elementwise.Add<T>(x, sum);
            for (int i = 0; i < n; i++)
            {
                Assert.Equal(x[i] * y[i], product[i]);
                Assert.Equal(x[i] + y[i], sum[i]);
            }
        }
    }
}
