using System.Text;
using Nabla.Data.Tables.Text;
using Xunit;

namespace Nabla.Tests.Data.Tables.Text;

public class RowBlockTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(20_000)]
    public void Rows_arrive_in_their_order_with_their_lines_and_cells(int count)
    {
        // Every fifth row has a field of two lines, every thousandth row a field longer than a block.
        string Second(int row) => row % 1000 == 999 ? new string('x', 1 << 17) : row % 5 == 0 ? $"a;\"{row}\"\nb" : $"{row}";
        string text = string.Concat(Enumerable.Range(0, count).Select(row => $"{row};\"{Second(row).Replace("\"", "\"\"", StringComparison.Ordinal)}\";\n"));
        int expected = 0;
        long line = 1;
        foreach (RowBlock block in Read(text))
        {
            for (int row = 0; row < block.Count; row++, expected++)
            {
                Assert.Equal(3, block.FieldCount(row));
                Assert.Equal($"{expected}", Encoding.UTF8.GetString(block.Field(row, 0)));
                Assert.Equal(Second(expected), Encoding.UTF8.GetString(block.Field(row, 1)));
                Assert.True(block.Field(row, 2).IsEmpty);
                Assert.Equal(line, block.Line(row));
                line += expected % 5 == 0 && expected % 1000 != 999 ? 2 : 1;
            }
        }

        Assert.Equal(count, expected);
    }

    [Fact]
    public void A_damaged_row_is_told_after_the_rows_before_it()
    {
        string rows = string.Concat(Enumerable.Range(0, 10_000).Select(row => $"{row};1\n"));
        int seen = 0;
        InvalidDataException error = Assert.Throws<InvalidDataException>(() =>
        {
            foreach (RowBlock block in Read(rows + "1;\"open\n"))
            {
                seen += block.Count;
            }
        });
        Assert.StartsWith("table:10001: the double quote that opens field 2 is not closed", error.Message, StringComparison.Ordinal);
        Assert.Equal(10_000, seen);
    }

    [Fact]
    public void Who_stops_early_leaves_no_thread_behind()
    {
        string rows = string.Concat(Enumerable.Repeat("1;2\n", 500_000));
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(rows));
        var reader = new DelimitedReader(stream, "table");
        Assert.True(reader.Read());
        Assert.NotEqual(0, RowBlock.ReadAll(reader).First().Count);
        long place = stream.Position;
        Assert.InRange(place, 1, stream.Length - 1);
        Assert.True(reader.Read());
    }

    private static IEnumerable<RowBlock> Read(string text)
    {
        var reader = new DelimitedReader(new MemoryStream(Encoding.UTF8.GetBytes(text)), "table");
        Assert.True(reader.Read());
        return RowBlock.ReadAll(reader);
    }
}
