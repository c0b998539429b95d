using System.Text;
using Nabla.Data.Tables.Text;
using Xunit;

namespace Nabla.Tests.Data.Tables.Text;

public class CellTextTests
{
    [Theory]
    [InlineData("", true)]
    [InlineData("?", true)]
    [InlineData("NA", true)]
    [InlineData("n/a", true)]
    [InlineData("NaN", true)]
    [InlineData("NULL", true)]
    [InlineData("no", false)]
    [InlineData("Nancy", false)]
    [InlineData("0", false)]
    public void Empty_question_mark_NA_NaN_and_null_are_missing(string cell, bool missing) => Assert.Equal(missing, CellText.IsMissing(Encoding.UTF8.GetBytes(cell)));

    [Theory]
    [InlineData("1970-01-01", 0)]
    [InlineData("1970-01-02T00:00:01Z", 86401)]
    [InlineData("2000/3/1", 951868800)]
    [InlineData("2024-02-29 12:30", 1709209800)]
    [InlineData("2024-02-29T12:30:15.5+01:30", 1709204415.5)]
    [InlineData("1969-12-31T23:59:59-00:00", -1)]
    public void A_date_is_seconds_since_1970(string cell, double seconds)
    {
        Assert.True(CellText.TryDate(Encoding.UTF8.GetBytes(cell), out double value));
        Assert.Equal(seconds, value);
    }

    [Theory]
    [InlineData("2023-02-29")]
    [InlineData("2024-13-01")]
    [InlineData("0000-01-01")]
    [InlineData("2024-01/01")]
    [InlineData("2024-01-01T24:00")]
    [InlineData("2024-01-01T10")]
    [InlineData("2024-01-01T10:00+1")]
    [InlineData("2024-01-01 ")]
    [InlineData("12345678")]
    public void Other_text_is_no_date(string cell) => Assert.False(CellText.TryDate(Encoding.UTF8.GetBytes(cell), out _));
}
