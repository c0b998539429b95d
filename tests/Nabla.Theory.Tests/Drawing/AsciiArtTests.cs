using Nabla.Drawing;
using Xunit;

namespace Nabla.Theory.Tests.Drawing;

public class AsciiArtTests
{
    [Fact]
    public void Two_rows_of_pixels_make_one_line_from_blank_to_full()
    {
        byte[] pixels =
        [
            0, 255, 255, 85,
            0, 255, 0, 85,
            255, 0, 0, 0,
        ];
        Dataset data = Dataset.FromImages("small", pixels, new ImageShape(3, 4), [0], ["a"]);

        // Ten shades, " .:-=+*#%@": black is the first, white the last, one third of white the fourth; one half is
        // between the fifth and sixth.
        IReadOnlyList<string> lines = AsciiArt.Lines(data, 0);
        Assert.Equal(2, lines.Count);
        Assert.Matches("^ @[=+]-$", lines[0]);
        Assert.Equal("@   ", lines[1]);
    }

    [Fact]
    public void Data_without_images_is_refused_by_name()
    {
        Dataset data = Dataset.FromRows("points", new double[] { 1, 2 }, 2, [0], ["a"]);
        Assert.Contains("points", Assert.Throws<ArgumentException>(() => AsciiArt.Lines(data, 0)).Message, StringComparison.Ordinal);
    }
}
