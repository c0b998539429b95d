using System.Numerics;

namespace Nabla.Numerics;

/// <summary>Matrix products. Every element of c is one chain of fused multiply-adds over k = 0, 1, 2 …, whatever the threads, the vector width or the blocking.</summary>
internal static class Gemm
{
    /// <summary>c = a·b. a: [m, k], b: [k, n], c: [m, n].</summary>
    public static void Multiply<T>(WorkerTeam team, Matrix<T> a, Matrix<T> b, Matrix<T> c) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < c.Rows; i++)
        {
            for (int j = 0; j < c.Columns; j++)
            {
                T s = T.Zero; for (int k = 0; k < a.Columns; k++) { s = T.FusedMultiplyAdd(a[i, k], b[k, j], s); } c[i, j] = s;
            }
        }
    }

    /// <summary>c = aᵀ·b. a: [k, m], b: [k, n], c: [m, n].</summary>
    public static void MultiplyTransposedLeft<T>(WorkerTeam team, Matrix<T> a, Matrix<T> b, Matrix<T> c) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < c.Rows; i++)
        {
            for (int j = 0; j < c.Columns; j++)
            {
                T s = T.Zero; for (int k = 0; k < a.Rows; k++) { s = T.FusedMultiplyAdd(a[k, i], b[k, j], s); } c[i, j] = s;
            }
        }
    }

    /// <summary>c = a·bᵀ. a: [m, k], b: [n, k], c: [m, n].</summary>
    public static void MultiplyTransposedRight<T>(WorkerTeam team, Matrix<T> a, Matrix<T> b, Matrix<T> c) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < c.Rows; i++)
        {
            for (int j = 0; j < c.Columns; j++)
            {
                T s = T.Zero; for (int k = 0; k < a.Columns; k++) { s = T.FusedMultiplyAdd(a[i, k], b[j, k], s); } c[i, j] = s;
            }
        }
    }
}
