using System.Runtime.CompilerServices;
using Nabla.Numerics.Functions;

namespace Nabla.Numerics.Products;

/// <summary>Scales the bytes of a left operand while they are copied into tiles: those that <see cref="GemmPanels"/> reads, and single rows.</summary>
internal static unsafe class BytePacking
{
    /// <summary>Elements behind a tile that may be written to.</summary>
    public const int Slack = 7;

    /// <summary>A tile of so many rows: [k][height] where the bytes of a step lie side by side, otherwise [height][k]. Rows that are missing are zero.</summary>
    public static GemmOperand<T> Left<T>(GemmOperand<byte> rows, int height, T* to) where T : unmanaged
    {
        if (rows.RowStride == 1)
        {
            Steps(rows, height, to);
            return new(to, height, rows.Columns, 1, height);
        }

        for (int i = 0; i < height; i++)
        {
            T* row = to + (i * rows.Columns);
            if (i < rows.Rows)
            {
                ByteScaling.ToUnit(rows.Pointer + (i * rows.RowStride), rows.Columns, row);
            }
            else
            {
                new Span<T>(row, rows.Columns).Clear();
            }
        }

        return new(to, height, rows.Columns, rows.Columns, 1);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Steps<T>(GemmOperand<byte> rows, int height, T* to) where T : unmanaged
    {
        byte* from = rows.Pointer;
        T* end = to + (rows.Columns * height);
        for (; to < end; from += rows.ColumnStride, to += height)
        {
            // Some elements run over their place; the next step, or the slack behind the last, takes them.
            ByteScaling.Eight(from, to);
            for (int i = rows.Rows; i < height; i++)
            {
                to[i] = default;
            }
        }
    }
}
