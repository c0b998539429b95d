using Nabla.Data.Synthetic;
using Xunit;

namespace Nabla.Tests.Data.Synthetic;

public class StrokeRendererTests
{
    // Ink depends on the distance from the line: full up to half the pen minus half a pixel, none beyond half the pen
    // plus half a pixel.
    [Theory]
    [InlineData(1, 0, 255, 0)]
    [InlineData(2, 127, 255, 127)]
    [InlineData(3, 255, 255, 255)]
    public void A_level_line_is_as_thick_as_the_pen(double pen, int above, int on, int below)
    {
        byte[] image = Draw(pen, 1, [(2, 5), (8, 5)]);
        Assert.Equal([0, above, on, below, 0], Enumerable.Range(3, 5).Select(row => (int)image[(row * 11) + 5]));
    }

    [Fact]
    public void The_ends_are_round()
    {
        byte[] image = Draw(3, 1, [(5, 5), (5, 5)]);
        // A dot: at distance 1 full ink, at √2 a share of 2 − √2, at 2 none.
        Assert.Equal(255, image[(5 * 11) + 6]);
        Assert.Equal((int)(255 * (2 - Math.Sqrt(2))), image[(6 * 11) + 6]);
        Assert.Equal(0, image[(5 * 11) + 7]);
    }

    [Fact]
    public void The_ink_scales_every_pixel() => Assert.Equal(127, Draw(3, 0.5, [(2, 5), (8, 5)]).Max());

    [Fact]
    public void What_leaves_the_image_is_cut_off_and_what_was_drawn_before_is_forgotten()
    {
        var renderer = new StrokeRenderer(11, 11);
        byte[] image = new byte[121];
        renderer.Add([(-20, -20), (40, 40)], 3);
        renderer.Write(3, 1, image);
        Assert.Equal(255, image[0]);
        Assert.Equal(255, image[120]);

        renderer.Clear();
        renderer.Write(3, 1, image);
        Assert.All(image, pixel => Assert.Equal(0, pixel));
    }

    private static byte[] Draw(double pen, double ink, (double X, double Y)[] points)
    {
        var renderer = new StrokeRenderer(11, 11);
        renderer.Clear();
        renderer.Add(points, (pen / 2) + 1);
        byte[] image = new byte[121];
        renderer.Write(pen, ink, image);
        return image;
    }
}
