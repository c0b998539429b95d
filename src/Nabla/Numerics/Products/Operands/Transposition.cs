using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Nabla.Numerics.Products.Operands;

/// <summary>
/// Transposes matrices: to[j, i] = from[i, j]. Nothing is computed, so every path gives the same bits.
/// </summary>
internal static unsafe class Transposition
{
    /// <summary>
    /// Rows and columns of a cache block: sixteen rows of one cache line in float. The L1 cache holds them even if a
    /// stride of a power of two maps them to two sets.
    /// </summary>
    private const int BlockSize = 16;

    /// <summary>Transposes a matrix. from: [m, n], its rows contiguous; to: [n, m] without gaps.</summary>
    public static void Run<T>(T* from, nint rowStride, int m, int n, T* to) where T : unmanaged
    {
        for (int i = 0; i < m; i += BlockSize)
        {
            for (int j = 0; j < n; j += BlockSize)
            {
                TransposeBlock(from + (i * rowStride) + j, rowStride, Math.Min(BlockSize, m - i), Math.Min(BlockSize, n - j), to + ((nint)j * m) + i, m);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TransposeBlock<T>(T* from, nint rowStride, int rows, int columns, T* to, nint columnStride) where T : unmanaged
    {
        int i4 = 0, j4 = 0;
        if (typeof(T) == typeof(float) && Sse.IsSupported)
        {
            i4 = rows & ~3;
            j4 = columns & ~3;
            for (int j = 0; j < j4; j += 4)
            {
                for (int i = 0; i < i4; i += 4)
                {
                    Transpose4x4((float*)from + (i * rowStride) + j, rowStride, (float*)to + (j * columnStride) + i, columnStride);
                }
            }
        }

        for (int j = 0; j < columns; j++)
        {
            for (int i = j < j4 ? i4 : 0; i < rows; i++)
            {
                to[(j * columnStride) + i] = from[(i * rowStride) + j];
            }
        }
    }

    /// <summary>to[j, i] = from[i, j] for a block of 4 × 4.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Transpose4x4(float* from, nint rowStride, float* to, nint columnStride)
    {
        Vector128<float> r0 = Vector128.Load(from), r1 = Vector128.Load(from + rowStride);
        Vector128<float> r2 = Vector128.Load(from + (2 * rowStride)), r3 = Vector128.Load(from + (3 * rowStride));
        Vector128<float> low01 = Sse.UnpackLow(r0, r1), high01 = Sse.UnpackHigh(r0, r1);
        Vector128<float> low23 = Sse.UnpackLow(r2, r3), high23 = Sse.UnpackHigh(r2, r3);
        Sse.MoveLowToHigh(low01, low23).Store(to);
        Sse.MoveHighToLow(low23, low01).Store(to + columnStride);
        Sse.MoveLowToHigh(high01, high23).Store(to + (2 * columnStride));
        Sse.MoveHighToLow(high23, high01).Store(to + (3 * columnStride));
    }

    /// <summary>to[j, i] = from[i, j] for a block of 8 × 8.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Transpose8x8(float* from, nint rowStride, float* to, nint columnStride)
    {
        float* from4 = from + (4 * rowStride);
        Half(from, rowStride, from4, to, columnStride);
        Half(from + 4, rowStride, from4 + 4, to + (4 * columnStride), columnStride);

        // Four columns of eight rows: the lower lane holds rows 0 to 3, the upper lane rows 4 to 7.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static void Half(float* low, nint rowStride, float* high, float* to, nint columnStride)
        {
            Vector256<float> r0 = Rows(low, high), r1 = Rows(low + rowStride, high + rowStride);
            Vector256<float> r2 = Rows(low + (2 * rowStride), high + (2 * rowStride)), r3 = Rows(low + (3 * rowStride), high + (3 * rowStride));
            Vector256<float> low01 = Avx.UnpackLow(r0, r1), high01 = Avx.UnpackHigh(r0, r1);
            Vector256<float> low23 = Avx.UnpackLow(r2, r3), high23 = Avx.UnpackHigh(r2, r3);
            Avx.Shuffle(low01, low23, 0x44).Store(to);
            Avx.Shuffle(low01, low23, 0xEE).Store(to + columnStride);
            Avx.Shuffle(high01, high23, 0x44).Store(to + (2 * columnStride));
            Avx.Shuffle(high01, high23, 0xEE).Store(to + (3 * columnStride));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static Vector256<float> Rows(float* low, float* high) => Vector256.Create(Vector128.Load(low), Vector128.Load(high));
    }
}
