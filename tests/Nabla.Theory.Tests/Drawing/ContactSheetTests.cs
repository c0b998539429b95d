using Nabla.Drawing;
using Nabla.Tests.Support;
using Xunit;

namespace Nabla.Theory.Tests.Drawing;

public class ContactSheetTests
{
    private const byte Ground = 48;

    [Fact]
    public void A_row_shows_the_first_samples_of_its_class()
    {
        // Five images of 2×3 pixels, each of one grey. Class 1 has only one sample. The gap is two pixels.
        byte[] greys = [10, 20, 30, 40, 50];
        Dataset data = Dataset.FromImages("greys", greys.SelectMany(grey => Enumerable.Repeat(grey, 6)).ToArray(), new ImageShape(2, 3), [0, 1, 0, 0, 0], ["a", "b"]);
        DecodedPng sheet = Draw(stream => ContactSheet.WriteImages(data, 2, stream));

        Assert.Equal((12, 10, 1), (sheet.Width, sheet.Height, sheet.Channels));
        Assert.Equal([10], sheet.At(2, 2));
        Assert.Equal([10], sheet.At(3, 4));
        Assert.Equal([30], sheet.At(2, 7));
        Assert.Equal([20], sheet.At(6, 2));
        Assert.Equal([Ground], sheet.At(6, 7));
        Assert.Equal(6 * 10, sheet.Pixels.Where(pixel => pixel == 10).Sum(pixel => pixel));
        Assert.Equal(120 - 18, sheet.Pixels.Count(pixel => pixel == Ground));
    }

    [Fact]
    public void An_image_stands_upright_and_keeps_every_grey_value()
    {
        byte[] pixels = [.. Enumerable.Range(0, 256).Select(i => (byte)i)];
        Dataset data = Dataset.FromImages("ramp", pixels, new ImageShape(8, 32), [0], ["ramp"]);
        DecodedPng sheet = Draw(stream => ContactSheet.WriteImages(data, 1, stream));
        for (int i = 0; i < 256; i++)
        {
            Assert.Equal([(byte)i], sheet.At(2 + (i / 32), 2 + (i % 32)));
        }
    }

    [Fact]
    public void Points_have_the_colour_of_their_class_with_y_upwards()
    {
        Dataset data = Dataset.FromRows("two", new double[] { 1, 1, -1, -1 }, 2, [0, 1], ["a", "b"]);
        DecodedPng plot = Draw(stream => ContactSheet.WritePoints(data, stream));

        Assert.Equal(3, plot.Channels);
        Assert.Equal(plot.Width, plot.Height);
        (double Row, double Column) blue = Centre(plot, [0, 114, 178]), orange = Centre(plot, [230, 159, 0]);
        Assert.True(blue.Row < 0.1 * plot.Height && blue.Column > 0.9 * plot.Width, $"(1, 1) is drawn at {blue}");
        Assert.True(orange.Row > 0.9 * plot.Height && orange.Column < 0.1 * plot.Width, $"(−1, −1) is drawn at {orange}");
    }

    [Fact]
    public void Points_that_all_lie_on_the_origin_are_drawn_in_the_middle()
    {
        Dataset data = Dataset.FromRows("nothing", new double[4], 2, [0, 0], ["a"]);
        DecodedPng plot = Draw(stream => ContactSheet.WritePoints(data, stream));
        (double row, double column) = Centre(plot, [0, 114, 178]);
        Assert.Equal(plot.Height / 2.0, row, 1.0);
        Assert.Equal(plot.Width / 2.0, column, 1.0);
    }

    [Fact]
    public void What_cannot_be_drawn_is_refused()
    {
        Dataset points = Dataset.FromRows("points", new double[] { 1, 2 }, 2, [0], ["a"]);
        Dataset wide = Dataset.FromRows("wide", new double[] { 1, 2, 3 }, 3, [0], ["a"]);
        Dataset regression = Dataset.FromRows("regression", new double[] { 1, 2 }, 2, new double[] { 1 }, 1);
        Dataset large = Dataset.FromImages("large", new byte[1000 * 1000], new ImageShape(1000, 1000), [0], ["a"]);
        Assert.Throws<ArgumentException>(() => ContactSheet.WriteImages(points, 1, Stream.Null));
        Assert.Throws<ArgumentException>(() => ContactSheet.WriteImages(large, 1000, Stream.Null));
        Assert.Throws<ArgumentOutOfRangeException>(() => ContactSheet.WriteImages(large, 0, Stream.Null));
        Assert.Throws<ArgumentException>(() => ContactSheet.WritePoints(wide, Stream.Null));
        Assert.Throws<ArgumentException>(() => ContactSheet.WritePoints(regression, Stream.Null));
    }

    private static DecodedPng Draw(Action<Stream> draw)
    {
        using var stream = new MemoryStream();
        draw(stream);
        return DecodedPng.Read(stream.ToArray());
    }

    /// <summary>The mean position of the pixels of a colour.</summary>
    private static (double Row, double Column) Centre(DecodedPng plot, byte[] colour)
    {
        (int Row, int Column)[] places = [.. Enumerable.Range(0, plot.Width * plot.Height)
            .Select(i => (i / plot.Width, i % plot.Width))
            .Where(place => plot.At(place.Item1, place.Item2).SequenceEqual(colour))];
        Assert.NotEmpty(places);
        return (places.Average(place => place.Row), places.Average(place => place.Column));
    }
}
