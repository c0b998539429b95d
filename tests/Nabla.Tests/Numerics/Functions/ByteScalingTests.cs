using System.Numerics;
using Nabla.Numerics.Functions;
using Xunit;

namespace Nabla.Tests.Numerics.Functions;

public unsafe class ByteScalingTests
{
    private const int Margin = 64;

    // The vector loop takes sixteen bytes at a time: fewer than that, whole vectors, and remainders.
    [Fact]
    public void Any_number_of_bytes_becomes_correctly_rounded_quotients_and_nothing_else_is_written()
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

    private static void Check<T>(int count, bool pointers, Func<byte, T> quotient) where T : unmanaged, INumber<T>
    {
        byte[] bytes = [.. Enumerable.Range(0, count + (2 * Margin)).Select(i => (byte)(i - Margin))];
        var numbers = new T[bytes.Length];
        Array.Fill(numbers, T.CreateTruncating(-1));
        if (pointers)
        {
            fixed (byte* from = bytes)
            fixed (T* to = numbers)
            {
                ByteScaling.ToUnit(from + Margin, count, to + Margin);
            }
        }
        else
        {
            ByteScaling.ToUnit(bytes.AsSpan(Margin, count), numbers.AsSpan(Margin, count));
        }

        for (int i = 0; i < numbers.Length; i++)
        {
            bool isInside = i >= Margin && i < Margin + count;
            Assert.Equal(isInside ? quotient(bytes[i]) : T.CreateTruncating(-1), numbers[i]);
        }
    }
}
