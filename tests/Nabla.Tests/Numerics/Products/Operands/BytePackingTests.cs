using System.Numerics;
using Nabla.Numerics.Products.Operands;
using Xunit;

namespace Nabla.Tests.Numerics.Products.Operands;

public unsafe class BytePackingTests
{
    private const int Margin = 64;

    // Strips of one row and more, complete or padded, with contiguous rows or contiguous columns.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_packed_strip_of_bytes_has_the_scaled_bytes_and_nothing_else_is_written(bool columnsAreContiguous)
    {
        foreach (int height in new[] { 1, 5, 6 })
        {
            for (int rows = 1; rows <= height; rows++)
            {
                for (int columns = 1; columns <= 40; columns++)
                {
                    Check<float>(rows, height, columns, columnsAreContiguous);
                    Check<double>(rows, height, columns, columnsAreContiguous);
                }
            }
        }
    }

    private static void Check<T>(int rows, int height, int columns, bool columnsAreContiguous) where T : unmanaged, INumber<T>
    {
        (int rowStride, int columnStride) = columnsAreContiguous ? (1, height) : (columns + 3, 1);
        byte[] bytes = [.. Enumerable.Range(0, (height * (columns + 3)) + Margin).Select(i => (byte)(i * 37))];
        var numbers = new T[(height * columns) + (2 * Margin)];
        Array.Fill(numbers, T.CreateTruncating(-1));
        fixed (byte* from = bytes)
        fixed (T* to = numbers)
        {
            GemmOperand<T> strip = BytePacking.PackLeft(new GemmOperand<byte>(from, rows, columns, rowStride, columnStride), height, to + Margin);
            for (int i = 0; i < height; i++)
            {
                for (int p = 0; p < columns; p++)
                {
                    T expected = i < rows ? T.CreateTruncating(bytes[(i * rowStride) + (p * columnStride)]) / T.CreateTruncating(255) : T.Zero;
                    Assert.Equal(expected, strip.Pointer[(i * strip.RowStride) + (p * strip.ColumnStride)]);
                }
            }
        }

        Assert.All(numbers[..Margin], value => Assert.Equal(T.CreateTruncating(-1), value));
        Assert.All(numbers[(Margin + (height * columns) + BytePacking.Slack)..], value => Assert.Equal(T.CreateTruncating(-1), value));
    }
}
