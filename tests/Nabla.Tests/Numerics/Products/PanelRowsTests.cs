using System.Runtime.Intrinsics;
using Nabla.Numerics.Memory;
using Nabla.Numerics.Products;
using Nabla.Numerics.Vectors;
using Xunit;

namespace Nabla.Tests.Numerics.Products;

public unsafe class PanelRowsTests
{
    [Theory]
    [InlineData(6, 64)]
    [InlineData(5, 64)]
    [InlineData(6, 67)]
    [InlineData(5, 3)]
    public void The_halves_of_copied_rows_list_every_step_that_is_not_zero(int rows, int steps)
    {
        Lists<float>(rows, steps, 0.2f, -0f);
        Lists<double>(rows, steps, 0.2, -0.0);
    }

    private static void Lists<T>(int rows, int steps, T some, T zero) where T : unmanaged
    {
        var memory = new AlignedBuffer(rows * steps * sizeof(T));
        T* copied = memory.Pointer<T>();
        bool[,] isNonzero = new bool[rows, steps];
        for (int step = 0; step < steps; step++)
        {
            for (int row = 0; row < rows; row++)
            {
                isNonzero[row, step] = (((step * 7) + (row * 13)) % 11) == 0;
                copied[(step * rows) + row] = isNonzero[row, step] ? some : zero;
            }
        }

        ushort* lists = stackalloc ushort[(2 * steps) + SetBits.Slack];
        var tile = PanelRows<T>.Of<Vector128<T>, Lanes128<T>>(new GemmOperand<T>(copied, rows, steps, 1, rows), lists);
        Check(tile.Upper, 0, PanelRows<T>.Half);
        Check(tile.Lower, PanelRows<T>.Half, rows);
        GC.KeepAlive(memory);

        // Steps that do not fill the last eight may be listed either way.
        void Check(LeftTile<T> half, int first, int end)
        {
            int whole = steps / 8 * 8;
            int[] listed = [.. new ReadOnlySpan<ushort>(half.Steps, half.Found).ToArray().Select(step => (int)step)];
            int[] expected = [.. Enumerable.Range(0, steps).Where(step => Enumerable.Range(first, end - first).Any(row => isNonzero[row, step]))];
            Assert.Equal(expected.Where(step => step < whole), listed.Where(step => step < whole));
            Assert.Subset(listed.ToHashSet(), expected.ToHashSet());
            Assert.Equal(listed.Distinct().Order(), listed);
        }
    }
}
