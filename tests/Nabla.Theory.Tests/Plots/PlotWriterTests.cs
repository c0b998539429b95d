using System.Buffers.Binary;
using System.Text;
using Nabla.Drawing;
using Nabla.Theory.Contents;
using Nabla.Theory.Plots;
using Xunit;

namespace Nabla.Theory.Tests.Plots;

public class PlotWriterTests
{
    public static TheoryData<string> Pictures => [.. Catalog.Checks.Where(check => check.Plot is not null).Select(check => check.Id)];

    [Theory]
    [MemberData(nameof(Pictures))]
    public void Every_character_of_a_picture_has_a_glyph(string id)
    {
        var canvas = new Canvas(1, 1);
        Plot plot = Catalog.Find(id)!.Plot!();
        string text = plot.Title + plot.X + plot.Y + string.Concat(plot.Curves.Select(curve => curve.Name));
        Assert.Equal("", string.Concat(text.Where(character => !canvas.HasGlyph(character)).Distinct()));
    }

    [Fact]
    public void A_picture_is_a_PNG_of_the_declared_size()
    {
        byte[] png = Png(Of(Curve.OverSteps("y", [1, 2, 3])));
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], png[..4]);
        Assert.Equal("IHDR", Encoding.ASCII.GetString(png, 12, 4));
        Assert.Equal(PlotWriter.Width, BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)));
        Assert.Equal(PlotWriter.Height, BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20)));
    }

    [Theory]
    [InlineData(CurveStyle.Line)]
    [InlineData(CurveStyle.Dashed)]
    [InlineData(CurveStyle.Points)]
    public void A_value_that_is_not_finite_leaves_a_gap(CurveStyle style)
    {
        double[] whole = [.. Enumerable.Repeat(1.0, 101)];
        double[] broken = [.. whole.Select((value, i) => i is > 30 and < 70 ? double.NaN : value)];
        Canvas before = new PlotDrawing(Of(Curve.OverSteps("", whole) with { Style = style })).Canvas;
        Canvas after = new PlotDrawing(Of(Curve.OverSteps("", broken) with { Style = style })).Canvas;
        Assert.InRange(InCurveColour(before, 0, PlotWriter.Width), 1, int.MaxValue);
        // Step 50 of 0 to 100 lies in the middle of the plot.
        Assert.Equal(0, InCurveColour(after, 460, 560));
        Assert.InRange(InCurveColour(after, 0, 460), 1, int.MaxValue);
        Assert.InRange(InCurveColour(after, 560, PlotWriter.Width), 1, int.MaxValue);
    }

    [Fact]
    public void A_diverging_curve_can_be_drawn() =>
        Png(Of(Curve.OverSteps("w", [1, 1e10, double.PositiveInfinity, double.NegativeInfinity, 1e308, double.NaN])));

    [Fact]
    public void A_plot_without_points_is_an_empty_frame() => Png(Of(new Curve("nothing", [], [])));

    [Fact]
    public void A_curve_needs_as_many_vertical_values_as_horizontal_ones()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => Png(Of(new Curve("half", [1, 2], [1]))));
        Assert.Contains("half", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_plot_gives_the_same_bytes() =>
        Assert.Equal(Png(Of(Curve.OverSteps("σ", [1, 2, 4]))), Png(Of(Curve.OverSteps("σ", [1, 2, 4]))));

    [Fact]
    public void A_title_of_any_length_fits()
    {
        Canvas canvas = new PlotDrawing(Of(Curve.OverSteps("", [1, 2])) with { Title = new string('W', 200) }).Canvas;
        for (int y = 0; y < 50; y++)
        {
            Assert.Equal(Colour.White, canvas[PlotWriter.Width - 2, y]);
        }
    }

    private static Plot Of(Curve curve) => new() { Title = "A plot", X = "step", Y = "value", Curves = [curve] };

    private static byte[] Png(Plot plot)
    {
        using var stream = new MemoryStream();
        PlotWriter.Write(plot, stream);
        return stream.ToArray();
    }

    private static int InCurveColour(Canvas canvas, int left, int right) =>
        Enumerable.Range(left, right - left).Sum(x => Enumerable.Range(0, canvas.Height).Count(y => canvas[x, y] == Colour.OfCurve(0)));
}
