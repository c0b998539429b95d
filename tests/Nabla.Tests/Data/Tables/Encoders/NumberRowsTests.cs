using System.Text;
using Nabla.Data.Tables.Encoders;
using Xunit;

namespace Nabla.Tests.Data.Tables.Encoders;

public class NumberRowsTests
{
    [Fact]
    public void A_network_may_take_more_numbers_and_longer_rows_than_a_table()
    {
        const int Wide = 150_000;
        string zeros = new('0', 120), row = string.Join(',', Enumerable.Range(0, Wide).Select(i => $"0.{i:000000}{zeros}"));
        Assert.InRange(row.Length, (1 << 24) + 1, 1 << 25);
        double[] numbers = new double[Wide];
        using NumberRows rows = Rows(row + "\n", Wide);
        Assert.True(rows.TryRead(numbers));
        Assert.Equal((0, 0.075, 0.149999), (numbers[0], numbers[75_000], numbers[^1]));
    }

    [Theory]
    [InlineData("1,2\n\n3,4\n")]
    [InlineData("a,b\r\n1,2\r\n   \r\n3,4")]
    [InlineData("\uFEFF1;2\n\"3\";\"4\"\n")]
    public void Headers_and_blank_lines_are_skipped(string text)
    {
        using NumberRows rows = Rows(text, 2);
        double[] first = new double[2], second = new double[2];
        Assert.True(rows.TryRead(first));
        Assert.True(rows.TryRead(second));
        Assert.Equal([1, 2, 3, 4], first.Concat(second));
        Assert.False(rows.TryRead(first));
    }

    private static NumberRows Rows(string text, int columns) => new(new MemoryStream(Encoding.UTF8.GetBytes(text)), "rows", columns);
}
