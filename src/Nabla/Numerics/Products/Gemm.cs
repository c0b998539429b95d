using System.Numerics;
using Nabla.Numerics.Memory;
using Nabla.Numerics.Threads;

namespace Nabla.Numerics.Products;

/// <summary>
/// Matrix products. Every element of c is one chain of fused multiply-adds over k = 0, 1, 2 … that starts from 0, whatever the threads,
/// the vector width or the shape: its bits are a function of its row of a and its column of b alone.
/// </summary>
internal static class Gemm
{
    /// <summary>c = a·b. a: [m, k], b: [k, n], c: [m, n]. A receiver goes on with the cells while their worker has them near.</summary>
    /// <typeparam name="T">The elements.</typeparam>
    /// <typeparam name="TLeft">Those of a: the same, or bytes that stand for byte / 255.</typeparam>
    public static void Multiply<T, TLeft>(WorkerTeam team, Matrix<TLeft> a, Matrix<T> b, Matrix<T> c, IProductBlocks? receiver = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLeft : unmanaged =>
        Run(team, a, false, b, false, c, receiver);

    /// <summary>c = aᵀ·b. a: [k, m], b: [k, n], c: [m, n].</summary>
    public static void MultiplyTransposedLeft<T>(WorkerTeam team, Matrix<T> a, Matrix<T> b, Matrix<T> c) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Run(team, a, true, b, false, c, null);

    /// <summary>c = a·bᵀ. a: [m, k], b: [n, k], c: [m, n].</summary>
    public static void MultiplyTransposedRight<T>(WorkerTeam team, Matrix<T> a, Matrix<T> b, Matrix<T> c, IProductBlocks? receiver = null) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Run(team, a, false, b, true, c, receiver);

    /// <summary>Some steps of k, on the calling thread: c = a·b, or going on with what the steps before them have left in c. a: [m, k], b: [k, n], c: [m, n].</summary>
    /// <typeparam name="T">The elements.</typeparam>
    /// <typeparam name="TLeft">Those of a: the same, or bytes that stand for byte / 255.</typeparam>
    public static unsafe void MultiplySteps<T, TLeft>(Matrix<TLeft> a, Matrix<T> b, Matrix<T> c, bool goOn)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLeft : unmanaged
    {
        GemmKernels.Multiply(new GemmOperand<TLeft>(a), new GemmOperand<T>(b), c.Pointer, c.Stride, goOn);
        a.KeepAlive();
        b.KeepAlive();
        c.KeepAlive();
    }

    private static void Run<T, TLeft>(WorkerTeam team, Matrix<TLeft> a, bool turnLeft, Matrix<T> b, bool turnRight, Matrix<T> c, IProductBlocks? receiver)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLeft : unmanaged
    {
        GemmWork<T> job = team.Job<GemmWork<T>>();
        team.Run(job, job.Set(team, new GemmOperand<TLeft>(a, turnLeft), new GemmOperand<T>(b, turnRight), c, receiver));
        a.KeepAlive();
        b.KeepAlive();
        c.KeepAlive();
    }
}
