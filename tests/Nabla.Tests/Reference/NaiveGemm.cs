using System.Numerics;
using Nabla.Numerics;

namespace Nabla.Tests.Reference;

/// <summary>The matrix product as its definition says it: one chain of fused multiply-adds an element.</summary>
internal static class NaiveGemm
{
    public static T[,] Multiply<T>(Func<int, int, T> a, Func<int, int, T> b, int m, int n, int k) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var c = new T[m, n];
        for (int i = 0; i < m; i++)
        {
            for (int j = 0; j < n; j++)
            {
                T sum = T.Zero;
                for (int p = 0; p < k; p++)
                {
                    sum = T.FusedMultiplyAdd(a(i, p), b(p, j), sum);
                }

                c[i, j] = sum;
            }
        }

        return c;
    }

    public static Matrix<T> Random<T>(int rows, int columns, int stride, ulong seed) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = new CounterRandom(seed, RandomPurpose.SyntheticSamples);
        var matrix = new Matrix<T>(AlignedBuffer.For<T>((long)rows * stride), 0, rows, columns, stride);
        for (int i = 0; i < rows; i++)
        {
            foreach (ref T value in matrix.Row(i))
            {
                value = T.CreateTruncating(random.NextNormal());
            }
        }

        return matrix;
    }
}
