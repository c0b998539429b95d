using Xunit;

namespace Nabla.Tests.Data;

public class SplitSizeTests
{
    [Theory]
    [InlineData("0", 1000, 0)]
    [InlineData("10000", 60_000, 10_000)]
    [InlineData("0.1", 60_000, 6_000)]
    [InlineData("1", 60_000, 1)]
    [InlineData("1e-1", 150, 15)]
    [InlineData(".5", 7, 4)]
    [InlineData("0.25", 10, 3)]
    [InlineData("0.001", 10, 1)]
    [InlineData("0.3", 10, 3)]
    public void A_text_gives_a_number_of_samples(string text, int total, int count) => Assert.Equal(count, SplitSize.Parse(text).Of(total));

    [Theory]
    [InlineData("")]
    [InlineData(" 1")]
    [InlineData("-1")]
    [InlineData("-0.1")]
    [InlineData("1.0")]
    [InlineData("1.5")]
    [InlineData("0,1")]
    [InlineData("10%")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("1e-400")]
    [InlineData("99999999999")]
    [InlineData("ten")]
    public void Anything_else_is_refused_with_what_was_expected(string text)
    {
        string message = Assert.Throws<ArgumentException>(() => SplitSize.Parse(text)).Message;
        Assert.StartsWith($"'{text}'", message, StringComparison.Ordinal);
        Assert.Contains("expected a share between 0 and 1", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(-0.5)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_share_lies_between_0_and_1(double share) => Assert.Throws<ArgumentOutOfRangeException>(() => SplitSize.OfShare(share));

    [Fact]
    public void A_negative_count_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => SplitSize.OfCount(-1));

    [Fact]
    public void Nothing_is_the_default() => Assert.Equal(SplitSize.None, SplitSize.Parse("0"));

    [Theory]
    [InlineData("0.125")]
    [InlineData("500")]
    [InlineData("0")]
    public void The_text_comes_back(string text) => Assert.Equal(text, SplitSize.Parse(text).ToString());
}
