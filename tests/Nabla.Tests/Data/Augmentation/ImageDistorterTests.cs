using Nabla.Data.Augmentation;
using Nabla.Numerics.Random;
using Nabla.Tests.Support;
using Xunit;

namespace Nabla.Tests.Data.Augmentation;

public class ImageDistorterTests
{
    // Rounding of the sine of π moves a point by some 1e-15 pixels. A grey value is a float, with steps of 6e-8 below
    // 1.
    private const double Rounding = 1e-6;

    private static readonly ImageShape Shape = new(6, 9);

    [Fact]
    public void No_distortion_gives_the_image_back_bit_for_bit()
    {
        float[] image = Noise(Shape), result = new float[Shape.Pixels];
        new ImageDistorter(new DistortionOptions(), Shape).Apply(image, 3, 5, 7, result);
        Assert.Equal(image, result);
    }

    [Fact]
    public void Half_a_turn_is_both_flips()
    {
        float[] image = Noise(Shape), result = Warp(image, Shape, AffineMap.Inverse(0, 0, 180, 1, 0));
        AssertClose([.. image.Reverse()], result);
    }

    [Fact]
    public void A_full_turn_is_the_identity()
    {
        float[] image = Noise(Shape);
        AssertClose(image, Warp(image, Shape, AffineMap.Inverse(0, 0, 360, 1, 0)));
    }

    [Fact]
    public void A_quarter_turn_goes_clockwise()
    {
        var square = new ImageShape(7, 7);
        float[] image = Noise(square), result = Warp(image, square, AffineMap.Inverse(0, 0, 90, 1, 0));
        float[] expected = Tabulate(square, (row, column) => image[((6 - column) * 7) + row]);
        AssertClose(expected, result);
    }

    [Theory]
    [InlineData(2, 0)]
    [InlineData(0, 3)]
    [InlineData(-1, 2)]
    [InlineData(4, -5)]
    [InlineData(9, 0)]
    public void A_whole_shift_moves_pixels_right_and_down_exactly(int right, int down)
    {
        float[] image = Noise(Shape);
        float[] expected = Tabulate(Shape, (row, column) => At(image, row - down, column - right));
        Assert.Equal(expected, Warp(image, Shape, AffineMap.Inverse(right, down, 0, 1, 0)));
    }

    [Fact]
    public void Half_a_pixel_is_the_mean_of_two_neighbours_and_fades_out_at_the_edge()
    {
        float[] image = Noise(Shape);
        float[] expected = Tabulate(Shape, (row, column) => (At(image, row, column) + At(image, row, column - 1)) / 2);
        AssertClose(expected, Warp(image, Shape, AffineMap.Inverse(0.5, 0, 0, 1, 0)));
    }

    [Fact]
    public void Scale_shear_rotation_and_shift_carry_a_bilinear_image_over_exactly()
    {
        // Bilinear interpolation reproduces a + bx + cy + dxy, so the value comes from the map alone. The constants
        // keep it inside [0, 1].
        static double Grey(double x, double y) => 0.5 + (0.03 * x) - (0.04 * y) + (0.005 * x * y);
        var shape = new ImageShape(11, 13);
        float[] image = Tabulate(shape, (row, column) => (float)Grey(column - 6, row - 5));

        float[] larger = Warp(image, shape, AffineMap.Inverse(0, 0, 0, 1.25, 0));
        AssertInside(shape, larger, (x, y) => (x / 1.25, y / 1.25), Grey);
        Assert.Equal(Grey(4 / 1.25, 0), larger[(5 * 13) + 10], Rounding);

        // tan 45° = 1: a row moves right by its distance below the centre.
        float[] sheared = Warp(image, shape, AffineMap.Inverse(0, 0, 0, 1, 45));
        AssertInside(shape, sheared, (x, y) => (x - y, y), Grey);
        Assert.Equal(Grey(1, 2), sheared[(7 * 13) + 9], Rounding);

        float[] all = Warp(image, shape, AffineMap.Inverse(1.5, -0.75, 90, 0.8, 45));
        AssertInside(shape, all, (x, y) => (((y + 0.75) / 0.8) + ((x - 1.5) / 0.8), -(x - 1.5) / 0.8), Grey);
    }

    [Fact]
    public void The_same_seed_epoch_and_sample_give_the_same_bits_and_any_other_do_not()
    {
        DistortionOptions options = DistortionOptions.Parse("shift:2,rotate:15,scale:0.1,shear:10,elastic:8/2");
        float[] image = Noise(Shape);
        var distorter = new ImageDistorter(options, Shape);
        float[] first = Apply(distorter, 1, 2, 3);

        Assert.NotEqual(first, Apply(distorter, 9, 2, 3));
        Assert.NotEqual(first, Apply(distorter, 1, 9, 3));
        Assert.NotEqual(first, Apply(distorter, 1, 2, 9));
        Assert.Equal(first, Apply(distorter, 1, 2, 3));
        Assert.Equal(first, Apply(new ImageDistorter(options, Shape), 1, 2, 3));

        float[] Apply(ImageDistorter by, ulong seed, uint epoch, ulong sample)
        {
            float[] result = new float[Shape.Pixels];
            by.Apply(image, seed, epoch, sample, result);
            return result;
        }
    }

    [Fact]
    public void A_shift_is_spread_over_its_range_and_never_leaves_it()
    {
        // A single dot: its centre of mass is its new position, because bilinear weights preserve first moments.
        var shape = new ImageShape(15, 15);
        float[] dot = new float[shape.Pixels], moved = new float[shape.Pixels];
        dot[(7 * 15) + 7] = 1;
        var distorter = new ImageDistorter(new DistortionOptions { Shift = 3 }, shape);
        int[] quadrants = new int[4];
        for (int sample = 0; sample < 400; sample++)
        {
            distorter.Apply(dot, 0, 1, (ulong)sample, moved);
            double x = 0, y = 0;
            for (int i = 0; i < moved.Length; i++)
            {
                x += moved[i] * ((i % 15) - 7);
                y += moved[i] * ((i / 15) - 7);
            }

            Assert.InRange(x, -3 - Rounding, 3 + Rounding);
            Assert.InRange(y, -3 - Rounding, 3 + Rounding);
            quadrants[(x > 0 ? 1 : 0) + (y > 0 ? 2 : 0)]++;
        }

        // 400 draws, a quarter each: 100 ± 4·√(400·¼·¾).
        Assert.All(quadrants, count => Assert.InRange(count, 65, 135));
    }

    [Fact]
    public void An_elastic_displacement_moves_pixels_and_keeps_values_in_range()
    {
        float[] image = Noise(Shape), result = new float[Shape.Pixels];
        new ImageDistorter(new DistortionOptions { ElasticStrength = 8, ElasticSmoothing = 1 }, Shape).Apply(image, 0, 1, 0, result);
        Assert.NotEqual(image, result);
        Assert.All(result, value => Assert.InRange(value, 0f, 1f));
    }

    [Fact]
    public void Distorting_allocates_nothing()
    {
        float[] image = Noise(Shape), result = new float[Shape.Pixels];
        var distorter = new ImageDistorter(DistortionOptions.Parse("shift:2,elastic:8/2"), Shape);
        distorter.Apply(image, 0, 1, 0, result);
        Assert.Equal(0, Allocation.Of(() => distorter.Apply(image, 0, 1, 1, result)));
    }

    [Fact]
    public void Options_out_of_range_are_refused() =>
        Assert.Throws<ArgumentException>(() => new ImageDistorter(new DistortionOptions { Scale = 1 }, Shape));

    private static float[] Noise(ImageShape shape)
    {
        var random = new CounterRandom(11, RandomPurpose.SyntheticSamples);
        float[] image = new float[shape.Pixels];
        foreach (ref float pixel in image.AsSpan())
        {
            pixel = (float)random.NextDouble();
        }

        return image;
    }

    private static float[] Warp(float[] image, ImageShape shape, AffineMap map)
    {
        float[] result = new float[shape.Pixels];
        new BilinearWarp(shape).Apply(image, map, [], [], result);
        return result;
    }

    private static float[] Tabulate(ImageShape shape, Func<int, int, float> value) =>
        [.. Enumerable.Range(0, shape.Pixels).Select(i => value(i / shape.Columns, i % shape.Columns))];

    private static float At(float[] image, int row, int column) =>
        row >= 0 && row < Shape.Rows && column >= 0 && column < Shape.Columns ? image[(row * Shape.Columns) + column] : 0;

    private static void AssertClose(float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], Rounding);
        }
    }

    /// <summary>
    /// Compares every pixel whose origin lies inside the image. At least a third of the pixels must be compared.
    /// </summary>
    private static void AssertInside(ImageShape shape, float[] actual, Func<double, double, (double X, double Y)> origin, Func<double, double, double> grey)
    {
        double reachX = (shape.Columns - 1) / 2.0, reachY = (shape.Rows - 1) / 2.0;
        int compared = 0;
        for (int i = 0; i < actual.Length; i++)
        {
            (double x, double y) = origin((i % shape.Columns) - reachX, (i / shape.Columns) - reachY);
            if (Math.Abs(x) <= reachX - 1e-9 && Math.Abs(y) <= reachY - 1e-9)
            {
                Assert.Equal(grey(x, y), actual[i], Rounding);
                compared++;
            }
        }

        Assert.True(3 * compared >= actual.Length, $"only {compared} of {actual.Length} pixels were compared");
    }
}
