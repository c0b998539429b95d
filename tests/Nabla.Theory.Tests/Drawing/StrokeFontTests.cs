using Nabla.Drawing;
using Xunit;

namespace Nabla.Theory.Tests.Drawing;

public class StrokeFontTests
{
    private readonly StrokeFont font = new();

    [Fact]
    public void Every_printable_ASCII_character_has_a_glyph() =>
        Assert.All(Enumerable.Range(' ', '~' - ' ' + 1), code => Assert.True(font.Has((char)code), $"{(char)code}"));

    [Fact]
    public void An_unknown_character_is_a_box()
    {
        PixelPoint[] box = Assert.Single(font.Layout("\uFFFD", 12));
        Assert.Equal(5, box.Length);
        Assert.Equal(box[0], box[^1]);
    }

    [Fact]
    public void A_text_is_as_high_as_asked_and_lies_within_its_measure()
    {
        PixelPoint[] points = [.. font.Layout("HIH", 30).SelectMany(stroke => stroke)];
        Assert.Equal(30, points.Max(point => point.Y), 12);
        Assert.Equal(0, points.Min(point => point.Y), 12);
        Assert.Equal(0, points.Min(point => point.X), 12);
        Assert.Equal(font.Measure("HIH", 30), points.Max(point => point.X), 12);
    }

    [Fact]
    public void A_measure_grows_with_the_height_alone() => Assert.Equal(2.5 * font.Measure("λ/2n·Σw²", 10), font.Measure("λ/2n·Σw²", 25), 12);

    [Fact]
    public void A_closed_curve_ends_where_it_began_and_touches_its_sides()
    {
        // The control points of O are the corners of a rectangle of 10×12 units.
        PixelPoint[] o = Assert.Single(font.Layout("O", 12));
        Assert.Equal(o[0], o[^1]);
        Assert.Equal((0.0, 10.0, 0.0, 12.0), (o.Min(point => point.X), o.Max(point => point.X), o.Min(point => point.Y), o.Max(point => point.Y)));
    }
}
