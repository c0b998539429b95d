using Nabla.Theory.Text;
using Xunit;

namespace Nabla.Theory.Tests;

public class WrappedTextTests
{
    private static readonly string Long = string.Join(' ', Enumerable.Repeat("weight", 40));

    [Fact]
    public void A_long_line_is_broken_at_the_last_space_before_120_characters()
    {
        // Seventeen words of six letters and sixteen spaces are 118 characters.
        string[] lines = WrappedText.Wrap(Long).Split('\n');
        Assert.Equal([118, 118, 41], lines.Select(line => line.Length));
        Assert.Equal(Long, string.Join(' ', lines));
    }

    [Theory]
    [InlineData("$a + b + c$")]
    [InlineData("`a b c`")]
    [InlineData("[a b c](x.md)")]
    public void Formulas_code_and_links_are_not_broken(string part)
    {
        for (int words = 10; words < 24; words++)
        {
            string text = string.Join(' ', Enumerable.Repeat("weight", words)) + " " + part + " " + Long;
            Assert.Contains(part, WrappedText.Wrap(text), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("+")]
    [InlineData("-")]
    [InlineData("1.")]
    public void No_line_begins_with_the_mark_of_a_list(string mark)
    {
        string text = string.Join(' ', Enumerable.Repeat("weight " + mark, 40));
        Assert.All(WrappedText.Wrap(text).Split('\n'), line => Assert.StartsWith("weight", line, StringComparison.Ordinal));
    }

    [Fact]
    public void Tables_and_short_paragraphs_stay_as_they_are()
    {
        string text = $"| {Long} |\n\nTwo short\nlines.";
        Assert.Equal(text, WrappedText.Wrap(text));
    }
}
