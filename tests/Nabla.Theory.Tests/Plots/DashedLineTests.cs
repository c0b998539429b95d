using Nabla.Drawing;
using Nabla.Theory.Plots;
using Xunit;

namespace Nabla.Theory.Tests.Plots;

public class DashedLineTests
{
    [Fact]
    public void Dashes_and_gaps_alternate_along_the_line()
    {
        PixelPoint[][] dashes = [.. DashedLine.Cut([new(0, 0), new(40, 0)], 10, 5)];
        Assert.Equal([(0.0, 10.0), (15.0, 25.0), (30.0, 40.0)], dashes.Select(dash => (dash[0].X, dash[^1].X)));
    }

    [Fact]
    public void A_dash_continues_round_a_corner()
    {
        PixelPoint[][] dashes = [.. DashedLine.Cut([new(0, 0), new(6, 0), new(6, 20)], 10, 5)];
        Assert.Equal([new(0, 0), new(6, 0), new(6, 4)], dashes[0]);
        Assert.Equal([new(6, 9), new(6, 19)], dashes[1]);
    }

    [Fact]
    public void Many_short_segments_give_the_dashes_of_one_long_segment()
    {
        PixelPoint[] fine = [.. Enumerable.Range(0, 1001).Select(i => new PixelPoint(i * 0.1, 0))];
        PixelPoint[][] dashes = [.. DashedLine.Cut(fine, 10, 5)];
        Assert.Equal(7, dashes.Length);
        Assert.All(dashes, dash => Assert.Equal(10, dash[^1].X - dash[0].X, 9));
    }

    [Fact]
    public void A_single_point_has_no_dashes() => Assert.Empty(DashedLine.Cut([new(3, 3)], 10, 5));
}
