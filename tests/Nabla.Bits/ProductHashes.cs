using System.Numerics;
using Nabla.Numerics.Functions;
using Nabla.Numerics.Memory;
using Nabla.Numerics.Products;
using Nabla.Numerics.Threads;

namespace Nabla.Bits;

/// <summary>The three forms of the matrix product, on shapes around the tile edges of every vector width; the last ones are shared between threads.</summary>
internal static class ProductHashes
{
    private static readonly (int M, int N, int K)[] Shapes = [(1, 1, 5), (2, 3, 9), (6, 10, 33), (7, 16, 20), (13, 17, 11), (5, 33, 40), (49, 35, 21), (131, 40, 110), (40, 150, 99)];

    public static IEnumerable<(string Name, string Hash)> All(int threads)
    {
        using var team = new WorkerTeam(threads);
        foreach ((int m, int n, int k) in Shapes)
        {
            yield return ($"product.single.{m}x{n}x{k}", Of<float>(team, m, n, k));
            yield return ($"product.double.{m}x{n}x{k}", Of<double>(team, m, n, k));
        }
    }

    private static string Of<T>(WorkerTeam team, int m, int n, int k) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Matrix<T> a = Hash.Matrix<T>(m, k, 1), b = Hash.Matrix<T>(k, n, 2), aTransposed = Hash.Matrix<T>(k, m, 3), bTransposed = Hash.Matrix<T>(n, k, 4);
        Matrix<T> plain = new(m, n), left = new(m, n), right = new(m, n);
        Gemm.Multiply(team, a, b, plain);
        Gemm.MultiplyTransposedLeft(team, aTransposed, b, left);
        Gemm.MultiplyTransposedRight(team, a, bTransposed, right);
        T[] sums = new T[n];
        Elementwise.SumColumns(plain, sums);
        return Hash.Of<T>(plain.Elements.ToArray(), left.Elements.ToArray(), right.Elements.ToArray(), sums);
    }
}
