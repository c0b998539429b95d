using Nabla.Theory.Plots;
using Xunit;

namespace Nabla.Theory.Tests.Plots;

public class AxisTests
{
    [Theory]
    [InlineData(0, 10, "0 2 4 6 8 10")]
    [InlineData(-1, 1, "−1.0 −0.5 0 0.5 1.0")]
    [InlineData(0, 0.5, "0 0.1 0.2 0.3 0.4 0.5")]
    [InlineData(97, 98, "97.0 97.2 97.4 97.6 97.8 98.0")]
    [InlineData(0, 1e6, "0 2·10⁵ 4·10⁵ 6·10⁵ 8·10⁵ 10·10⁵")]
    [InlineData(0, 5e-9, "0 1·10⁻⁹ 2·10⁻⁹ 3·10⁻⁹ 4·10⁻⁹ 5·10⁻⁹")]
    public void Ticks_are_multiples_of_one_two_or_five(double low, double high, string labels) =>
        Assert.Equal(labels, Labels(new Axis(false, [low, high])));

    [Theory]
    [InlineData(1e-3, 1e3, "0.001 0.01 0.1 1 10 100 1000")]
    [InlineData(1, 100, "1 2 5 10 20 50 100")]
    [InlineData(1e-20, 1, "10⁻¹⁸ 10⁻¹⁵ 10⁻¹² 10⁻⁹ 10⁻⁶ 0.001 1")]
    [InlineData(0.5, 0.8, "0.50 0.55 0.60 0.65 0.70 0.75 0.80")]
    public void Logarithmic_ticks_are_powers_of_ten_or_round_numbers(double low, double high, string labels) =>
        Assert.Equal(labels, Labels(new Axis(true, [low, high])));

    [Fact]
    public void A_tick_lies_at_its_value()
    {
        var axis = new Axis(true, [1, 1000]);
        Tick tick = axis.Ticks().Single(t => t.Label == "10");
        Assert.Equal(axis.Share(10), tick.Share, 12);
        Assert.Equal(1.0 / 3, (axis.Share(10) - axis.Share(1)) / (axis.Share(1000) - axis.Share(1)), 12);
    }

    [Fact]
    public void All_values_lie_inside_the_axis()
    {
        var axis = new Axis(false, [3, 7]);
        Assert.InRange(axis.Share(3), 0.01, 0.1);
        Assert.InRange(axis.Share(7), 0.9, 0.99);
    }

    [Theory]
    [InlineData(false, new double[] { })]
    [InlineData(false, new[] { double.NaN, double.PositiveInfinity })]
    [InlineData(false, new[] { 5.0, 5.0 })]
    [InlineData(false, new[] { 0.0 })]
    [InlineData(true, new[] { 0.0, -1.0 })]
    [InlineData(true, new[] { 1.0 })]
    [InlineData(false, new[] { 0.1, 0.1 + 2e-17 })]
    [InlineData(false, new[] { -1e299, 1e299 })]
    [InlineData(true, new[] { 1e-300, 1e299 })]
    public void Data_without_a_range_still_have_an_axis(bool logarithmic, double[] values) =>
        Assert.InRange(new Axis(logarithmic, values).Ticks().Count(), 1, 30);

    [Fact]
    public void The_logarithm_is_right_to_fifteen_digits()
    {
        for (int exponent = -300; exponent <= 300; exponent += 7)
        {
            double x = 1.37 * Math.Pow(10, exponent);
            Assert.Equal(Math.Log10(x), Axis.Log10(x), Math.Max(1, Math.Abs(exponent)) * 1e-15);
        }

        Assert.Equal(0, Axis.Log10(1));
    }

    private static string Labels(Axis axis) => string.Join(' ', axis.Ticks().Select(tick => tick.Label));
}
