using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Nabla.Tests.Data.Augmentation;

public class DistortionOptionsTests
{
    [Fact]
    public void The_form_of_the_command_line_is_read() =>
        Assert.Equal(
            new DistortionOptions { Shift = 2, Rotate = 15, Scale = 0.1, Shear = 10, ElasticStrength = 8, ElasticSmoothing = 5 },
            DistortionOptions.Parse("shift:2, rotate:15,scale:0.1 ,shear:10,elastic:8/5"));

    [Fact]
    public void The_smoothing_is_four_pixels_unless_given() =>
        Assert.Equal(new DistortionOptions { ElasticStrength = 8, ElasticSmoothing = 4 }, DistortionOptions.Parse("elastic:8"));

    [Fact]
    public void Nothing_is_written_and_read_as_none()
    {
        Assert.Equal("none", new DistortionOptions().ToString());
        Assert.Equal(new DistortionOptions(), DistortionOptions.Parse("none"));
    }

    [Fact]
    public void Parse_reads_back_what_ToString_wrote()
    {
        Gen<double[]> shares = Gen.Choose(0, int.MaxValue - 1).Select(n => n % 5 == 0 ? 0 : n / (double)int.MaxValue).ArrayOf(6);
        Prop.ForAll(shares.ToArbitrary(), s =>
        {
            var options = new DistortionOptions { Shift = 1000 * s[0], Rotate = 360 * s[1], Scale = s[2], Shear = 90 * s[3] };
            options = s[4] > 0 ? options with { ElasticStrength = 1000 * s[4], ElasticSmoothing = 0.001 + (99 * s[5]) } : options;
            return DistortionOptions.Parse(options.ToString()) == options;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Numbers_are_read_and_written_alike_in_every_culture()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            // A culture with a decimal comma, made by hand: in invariant mode there are no other cultures.
            var comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            comma.NumberFormat.NumberDecimalSeparator = ",";
            comma.NumberFormat.NumberGroupSeparator = ".";
            CultureInfo.CurrentCulture = comma;
            Assert.Equal(0.25, DistortionOptions.Parse("scale:0.25").Scale);
            Assert.Equal("scale:0.25", new DistortionOptions { Scale = 0.25 }.ToString());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData("", "''")]
    [InlineData("shift", "'shift'")]
    [InlineData("shift:", "'shift:'")]
    [InlineData("shift:2,rotat:15", "'rotat:15'")]
    [InlineData("shift:2,", "''")]
    [InlineData("shift:two", "'two' is not a number")]
    [InlineData("shift:1/2", "'shift:1/2'")]
    [InlineData("elastic:8/4/2", "'elastic:8/4/2'")]
    [InlineData("elastic:8/x", "'elastic:8/x': 'x'")]
    [InlineData("Shift:2", "'Shift:2'")]
    [InlineData("shift:2,shift:3", "'shift:3'")]
    [InlineData("none,shift:2", "'none'")]
    [InlineData("shift:-1", "Shift of the distortion is -1")]
    [InlineData("shift:1001", "Shift of the distortion is 1001")]
    [InlineData("rotate:361", "Rotate of the distortion is 361")]
    [InlineData("scale:1", "Scale of the distortion is 1")]
    [InlineData("shear:90", "Shear of the distortion is 90")]
    [InlineData("elastic:-8", "ElasticStrength of the distortion is -8")]
    [InlineData("elastic:8/0", "ElasticSmoothing of the distortion is 0")]
    [InlineData("shift:NaN", "Shift of the distortion is NaN")]
    [InlineData("rotate:Infinity", "Rotate of the distortion is Infinity")]
    public void A_bad_text_is_refused_and_the_part_is_named(string text, string named) =>
        Assert.Contains(named, Assert.Throws<ArgumentException>(() => DistortionOptions.Parse(text)).Message, StringComparison.Ordinal);
}
