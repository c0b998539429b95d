using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Nabla.Numerics;

/// <summary>Copies operands of large products into the order in which the register tile reads them, as <see cref="GemmPanels"/> says. Copying is most of what a product costs beside its arithmetic.</summary>
internal static unsafe class GemmPacking
{
    /// <summary>Panels of the right operand that are copied side by side.</summary>
    private const int PanelsAtOnce = 4;

    /// <summary>Copies steps [first, end) of the right operand, [k, n], as one slab.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Right<T>(GemmOperand<T> b, int first, int end, T* slab) where T : unmanaged
    {
        int width = GemmPanels.Width<T>(), depth = end - first;
        for (int j = 0; j < b.Columns;)
        {
            int columns = Math.Min(width, b.Columns - j), panels = 1;
            T* from = b.Pointer + (first * b.RowStride) + (j * b.ColumnStride);
            if (b.ColumnStride != 1)
            {
                Columns(from, b.ColumnStride, depth, columns, width, slab);
            }
            else if (columns == width)
            {
                panels = Math.Min(PanelsAtOnce, (b.Columns - j) / width);
                Rows(from, b.RowStride, depth, panels, width, slab);
            }
            else
            {
                RestOfRows(from, b.RowStride, depth, columns, width, slab);
            }

            j += panels * width;
            slab += panels * depth * width;
        }
    }

    /// <summary>Rows that lie one after the other: each gives one line of some panels, so that what is read of it is one piece of several cache lines.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rows<T>(T* from, nint stride, int depth, int panels, int width, T* to) where T : unmanaged
    {
        int bytes = width * sizeof(T);
        nint panel = (nint)depth * bytes;
        for (int p = 0; p < depth; p++, from += stride, to += width)
        {
            byte* source = (byte*)from, target = (byte*)to;
            for (int q = 0; q < panels; q++, source += bytes, target += panel)
            {
                for (int at = 0; at < bytes; at += 32)
                {
                    Vector256.Load(source + at).Store(target + at);
                }
            }
        }
    }

    /// <summary>The same for fewer columns than a panel has.</summary>
    private static void RestOfRows<T>(T* from, nint stride, int depth, int columns, int width, T* to) where T : unmanaged
    {
        for (int p = 0; p < depth; p++, from += stride, to += width)
        {
            Unsafe.CopyBlockUnaligned(to, from, (uint)(columns * sizeof(T)));
            Unsafe.InitBlockUnaligned(to + columns, 0, (uint)((width - columns) * sizeof(T)));
        }
    }

    /// <summary>Columns that lie one after the other: the panel is their transposition.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Columns<T>(T* from, nint stride, int depth, int columns, int width, T* to) where T : unmanaged
    {
        int j = 0;
        if (typeof(T) == typeof(float) && Sse.IsSupported)
        {
            for (; j + 4 <= columns; j += 4)
            {
                float* source = (float*)from + (j * stride);
                float* target = (float*)to + j;
                int p = 0;
                for (; p + 4 <= depth; p += 4)
                {
                    Transposition<float>.TurnFour(source + p, stride, target + (p * width), width);
                }

                for (; p < depth; p++)
                {
                    for (int lane = 0; lane < 4; lane++)
                    {
                        target[(p * width) + lane] = source[(lane * stride) + p];
                    }
                }
            }
        }

        for (; j < width; j++)
        {
            for (int p = 0; p < depth; p++)
            {
                to[(p * width) + j] = j < columns ? from[(j * stride) + p] : default;
            }
        }
    }

    /// <summary>Rows [first, first + rows) as tiles of six, [k][6].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Left<T>(GemmOperand<T> a, int first, int rows, T* to) where T : unmanaged
    {
        const int Height = GemmTiles.Rows;
        for (int i = 0; i < rows; i += Height, to += a.Columns * Height)
        {
            int height = Math.Min(Height, rows - i);
            T* from = a.Pointer + ((first + i) * a.RowStride);
            if (height == Height && a.RowStride == 1)
            {
                // Each copy runs two elements over its place; the next one, or the slack behind the last, takes them.
                T* target = to;
                int bytes = 6 * sizeof(T) > 32 ? 48 : 32;
                for (int p = 0; p < a.Columns; p++, from += a.ColumnStride, target += Height)
                {
                    Vector256.Load((byte*)from).Store((byte*)target);
                    if (bytes == 48)
                    {
                        Vector128.Load((byte*)from + 32).Store((byte*)target + 32);
                    }
                }
            }
            else if (height == Height)
            {
                Six(from, a.RowStride, a.ColumnStride, a.Columns, to);
            }
            else
            {
                for (int p = 0; p < a.Columns; p++)
                {
                    for (int row = 0; row < Height; row++)
                    {
                        to[(p * Height) + row] = row < height ? from[(row * a.RowStride) + (p * a.ColumnStride)] : default;
                    }
                }
            }
        }
    }

    private static void Six<T>(T* from, nint rowStride, nint columnStride, int depth, T* to) where T : unmanaged
    {
        T* r3 = from + (3 * rowStride);
        nint two = 2 * rowStride;
        for (int p = 0; p < depth; p++)
        {
            to[0] = from[0];
            to[1] = from[rowStride];
            to[2] = from[two];
            to[3] = r3[0];
            to[4] = r3[rowStride];
            to[5] = r3[two];
            to += 6;
            from += columnStride;
            r3 += columnStride;
        }
    }
}
