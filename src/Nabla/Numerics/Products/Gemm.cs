using System.Numerics;
using Nabla.Numerics.Memory;
using Nabla.Numerics.Products.Operands;
using Nabla.Numerics.Threads;

namespace Nabla.Numerics.Products;

/// <summary>
/// Matrix products. Every element of c is one chain of fused multiply-adds over k = 0, 1, 2 … that starts from 0,
/// whatever the threads, the vector width or the shape: its bits are a function of its row of a and its column of b
/// alone.
/// </summary>
internal static class Gemm
{
    /// <summary>
    /// c = a·b. a: [m, k], b: [k, n], c: [m, n]. The epilogue processes each worker's block of c while it is still in
    /// the worker's cache.
    /// </summary>
    /// <typeparam name="T">The elements of b and c.</typeparam>
    /// <typeparam name="TLeft">The elements of a: T, or bytes that are scaled to byte / 255.</typeparam>
    public static void Multiply<T, TLeft>(WorkerTeam team, Matrix<TLeft> a, Matrix<T> b, Matrix<T> c, IBlockEpilogue? epilogue = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLeft : unmanaged =>
        Run(team, a, false, b, false, c, epilogue);

    /// <summary>c = aᵀ·b. a: [k, m], b: [k, n], c: [m, n].</summary>
    public static void MultiplyTransposedLeft<T>(WorkerTeam team, Matrix<T> a, Matrix<T> b, Matrix<T> c) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Run(team, a, true, b, false, c, null);

    /// <summary>c = a·bᵀ. a: [m, k], b: [n, k], c: [m, n].</summary>
    public static void MultiplyTransposedRight<T>(WorkerTeam team, Matrix<T> a, Matrix<T> b, Matrix<T> c, IBlockEpilogue? epilogue = null) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Run(team, a, false, b, true, c, epilogue);

    /// <summary>
    /// c = a·b, or c += a·b if <paramref name="accumulate"/>, on the calling thread. a: [m, k], b: [k, n], c: [m, n].
    /// </summary>
    /// <remarks>
    /// A product cut along k into several calls, in the order of k, has the bits of the whole product.
    /// </remarks>
    /// <typeparam name="T">The elements of b and c.</typeparam>
    /// <typeparam name="TLeft">The elements of a: T, or bytes that are scaled to byte / 255.</typeparam>
    public static unsafe void MultiplySerial<T, TLeft>(Matrix<TLeft> a, Matrix<T> b, Matrix<T> c, bool accumulate)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLeft : unmanaged
    {
        UnpackedGemm.Multiply(new GemmOperand<TLeft>(a), new GemmOperand<T>(b), c.Pointer, c.Stride, accumulate);
        a.KeepAlive();
        b.KeepAlive();
        c.KeepAlive();
    }

    private static void Run<T, TLeft>(WorkerTeam team, Matrix<TLeft> a, bool transposeLeft, Matrix<T> b, bool transposeRight, Matrix<T> c, IBlockEpilogue? epilogue)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLeft : unmanaged
    {
        GemmJob<T> job = team.Job<GemmJob<T>>();
        team.Run(job, job.Prepare(team, new GemmOperand<TLeft>(a, transposeLeft), new GemmOperand<T>(b, transposeRight), c, epilogue));
        a.KeepAlive();
        b.KeepAlive();
        c.KeepAlive();
    }
}
