using System.Runtime.CompilerServices;
using Nabla.Numerics.Functions;

namespace Nabla.Numerics.Products.Operands;

/// <summary>Packs row strips of bytes and scales them to byte / 255 on the way.</summary>
internal static unsafe class BytePacking
{
    /// <summary>Elements behind a packed strip that may be overwritten.</summary>
    public const int Slack = 7;

    /// <summary>
    /// Packs a row strip of <paramref name="height"/> rows: [k][height] if the bytes of each k are contiguous,
    /// otherwise [height][k]. Missing rows become zero.
    /// </summary>
    public static GemmOperand<T> PackLeft<T>(GemmOperand<byte> rows, int height, T* to) where T : unmanaged
    {
        if (rows.RowStride == 1)
        {
            PackColumns(rows, height, to);
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
    private static void PackColumns<T>(GemmOperand<byte> rows, int height, T* to) where T : unmanaged
    {
        byte* from = rows.Pointer;
        T* end = to + (rows.Columns * height);
        for (; to < end; from += rows.ColumnStride, to += height)
        {
            // Writes eight elements, more than a column has: the next column, or the slack behind the last one, absorbs
            // the rest.
            ByteScaling.EightToUnit(from, to);
            for (int i = rows.Rows; i < height; i++)
            {
                to[i] = default;
            }
        }
    }
}
