using System.Runtime.Intrinsics;
using Nabla.Numerics.Memory;
using Nabla.Numerics.Products.Operands;
using Nabla.Numerics.Vectors;
using Xunit;

namespace Nabla.Tests.Numerics.Products.Operands;

public unsafe class SplitRowStripTests
{
    [Theory]
    [InlineData(6, 64)]
    [InlineData(5, 64)]
    [InlineData(6, 67)]
    [InlineData(5, 3)]
    public void The_halves_of_a_packed_strip_list_every_k_that_is_not_zero(int rows, int depth)
    {
        Lists<float>(rows, depth, 0.2f, -0f);
        Lists<double>(rows, depth, 0.2, -0.0);
    }

    private static void Lists<T>(int rows, int depth, T nonzero, T zero) where T : unmanaged
    {
        var memory = new AlignedBuffer(rows * depth * sizeof(T));
        T* packed = memory.Pointer<T>();
        bool[,] isNonzero = new bool[rows, depth];
        for (int p = 0; p < depth; p++)
        {
            for (int row = 0; row < rows; row++)
            {
                isNonzero[row, p] = (((p * 7) + (row * 13)) % 11) == 0;
                packed[(p * rows) + row] = isNonzero[row, p] ? nonzero : zero;
            }
        }

        ushort* lists = stackalloc ushort[(2 * depth) + SetBits.Slack];
        var strip = SplitRowStrip<T>.Of<Vector128<T>, Lanes128<T>>(new GemmOperand<T>(packed, rows, depth, 1, rows), lists);
        Check(strip.Upper, 0, SplitRowStrip<T>.HalfRows);
        Check(strip.Lower, SplitRowStrip<T>.HalfRows, rows);
        GC.KeepAlive(memory);

        // Values of k that do not fill a group of eight may be listed even if they are zero.
        void Check(RowStrip<T> half, int first, int end)
        {
            int whole = depth / 8 * 8;
            int[] listed = [.. new ReadOnlySpan<ushort>(half.List, half.ListLength).ToArray().Select(p => (int)p)];
            int[] expected = [.. Enumerable.Range(0, depth).Where(p => Enumerable.Range(first, end - first).Any(row => isNonzero[row, p]))];
            Assert.Equal(expected.Where(p => p < whole), listed.Where(p => p < whole));
            Assert.Subset(listed.ToHashSet(), expected.ToHashSet());
            Assert.Equal(listed.Distinct().Order(), listed);
        }
    }
}
