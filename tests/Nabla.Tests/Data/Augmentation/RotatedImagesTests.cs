using Nabla.Data.Augmentation;
using Xunit;

namespace Nabla.Tests.Data.Augmentation;

public class RotatedImagesTests
{
    // 3×3 pixels, numbered like a telephone keypad.
    private static readonly byte[] Pixels = [1, 2, 3, 4, 5, 6, 7, 8, 9];

    [Theory]
    [InlineData(0, new byte[] { 1, 2, 3, 4, 5, 6, 7, 8, 9 })]
    [InlineData(90, new byte[] { 7, 4, 1, 8, 5, 2, 9, 6, 3 })]
    [InlineData(180, new byte[] { 9, 8, 7, 6, 5, 4, 3, 2, 1 })]
    [InlineData(-90, new byte[] { 3, 6, 9, 2, 5, 8, 1, 4, 7 })]
    [InlineData(360, new byte[] { 1, 2, 3, 4, 5, 6, 7, 8, 9 })]
    [InlineData(360e12 + 90, new byte[] { 7, 4, 1, 8, 5, 2, 9, 6, 3 })]
    public void Quarter_turns_move_every_pixel_to_its_place(double degrees, byte[] expected)
    {
        Dataset turned = DistortedImages.Rotate(Images(), degrees);
        double[] pixels = new double[9];
        turned.CopyInputs(0, pixels);
        Assert.Equal(expected, pixels.Select(pixel => (byte)Math.Round(255 * pixel)));
        Assert.Equal(1, turned.Label(0));
    }

    [Fact]
    public void An_angle_must_be_finite_and_the_data_images()
    {
        Assert.Throws<ArgumentException>(() => DistortedImages.Rotate(Images(), double.NaN));
        Assert.Throws<ArgumentException>(() => DistortedImages.Rotate(Dataset.FromRows("rows", new double[] { 1, 2 }, 1, [0, 1], ["a", "b"]), 90));
    }

    private static Dataset Images() => Dataset.FromImages("telephone", Pixels, new ImageShape(3, 3), [1], ["a", "b"]);
}
