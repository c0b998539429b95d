using System.Globalization;
using Xunit;

namespace Nabla.Tests.Data.Tables.Records;

/// <summary>The conversions of plain types, nullable or not, each chosen by the compiler without a cast.</summary>
public class CellTests
{
    [Fact]
    public void Every_type_of_number_is_the_same_number()
    {
        Cell seven = 7.0;
        long whole = 7;
        Cell[] cells = [7, (sbyte)7, (byte)7, (short)7, (ushort)7, 7u, whole, 7UL, 7f, 7m, (int?)7, (byte?)7, (ushort?)7, (uint?)7, (long?)7, (ulong?)7, (float?)7, (double?)7, (decimal?)7];
        Assert.All(cells, cell => Assert.Equal(seven, cell));
        Cell[] negative = [-7, (sbyte)-7, (short)-7, -whole, -7f, -7.0, -7m];
        Assert.All(negative, cell => Assert.Equal(negative[0], cell));
    }

    [Fact]
    public void Nothing_is_missing_in_every_type()
    {
        Cell[] cells = [(int?)null, (long?)null, (ulong?)null, (uint?)null, (float?)null, (double?)null, (decimal?)null, (bool?)null, (char?)null, (DateTime?)null, (DateTimeOffset?)null, (DateOnly?)null, (string?)null, double.NaN, float.NaN];
        Assert.All(cells, cell => Assert.True(cell.IsMissing));
        Assert.Equal(default, Cell.Missing);
    }

    [Fact]
    public void A_letter_is_a_name() => Assert.Equal((Cell)"x", 'x');

    /// <summary>The framework's conversion of a decimal rounds twice: 29 digits over a power of ten.</summary>
    [Fact]
    public void A_decimal_number_is_the_double_nearest_to_its_digits()
    {
        var random = new Random(1);
        int differ = 0;
        for (int i = 0; i < 2_000; i++)
        {
            decimal number = new(random.Next(), random.Next(), random.Next(), random.Next(2) == 0, (byte)random.Next(29));
            double nearest = double.Parse(number.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
            Assert.Equal((Cell)nearest, number);
            differ += (double)number != nearest ? 1 : 0;
        }

        Assert.InRange(differ, 1, 2_000);
    }
}
