using Nabla.Data.Images;
using Nabla.Data.Images.Pixels;
using Xunit;

namespace Nabla.Tests.Data.Images;

public class AreaResamplingTests
{
    [Theory]
    [InlineData(4, 6, 2, 3)]
    [InlineData(5, 7, 3, 2)]
    [InlineData(7, 5, 28, 28)]
    [InlineData(28, 28, 20, 31)]
    [InlineData(1, 9, 4, 1)]
    [InlineData(13, 1, 1, 5)]
    [InlineData(3, 3, 1, 1)]
    public void A_pixel_is_the_mean_of_the_area_below_it(int rows, int columns, int newRows, int newColumns)
    {
        var image = new GreyImage(new ImageShape(rows, columns), [.. Enumerable.Range(0, rows * columns).Select(i => (byte)((i * 97) + (i * i * 31)))]);
        GreyImage resized = AreaResampling.Resize(image, new ImageShape(newRows, newColumns));
        Assert.Equal(new ImageShape(newRows, newColumns), resized.Shape);

        // The definition on a common grid: each pixel is repeated newRows × newColumns times, then blocks of rows ×
        // columns are averaged.
        for (int i = 0; i < newRows; i++)
        {
            for (int j = 0; j < newColumns; j++)
            {
                long sum = 0;
                for (int y = i * rows; y < (i + 1) * rows; y++)
                {
                    for (int x = j * columns; x < (j + 1) * columns; x++)
                    {
                        sum += image.Pixels[(y / newRows * columns) + (x / newColumns)];
                    }
                }

                decimal mean = (decimal)sum / (rows * columns);
                Assert.Equal((byte)Math.Floor(mean + 0.5m), resized.Pixels[(i * newColumns) + j]);
            }
        }
    }

    [Fact]
    public void The_same_size_is_the_same_image()
    {
        var image = new GreyImage(new ImageShape(1, 2), [3, 4]);
        Assert.Same(image, AreaResampling.Resize(image, new ImageShape(1, 2)));
    }

    [Fact]
    public void A_half_is_rounded_up() =>
        Assert.Equal([1], AreaResampling.Resize(new GreyImage(new ImageShape(1, 2), [0, 1]), new ImageShape(1, 1)).Pixels.ToArray());

    [Fact]
    public void A_uniform_image_stays_uniform()
    {
        var white = new GreyImage(new ImageShape(1000, 700), [.. Enumerable.Repeat((byte)255, 700_000)]);
        Assert.Equal(Enumerable.Repeat((byte)255, 33 * 17), AreaResampling.Resize(white, new ImageShape(33, 17)).Pixels.ToArray());
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        Assert.Throws<ArgumentException>(() => new GreyImage(new ImageShape(2, 2), new byte[3]));
        Assert.Throws<ArgumentOutOfRangeException>(() => AreaResampling.Resize(new GreyImage(new ImageShape(1, 1), [0]), new ImageShape(0, 1)));
    }

    [Theory]
    [InlineData("28x28", 28, 28)]
    [InlineData("1x4096", 1, 4096)]
    [InlineData("20×30", 20, 30)]
    public void A_size_is_rows_by_columns(string text, int rows, int columns) => Assert.Equal(new ImageShape(rows, columns), ImageShape.Parse(text));

    [Theory]
    [InlineData("28")]
    [InlineData("28x")]
    [InlineData("0x28")]
    [InlineData("28x4097")]
    [InlineData("28x28x3")]
    [InlineData("-1x2")]
    public void Another_text_is_no_size(string text) =>
        Assert.Contains($"'{text}'", Assert.Throws<ArgumentException>(() => ImageShape.Parse(text)).Message, StringComparison.Ordinal);
}
