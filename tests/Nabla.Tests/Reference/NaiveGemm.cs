using System.Numerics;
using Nabla.Numerics.Memory;
using Nabla.Numerics.Random;

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

                // −0 is stored as 0.
                c[i, j] = sum + T.Zero;
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

    /// <summary>Grey values, most of them dark, as pictures have them.</summary>
    public static Matrix<byte> RandomBytes(int rows, int columns, int stride, ulong seed)
    {
        var random = new CounterRandom(seed, RandomPurpose.SyntheticSamples, 2);
        var matrix = new Matrix<byte>(AlignedBuffer.For<byte>((long)rows * stride), 0, rows, columns, stride);
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                bool dark = (i / 3) % 5 != 0 && (j / 11) % 3 != (i / 9) % 3;
                matrix[i, j] = dark ? (byte)0 : (byte)random.NextUInt32();
            }
        }

        return matrix;
    }

    /// <summary>What a byte stands for.</summary>
    public static T Unit<T>(byte value) where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.CreateTruncating(value) / T.CreateTruncating(255);

    /// <summary>As pictures and one-hot columns are: stretches of zeros, some of them −0, single zeros, and numbers so small that products of them vanish.</summary>
    public static Matrix<T> RandomWithZeros<T>(int rows, int columns, int stride, ulong seed) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Matrix<T> matrix = Random<T>(rows, columns, stride, seed);
        var random = new CounterRandom(seed, RandomPurpose.SyntheticSamples, 1);
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                bool dark = (i / 20) % 2 == 0 ? (j / 11) % 3 != (i / 9) % 3 : (j / 30) % 4 != 0;
                double chance = random.NextDouble();
                matrix[i, j] = dark ? (chance < 0.5 ? T.Zero : T.NegativeZero) : chance < 0.2 ? T.Zero : chance < 0.4 ? -T.Epsilon : matrix[i, j];
            }
        }

        return matrix;
    }
}
