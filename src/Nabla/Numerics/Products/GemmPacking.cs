using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Nabla.Numerics.Memory;

namespace Nabla.Numerics.Products;

/// <summary>Copies operands of large products into the order in which the register tile reads them, as <see cref="GemmPanels"/> says. Copying is most of what a product costs beside its arithmetic.</summary>
internal static unsafe class GemmPacking
{
    /// <summary>Steps of a row of floats in a cache line.</summary>
    private const int StepsOfLine = 16;

    /// <summary>Copies the right operand, [k, n], as one slab.</summary>
    public static void Right<T>(GemmOperand<T> b, T* slab) where T : unmanaged
    {
        int width = GemmPanels.Width<T>();
        for (int j = 0; j < b.Columns; j += width, slab += b.Rows * width)
        {
            GemmOperand<T> panel = b.SliceColumns(j, Math.Min(j + width, b.Columns));
            if (panel.ColumnStride == 1)
            {
                Rows(panel, width, slab);
            }
            else
            {
                Columns(panel.Pointer, panel.ColumnStride, panel.Rows, panel.Columns, width, slab);
            }
        }
    }

    /// <summary>Rows that lie one after the other: each gives one line of the panel.</summary>
    private static void Rows<T>(GemmOperand<T> panel, int width, T* to) where T : unmanaged
    {
        T* from = panel.Pointer;
        for (int p = 0; p < panel.Rows; p++, from += panel.RowStride, to += width)
        {
            Unsafe.CopyBlockUnaligned(to, from, (uint)(panel.Columns * sizeof(T)));
            Unsafe.InitBlockUnaligned(to + panel.Columns, 0, (uint)((width - panel.Columns) * sizeof(T)));
        }
    }

    /// <summary>Columns that lie one after the other: the panel is their transposition.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Columns<T>(T* from, nint stride, int depth, int columns, int width, T* to) where T : unmanaged
    {
        int j = 0, turned = 0;
        if (typeof(T) == typeof(float) && Avx.IsSupported)
        {
            turned = depth - (depth % 8);
            for (; j + 8 <= columns; j += 8)
            {
                for (int p = 0; p < turned; p += 8)
                {
                    Transposition.TurnEight((float*)from + (j * stride) + p, stride, (float*)to + (p * width) + j, width);
                }
            }
        }

        for (int column = 0; column < width; column++)
        {
            for (int p = column < j ? turned : 0; p < depth; p++)
            {
                to[(p * width) + column] = column < columns ? from[(column * stride) + p] : default;
            }
        }
    }

    /// <summary>A tile of so many rows, [k][height]. Rows that are missing are zero.</summary>
    public static GemmOperand<T> Left<T>(GemmOperand<T> rows, int height, T* to) where T : unmanaged
    {
        Copy(rows, height, to);
        return new(to, height, rows.Columns, 1, height);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Copy<T>(GemmOperand<T> rows, int height, T* to) where T : unmanaged
    {
        nint row = rows.RowStride, step = rows.ColumnStride;
        T* from = rows.Pointer, end = to + (rows.Columns * height);
        if (row == 1 && rows.Rows == height)
        {
            // Each copy runs some elements over its place; the next one, or the slack behind the last, takes them.
            for (; to < end; from += step, to += height)
            {
                Vector256.Load((byte*)from).Store((byte*)to);
                if (sizeof(T) * GemmTiles.Rows > 32)
                {
                    Vector128.Load((byte*)from + 32).Store((byte*)to + 32);
                }
            }

            return;
        }

        int p = typeof(T) == typeof(float) && step == 1 ? Turned((float*)from, row, rows.Rows, rows.Columns, height, (float*)to) : 0;
        int turned = p > 0 ? rows.Rows : 0;
        for (int i = 0; i < height; i++)
        {
            T* source = from + (i * row), target = to + i;
            for (int q = i < turned ? p : 0; q < rows.Columns; q++)
            {
                target[q * height] = i < rows.Rows ? source[q * step] : default;
            }
        }
    }

    /// <summary>Turns rows that lie in one piece, four steps of k at a time, while it asks for the rows of the next tile.</summary>
    /// <returns>How many steps.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Turned(float* from, nint row, int rows, int depth, int height, float* to)
    {
        if (!Sse.IsSupported || rows < 4)
        {
            return 0;
        }

        // The last four rows may take some of the first four once more.
        int last = rows - 4, p = 0;
        for (; p + 4 <= depth; p += 4)
        {
            if (p % StepsOfLine == 0)
            {
                for (int i = 0; i < rows; i++)
                {
                    Prefetch.Far(from + ((rows + i) * row) + p, sizeof(float));
                }
            }

            Transposition.TurnFour(from + p, row, to + (p * height), height);
            Transposition.TurnFour(from + (last * row) + p, row, to + (p * height) + last, height);
        }

        return p;
    }
}
