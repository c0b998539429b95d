using System.Numerics;
using Nabla.Numerics.Functions;
using Nabla.Numerics.Products;
using Xunit;

namespace Nabla.Tests.Numerics.Functions;

public unsafe class ByteScalingTests
{
    private const int Around = 64;

    // Sixteen bytes at a time: fewer, whole vectors, and rests.
    [Fact]
    public void Every_number_of_bytes_becomes_the_correctly_rounded_quotients_and_nothing_else()
    {
        for (int count = 0; count <= 70; count++)
        {
            Check<float>(count, pointers: false, value => value / 255f);
            Check<float>(count, pointers: true, value => value / 255f);
            Check<double>(count, pointers: false, value => value / 255.0);
            Check<double>(count, pointers: true, value => value / 255.0);
        }

        Check<float>(256, pointers: false, value => value / 255f);
        Check<double>(256, pointers: false, value => value / 255.0);
    }

    // One row and more, whole and not, their bytes side by side by row or by step of k.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_tile_of_bytes_lies_in_its_place_and_nowhere_else(bool bySteps)
    {
        foreach (int height in new[] { 1, 5, 6 })
        {
            for (int rows = 1; rows <= height; rows++)
            {
                for (int columns = 1; columns <= 40; columns++)
                {
                    Check<float>(rows, height, columns, bySteps);
                    Check<double>(rows, height, columns, bySteps);
                }
            }
        }
    }

    private static void Check<T>(int count, bool pointers, Func<byte, T> quotient) where T : unmanaged, INumber<T>
    {
        byte[] bytes = [.. Enumerable.Range(0, count + (2 * Around)).Select(i => (byte)(i - Around))];
        var numbers = new T[bytes.Length];
        Array.Fill(numbers, T.CreateTruncating(-1));
        if (pointers)
        {
            fixed (byte* from = bytes)
            fixed (T* to = numbers)
            {
                ByteScaling.ToUnit(from + Around, count, to + Around);
            }
        }
        else
        {
            ByteScaling.ToUnit(bytes.AsSpan(Around, count), numbers.AsSpan(Around, count));
        }

        for (int i = 0; i < numbers.Length; i++)
        {
            bool isInside = i >= Around && i < Around + count;
            Assert.Equal(isInside ? quotient(bytes[i]) : T.CreateTruncating(-1), numbers[i]);
        }
    }

    private static void Check<T>(int rows, int height, int columns, bool bySteps) where T : unmanaged, INumber<T>
    {
        (int rowStride, int columnStride) = bySteps ? (1, height) : (columns + 3, 1);
        byte[] bytes = [.. Enumerable.Range(0, (height * (columns + 3)) + Around).Select(i => (byte)(i * 37))];
        var numbers = new T[(height * columns) + (2 * Around)];
        Array.Fill(numbers, T.CreateTruncating(-1));
        fixed (byte* from = bytes)
        fixed (T* to = numbers)
        {
            GemmOperand<T> tile = BytePacking.Left(new GemmOperand<byte>(from, rows, columns, rowStride, columnStride), height, to + Around);
            for (int i = 0; i < height; i++)
            {
                for (int p = 0; p < columns; p++)
                {
                    T expected = i < rows ? T.CreateTruncating(bytes[(i * rowStride) + (p * columnStride)]) / T.CreateTruncating(255) : T.Zero;
                    Assert.Equal(expected, tile.Pointer[(i * tile.RowStride) + (p * tile.ColumnStride)]);
                }
            }
        }

        Assert.All(numbers[..Around], value => Assert.Equal(T.CreateTruncating(-1), value));
        Assert.All(numbers[(Around + (height * columns) + BytePacking.Slack)..], value => Assert.Equal(T.CreateTruncating(-1), value));
    }
}
