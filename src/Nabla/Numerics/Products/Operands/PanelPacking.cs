using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Nabla.Numerics.Memory;

namespace Nabla.Numerics.Products.Operands;

/// <summary>
/// Packs the operands of large products into the order in which the micro-kernels read them. Besides the arithmetic,
/// packing is most of the cost of a product.
/// </summary>
internal static unsafe class PanelPacking
{
    /// <summary>Floats per cache line.</summary>
    private const int LineFloats = 16;

    /// <summary>Packs the right operand, [k, n], as one slab: its panels, [k][NR], one after the other.</summary>
    public static void PackRight<T>(GemmOperand<T> b, T* slab) where T : unmanaged
    {
        int width = BlockSizes.PanelWidth<T>();
        for (int j = 0; j < b.Columns; j += width, slab += b.Rows * width)
        {
            GemmOperand<T> panel = b.SliceColumns(j, Math.Min(j + width, b.Columns));
            if (panel.ColumnStride == 1)
            {
                CopyRows(panel, width, slab);
            }
            else
            {
                TransposeColumns(panel.Pointer, panel.ColumnStride, panel.Rows, panel.Columns, width, slab);
            }
        }
    }

    /// <summary>The rows are contiguous: each becomes one row of the panel.</summary>
    private static void CopyRows<T>(GemmOperand<T> panel, int width, T* to) where T : unmanaged
    {
        T* from = panel.Pointer;
        for (int p = 0; p < panel.Rows; p++, from += panel.RowStride, to += width)
        {
            Unsafe.CopyBlockUnaligned(to, from, (uint)(panel.Columns * sizeof(T)));
            Unsafe.InitBlockUnaligned(to + panel.Columns, 0, (uint)((width - panel.Columns) * sizeof(T)));
        }
    }

    /// <summary>The columns are contiguous: the panel is their transpose.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TransposeColumns<T>(T* from, nint stride, int depth, int columns, int width, T* to) where T : unmanaged
    {
        int j = 0, blockDepth = 0;
        if (typeof(T) == typeof(float) && Avx.IsSupported)
        {
            blockDepth = depth - (depth % 8);
            for (; j + 8 <= columns; j += 8)
            {
                for (int p = 0; p < blockDepth; p += 8)
                {
                    Transposition.Transpose8x8((float*)from + (j * stride) + p, stride, (float*)to + (p * width) + j, width);
                }
            }
        }

        for (int column = 0; column < width; column++)
        {
            for (int p = column < j ? blockDepth : 0; p < depth; p++)
            {
                to[(p * width) + column] = column < columns ? from[(column * stride) + p] : default;
            }
        }
    }

    /// <summary>Packs a row strip of <paramref name="height"/> rows as [k][height]. Missing rows become zero.</summary>
    public static GemmOperand<T> PackLeft<T>(GemmOperand<T> rows, int height, T* to) where T : unmanaged
    {
        Copy(rows, height, to);
        return new(to, height, rows.Columns, 1, height);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Copy<T>(GemmOperand<T> rows, int height, T* to) where T : unmanaged
    {
        nint rowStride = rows.RowStride, columnStride = rows.ColumnStride;
        T* from = rows.Pointer, end = to + (rows.Columns * height);
        if (rowStride == 1 && rows.Rows == height)
        {
            // Each copy writes a few elements too many: the next copy, or the slack behind the last one, absorbs them.
            for (; to < end; from += columnStride, to += height)
            {
                Vector256.Load((byte*)from).Store((byte*)to);
                if (sizeof(T) * BlockSizes.TileRows > 32)
                {
                    Vector128.Load((byte*)from + 32).Store((byte*)to + 32);
                }
            }

            return;
        }

        int depth = typeof(T) == typeof(float) && columnStride == 1 ? TransposeRows((float*)from, rowStride, rows.Rows, rows.Columns, height, (float*)to) : 0;
        int done = depth > 0 ? rows.Rows : 0;
        for (int i = 0; i < height; i++)
        {
            T* source = from + (i * rowStride), target = to + i;
            for (int p = i < done ? depth : 0; p < rows.Columns; p++)
            {
                target[p * height] = i < rows.Rows ? source[p * columnStride] : default;
            }
        }
    }

    /// <summary>
    /// Transposes contiguous rows, four values of k at a time, and prefetches the rows of the next strip.
    /// </summary>
    /// <returns>How many values of k it has transposed.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int TransposeRows(float* from, nint rowStride, int rows, int depth, int height, float* to)
    {
        if (!Sse.IsSupported || rows < 4)
        {
            return 0;
        }

        // The last four rows may overlap the first four: those rows are copied twice.
        int last = rows - 4, p = 0;
        for (; p + 4 <= depth; p += 4)
        {
            if (p % LineFloats == 0)
            {
                for (int i = 0; i < rows; i++)
                {
                    Prefetch.IntoL2(from + ((rows + i) * rowStride) + p, sizeof(float));
                }
            }

            Transposition.Transpose4x4(from + p, rowStride, to + (p * height), height);
            Transposition.Transpose4x4(from + (last * rowStride) + p, rowStride, to + (p * height) + last, height);
        }

        return p;
    }
}
