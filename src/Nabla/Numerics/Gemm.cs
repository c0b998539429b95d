using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Nabla.Numerics;

/// <summary>
/// Matrix products. Every element of c is one chain of fused multiply-adds over k = 0, 1, 2 … that starts from 0, whatever the threads,
/// the vector width or the shape: its bits are a function of its row of a and its column of b alone.
/// </summary>
internal static class Gemm
{
    /// <summary>Below this many multiply-adds a part is not worth handing to another thread (some 5 µs of work).</summary>
    private const long MultiplyAddsPerPart = 1 << 18;

    /// <summary>c = a·b. a: [m, k], b: [k, n], c: [m, n].</summary>
    public static void Multiply<T>(WorkerTeam team, Matrix<T> a, Matrix<T> b, Matrix<T> c) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Run(team, new GemmOperand<T>(a, transposed: false), b, c);

    /// <summary>c = aᵀ·b. a: [k, m], b: [k, n], c: [m, n].</summary>
    public static void MultiplyTransposedLeft<T>(WorkerTeam team, Matrix<T> a, Matrix<T> b, Matrix<T> c) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Run(team, new GemmOperand<T>(a, transposed: true), b, c);

    /// <summary>c = a·bᵀ. a: [m, k], b: [n, k], c: [m, n]. b is turned into the team's scratch first, so that lanes run over outputs here too.</summary>
    public static void MultiplyTransposedRight<T>(WorkerTeam team, Matrix<T> a, Matrix<T> b, Matrix<T> c) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var turned = new Matrix<T>(team.Scratch((long)b.Rows * b.Columns * Unsafe.SizeOf<T>()), 0, b.Columns, b.Rows, b.Rows);
        Transposition.Run(team, b, turned);
        Run(team, new GemmOperand<T>(a, transposed: false), turned, c);
    }

    private static void Run<T>(WorkerTeam team, GemmOperand<T> a, Matrix<T> b, Matrix<T> c) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        long work = (long)c.Rows * c.Columns * b.Rows;
        if (team.Threads == 1 || work < 2 * MultiplyAddsPerPart)
        {
            GemmKernels.Block(a, b, c, 0, c.Rows, 0, c.Columns);
        }
        else
        {
            GemmWork<T> job = team.Job<GemmWork<T>>();
            job.Set(a, b, c);
            team.Run(job, (int)Math.Min(team.Threads, work / MultiplyAddsPerPart));
        }

        a.KeepAlive();
        b.KeepAlive();
        c.KeepAlive();
    }
}

/// <summary>The left operand: where element (i, k) lies, whether turned or not.</summary>
internal readonly unsafe struct GemmOperand<T> where T : unmanaged
{
    private readonly Matrix<T> matrix;

    public GemmOperand(Matrix<T> matrix, bool transposed)
    {
        this.matrix = matrix;
        RowStride = transposed ? 1 : matrix.Stride;
        ColumnStride = transposed ? matrix.Stride : 1;
    }

    public T* Pointer => matrix.Pointer;

    /// <inheritdoc cref="Matrix{T}.KeepAlive"/>
    public void KeepAlive() => matrix.KeepAlive();

    public int RowStride { get; }

    public int ColumnStride { get; }
}

/// <summary>A product shared out between workers: by rows of c where it is taller than wide, otherwise by columns.</summary>
internal sealed class GemmWork<T> : IParallelWork where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private GemmOperand<T> a;
    private Matrix<T> b;
    private Matrix<T> c;

    public void Set(GemmOperand<T> left, Matrix<T> right, Matrix<T> result)
    {
        a = left;
        b = right;
        c = result;
    }

    public void Run(int part, int parts)
    {
        if (c.Rows > c.Columns)
        {
            (int first, int end) = Share(c.Rows, GemmKernels.TileRows, part, parts);
            GemmKernels.Block(a, b, c, first, end, 0, c.Columns);
        }
        else
        {
            (int first, int end) = Share(c.Columns, 2 * Vector512<T>.Count, part, parts);
            GemmKernels.Block(a, b, c, 0, c.Rows, first, end);
        }
    }

    private static (int First, int End) Share(int count, int step, int part, int parts)
    {
        int steps = (count + step - 1) / step;
        return (Math.Min(count, (int)((long)steps * part / parts) * step), Math.Min(count, (int)((long)steps * (part + 1) / parts) * step));
    }
}
