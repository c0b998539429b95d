using Nabla.Drawing;
using Xunit;

namespace Nabla.Theory.Tests.Drawing;

public class CanvasTests
{
    private static readonly Colour Black = new(0, 0, 0);

    [Fact]
    public void A_line_covers_its_width_and_no_more()
    {
        // Two pixels wide along y = 5: rows 4 and 5 completely, their neighbours not at all.
        var canvas = new Canvas(20, 10);
        canvas.Line(2, 5, 18, 5, 2, Black);
        Assert.Equal([Colour.White, Black, Black, Colour.White], [canvas[10, 3], canvas[10, 4], canvas[10, 5], canvas[10, 6]]);
    }

    [Fact]
    public void A_line_between_pixels_is_shared_by_them()
    {
        // One pixel wide along y = 5: half of row 4 and half of row 5.
        var canvas = new Canvas(20, 10);
        canvas.Line(2, 5, 18, 5, 1, Black);
        Assert.Equal(new Colour(128, 128, 128), canvas[10, 4]);
        Assert.Equal(canvas[10, 4], canvas[10, 5]);
    }

    [Fact]
    public void Chains_of_one_stroke_do_not_darken_each_other()
    {
        var canvas = new Canvas(20, 10);
        PixelPoint[] line = [new(2, 5), new(18, 5)];
        canvas.Draw([line, line], 1, Black, canvas.Whole);
        Assert.Equal(new Colour(128, 128, 128), canvas[10, 4]);
    }

    [Fact]
    public void Nothing_is_drawn_outside_the_clip()
    {
        var canvas = new Canvas(20, 10);
        canvas.Draw([[new(-1e9, 5), new(1e9, 5)]], 4, Black, new PixelArea(5, 0, 10, 10));
        Assert.Equal(Colour.White, canvas[4, 5]);
        Assert.Equal(Black, canvas[5, 5]);
        Assert.Equal(Black, canvas[9, 5]);
        Assert.Equal(Colour.White, canvas[10, 5]);
    }

    [Fact]
    public void A_stroke_beyond_the_picture_leaves_it_white()
    {
        var canvas = new Canvas(20, 10);
        canvas.Line(-50, -50, -40, -40, 3, Black);
        canvas.Line(100, 3, 200, 3, 3, Black);
        Assert.Equal(0, Inked(canvas));
    }

    [Fact]
    public void Text_stands_on_its_base_line_and_before_its_anchor()
    {
        var canvas = new Canvas(100, 40);
        canvas.Write("H", 60, 30, 1, 20, Black);
        double width = canvas.Measure("H", 20);
        for (int y = 0; y < canvas.Height; y++)
        {
            for (int x = 0; x < canvas.Width; x++)
            {
                if (canvas[x, y] != Colour.White)
                {
                    Assert.InRange(x, 60 - width - 3, 62);
                    Assert.InRange(y, 7, 32);
                }
            }
        }

        Assert.NotEqual(0, Inked(canvas));
    }

    [Fact]
    public void Turned_text_is_the_text_turned()
    {
        var flat = new Canvas(60, 60);
        var upright = new Canvas(60, 60);
        flat.Write("Tg4", 10, 30, 0, 20, Black);
        upright.Write("Tg4", 30, 50, 0, 20, Black, upwards: true);
        for (int y = 0; y < 60; y++)
        {
            for (int x = 0; x < 60; x++)
            {
                Assert.InRange(flat[x, y].Red - upright[y, 59 - x].Red, -1, 1);
            }
        }
    }

    [Fact]
    public void An_area_is_filled_up_to_its_ends()
    {
        var canvas = new Canvas(10, 10);
        canvas.Fill(new PixelArea(-3, 2, 4, 20), Black);
        Assert.Equal(4 * 8, Inked(canvas));
    }

    [Fact]
    public void A_picture_without_pixels_and_one_of_too_many_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Canvas(0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Canvas(1, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Canvas(1 << 20, 1 << 20));
    }

    private static int Inked(Canvas canvas) =>
        Enumerable.Range(0, canvas.Width * canvas.Height).Count(i => canvas[i % canvas.Width, i / canvas.Width] != Colour.White);
}
