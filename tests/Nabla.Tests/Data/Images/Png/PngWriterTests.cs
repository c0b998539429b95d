using Nabla.Data.Images.Png;
using Nabla.Tests.Support;
using Xunit;

namespace Nabla.Tests.Data.Images.Png;

public class PngWriterTests
{
    [Fact]
    public void The_checksum_of_the_nine_digits_is_that_of_the_catalogues()
    {
        // CRC-32/ISO-HDLC, check value CBF43926, however the bytes are split.
        Assert.Equal(0xCBF43926u, PngWriter.Crc("123456789"u8, []));
        Assert.Equal(0xCBF43926u, PngWriter.Crc("1234"u8, "56789"u8));
        Assert.Equal(0u, PngWriter.Crc([], []));
    }

    [Fact]
    public void The_end_of_a_file_is_the_standards_twelve_bytes()
    {
        using var stream = new MemoryStream();
        PngWriter.WriteGrey(stream, [1], 1);
        Assert.Equal(Convert.FromHexString("0000000049454E44AE426082"), stream.ToArray()[^12..]);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(28, 28)]
    [InlineData(3, 200)]
    [InlineData(257, 2)]
    public void A_grey_image_is_decoded_again(int columns, int rows)
    {
        byte[] pixels = Pattern(columns * rows);
        using var stream = new MemoryStream();
        PngWriter.WriteGrey(stream, pixels, columns);
        var image = DecodedPng.Read(stream.ToArray());
        Assert.Equal((columns, rows, 1), (image.Width, image.Height, image.Channels));
        Assert.Equal(pixels, image.Pixels);
    }

    [Fact]
    public void A_colour_image_is_decoded_again()
    {
        byte[] pixels = Pattern(5 * 7 * 3);
        using var stream = new MemoryStream();
        PngWriter.WriteColour(stream, pixels, 5);
        var image = DecodedPng.Read(stream.ToArray());
        Assert.Equal((5, 7, 3), (image.Width, image.Height, image.Channels));
        Assert.Equal(pixels, image.Pixels);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(5, 2)]
    [InlineData(5, 0)]
    [InlineData(5, -1)]
    [InlineData(5, int.MaxValue)]
    public void Pixels_that_are_no_whole_rows_are_refused_before_anything_is_written(int count, int columns)
    {
        using var stream = new MemoryStream();
        Assert.ThrowsAny<ArgumentException>(() => PngWriter.WriteGrey(stream, new byte[count], columns));
        Assert.ThrowsAny<ArgumentException>(() => PngWriter.WriteColour(stream, new byte[count], columns));
        Assert.Equal(0, stream.Length);
    }

    private static byte[] Pattern(int length) => [.. Enumerable.Range(0, length).Select(i => (byte)((i * i) + (i >> 3)))];
}
