using Xunit;

namespace Nabla.Tests.Data;

public class DatasetTests
{
    private static readonly string[] Classes = ["a", "b", "c"];

    /// <summary>Four images of one row and two pixels.</summary>
    private static Dataset Images => Dataset.FromImages("images", new byte[] { 0, 1, 2, 3, 4, 5, 254, 255 }, new ImageShape(1, 2), [0, 1, 2, 1], Classes);

    private static Dataset Lines => Dataset.FromRows("lines", new double[] { 1, 2, 3, 4, 5, 6 }, 2, [0.5, -0.5, 1.5, -1.5, 2.5, -2.5], 2);

    [Fact]
    public void Pixels_are_scaled_from_0_to_1_with_one_rounding()
    {
        double[] inputs = new double[2];
        Images.CopyInputs(3, inputs);
        Assert.Equal([254.0 / 255, 1], inputs);
        float[] single = new float[2];
        Images.CopyInputs(2, single);
        // 4/255 and 5/255 rounded to 24 bits, from the exact fractions.
        Assert.Equal([0.0156862745098039215f, 0.0196078431372549019f], single);
    }

    [Fact]
    public void Facts_of_images()
    {
        Assert.Equal((4, 2, 3, false), (Images.Count, Images.InputCount, Images.TargetCount, Images.IsRegression));
        Assert.Equal("1×2", Images.Image.ToString());
        Assert.Throws<InvalidOperationException>(() => Images.Target(0).Length);
    }

    [Fact]
    public void Facts_of_rows_with_real_targets()
    {
        Assert.Equal((3, 2, 2, true), (Lines.Count, Lines.InputCount, Lines.TargetCount, Lines.IsRegression));
        Assert.Empty(Lines.Classes);
        Assert.Null(Lines.Image);
        Assert.Equal([1.5, -1.5], Lines.Target(1).ToArray());
        Assert.Throws<InvalidOperationException>(() => Lines.Label(0));
    }

    [Fact]
    public void A_view_of_a_view_shows_the_samples_it_names()
    {
        Dataset view = Images.Select([3, 2, 1, 0]).Slice(1, 3).Select([2, 0]);
        Assert.Equal(2, view.Count);
        Assert.Equal((0, 2), (view.Label(0), view.Label(1)));
        double[] inputs = new double[2];
        view.CopyInputs(1, inputs);
        Assert.Equal([4 / 255.0, 5 / 255.0], inputs);
        Assert.Equal([-2.5], Lines.Slice(1, 2).Target(1)[1..].ToArray());
        Assert.Equal(4, Images.Take(9).Count);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(int.MinValue)]
    public void A_view_shows_nothing_of_what_lies_beside_it(int sample)
    {
        Dataset middle = Images.Slice(1, 2), selected = Images.Select([1, 2, 3]).Take(2);
        Assert.Throws<ArgumentOutOfRangeException>(() => middle.Label(sample));
        Assert.Throws<ArgumentOutOfRangeException>(() => selected.Label(sample));
        Assert.Throws<ArgumentOutOfRangeException>(() => middle.CopyInputs(sample, new double[2]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Lines.Take(2).Target(sample).Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => middle.Select([0, sample]));
    }

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(0, -1)]
    [InlineData(0, 5)]
    [InlineData(4, 1)]
    [InlineData(int.MaxValue, int.MaxValue)]
    public void A_slice_stays_inside(int first, int count) => Assert.Throws<ArgumentOutOfRangeException>(() => Images.Slice(first, count));

    [Theory]
    [InlineData(3)]
    [InlineData(-1)]
    public void A_label_out_of_range_is_refused_with_its_sample(int label)
    {
        string message = Assert.Throws<ArgumentException>(() => Dataset.FromRows("rows", new double[2], 1, [0, label], Classes)).Message;
        Assert.StartsWith($"Sample 1 has label {label}, but there are 3 classes (0 to 2).", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.NegativeInfinity)]
    public void A_value_that_is_not_finite_is_refused_with_its_place(double value)
    {
        string message = Assert.Throws<ArgumentException>(() => Dataset.FromRows("rows", new double[] { 1, 2, 3, value }, 2, [0, 1], Classes)).Message;
        Assert.Contains("Sample 1 has", message, StringComparison.Ordinal);
        Assert.Contains("as input 1", message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Dataset.FromRows("rows", new double[] { 1, 2 }, 1, [0, value], 1));
    }

    [Fact]
    public void Lengths_that_do_not_fit_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Dataset.FromImages("images", new byte[7], new ImageShape(1, 2), [0, 1, 2], Classes));
        Assert.Throws<ArgumentException>(() => Dataset.FromImages("images", new byte[8], new ImageShape(1, 2), [0, 1, 2], Classes));
        Assert.Throws<ArgumentException>(() => Dataset.FromRows("rows", new double[5], 2, [0, 1], Classes));
        Assert.Throws<ArgumentException>(() => Dataset.FromRows("rows", new double[4], 2, new double[3], 2));
        Assert.Throws<ArgumentException>(() => Dataset.FromRows("rows", new double[4], 2, [], 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Dataset.FromRows("rows", new double[4], 0, [0], Classes));
    }

    [Theory]
    [InlineData(0, 5)]
    [InlineData(5, -5)]
    [InlineData(65_536, 65_536)]
    [InlineData(int.MaxValue, int.MaxValue)]
    public void An_impossible_shape_is_refused(int rows, int columns) =>
        Assert.Throws<ArgumentException>(() => Dataset.FromImages("images", ReadOnlyMemory<byte>.Empty, new ImageShape(rows, columns), [], Classes));
}
