using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Nabla.Numerics;

/// <summary>Turns a matrix: destination[j, i] = source[i, j]. Nothing is computed, so the path taken changes no bit.</summary>
internal sealed unsafe class Transposition<T> : IParallelWork where T : unmanaged
{
    /// <summary>Rows and columns of a block: one cache line of floats a row, sixteen lines, which the first cache holds even where a stride of a power of two maps them to two of its sets.</summary>
    private const int Block = 16;

    private Matrix<T> source;
    private Matrix<T> destination;

    public void Set(Matrix<T> from, Matrix<T> to)
    {
        source = from;
        destination = to;
    }

    /// <summary>Parts are ranges of rows of the source.</summary>
    public void Run(int part, int parts)
    {
        int blocks = (source.Rows + Block - 1) / Block;
        int end = Math.Min(source.Rows, (int)((long)blocks * (part + 1) / parts) * Block);
        for (int i = (int)((long)blocks * part / parts) * Block; i < end; i += Block)
        {
            for (int j = 0; j < source.Columns; j += Block)
            {
                Turn(i, Math.Min(i + Block, end), j, Math.Min(j + Block, source.Columns));
            }
        }
    }

    private void Turn(int i0, int i1, int j0, int j1)
    {
        nint rowStride = source.Stride, columnStride = destination.Stride;
        T* from = source.Pointer;
        T* to = destination.Pointer;
        int i4 = i0, j4 = j0;
        if (typeof(T) == typeof(float) && Sse.IsSupported)
        {
            i4 += (i1 - i0) & ~3;
            j4 += (j1 - j0) & ~3;
            for (int j = j0; j < j4; j += 4)
            {
                for (int i = i0; i < i4; i += 4)
                {
                    TurnFour((float*)from + (i * rowStride) + j, rowStride, (float*)to + (j * columnStride) + i, columnStride);
                }
            }
        }

        for (int j = j0; j < j1; j++)
        {
            for (int i = j < j4 ? i4 : i0; i < i1; i++)
            {
                to[(j * columnStride) + i] = from[(i * rowStride) + j];
            }
        }
    }

    /// <summary>to[j, i] = from[i, j] for a block of four by four.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void TurnFour(float* from, nint rowStride, float* to, nint columnStride)
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

    /// <summary>The same for a block of eight by eight.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void TurnEight(float* from, nint rowStride, float* to, nint columnStride)
    {
        float* from4 = from + (4 * rowStride);
        Half(from, rowStride, from4, to, columnStride);
        Half(from + 4, rowStride, from4 + 4, to + (4 * columnStride), columnStride);

        // Four columns of eight rows: the lower lane has rows 0 to 3, the upper one rows 4 to 7.
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

/// <summary>Starts transpositions.</summary>
internal static class Transposition
{
    /// <summary>Below this many elements a part is not worth handing to another thread.</summary>
    private const long ElementsPerPart = 1 << 16;

    /// <summary>destination = sourceᵀ. source: [m, n], destination: [n, m].</summary>
    public static void Run<T>(WorkerTeam team, Matrix<T> source, Matrix<T> destination) where T : unmanaged
    {
        Transposition<T> job = team.Job<Transposition<T>>();
        job.Set(source, destination);
        team.Run(job, (int)Math.Clamp((long)source.Rows * source.Columns / ElementsPerPart, 1, team.Threads));
    }
}
