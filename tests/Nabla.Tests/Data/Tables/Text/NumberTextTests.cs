using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Nabla.Data.Tables.Text;
using Xunit;

namespace Nabla.Tests.Data.Tables.Text;

/// <summary>The reference is the platform's parser, which rounds correctly (IEEE 754).</summary>
public class NumberTextTests
{
    [Theory]
    [InlineData("0")]
    [InlineData("-0")]
    [InlineData("5.")]
    [InlineData(".5")]
    [InlineData("+3.25e2")]
    [InlineData("1e22")]
    [InlineData("1e23")]
    [InlineData("9007199254740993")]
    [InlineData("9223372036854775807")]
    [InlineData("18446744073709551615")]
    [InlineData("123456789012345678901234567890.5")]
    [InlineData("0.1234567890123456789")]
    [InlineData("-8.123456789012345678e+00")]
    [InlineData("4.9406564584124654e-324")]
    [InlineData("2.2250738585072011e-308")]
    [InlineData("1.7976931348623157e308")]
    [InlineData("0.000000000000000000000000000000000001")]
    [InlineData("9007199254740993e-22")]
    public void A_number_is_correctly_rounded(string text) => AssertAsPlatform(text);

    [Fact]
    public void The_shortest_and_the_longest_digits_of_any_double_read_back() =>
        Prop.ForAll(ArbMap.Default.ArbFor<double>(), value =>
        {
            if (double.IsFinite(value))
            {
                AssertAsPlatform(value.ToString("R", CultureInfo.InvariantCulture));
                AssertAsPlatform(value.ToString("e18", CultureInfo.InvariantCulture));
                AssertAsPlatform(value.ToString("e16", CultureInfo.InvariantCulture));
            }
        }).QuickCheckThrowOnFailure();

    /// <summary>Sixteen to nineteen digits after a point: the path with the remainder, and its ties.</summary>
    [Fact]
    public void Long_decimals_are_correctly_rounded() =>
        Prop.ForAll(ArbMap.Default.ArbFor<long>(), ArbMap.Default.ArbFor<byte>(), (mantissa, places) =>
        {
            decimal value = (decimal)(mantissa == long.MinValue ? 1 : Math.Abs(mantissa)) * 1_000_003m % 9_223_372_036_854_775_807m;
            AssertAsPlatform($"{value.ToString(CultureInfo.InvariantCulture)}e-{places % 23}");
            AssertAsPlatform($"{9007199254740992UL + (2 * (ulong)places) + 1}e-{places % 23}");
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData(".")]
    [InlineData("e5")]
    [InlineData("1e")]
    [InlineData("1e+")]
    [InlineData("1.2.3")]
    [InlineData("1,5")]
    [InlineData("1 5")]
    [InlineData("0x10")]
    [InlineData("12a")]
    [InlineData("NaN")]
    public void Other_text_is_no_number(string text) => Assert.False(NumberText.TryParse(Encoding.UTF8.GetBytes(text), (byte)'.', out _));

    [Fact]
    public void A_decimal_comma_is_read_on_request()
    {
        Assert.True(NumberText.TryParse("1,5"u8, (byte)',', out double value));
        Assert.Equal(1.5, value);
        Assert.True(NumberText.TryParse("1,2345678901234567890123"u8, (byte)',', out value));
        Assert.Equal(1.2345678901234567890123, value);
        Assert.False(NumberText.TryParse("1.5"u8, (byte)',', out _));
    }

    [Fact]
    public void Infinity_and_what_is_too_large_for_a_double_are_infinite()
    {
        Assert.True(NumberText.TryParse("-inf"u8, (byte)'.', out double value));
        Assert.Equal(double.NegativeInfinity, value);
        Assert.True(NumberText.TryParse("1e999999999999"u8, (byte)'.', out value));
        Assert.Equal(double.PositiveInfinity, value);
    }

    private static void AssertAsPlatform(string text)
    {
        Assert.True(NumberText.TryParse(Encoding.UTF8.GetBytes(text), (byte)'.', out double value), text);
        Assert.Equal(BitConverter.DoubleToInt64Bits(double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture)), BitConverter.DoubleToInt64Bits(value));
    }
}
