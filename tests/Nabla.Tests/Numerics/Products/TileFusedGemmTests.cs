using System.Numerics;
using System.Runtime.Intrinsics;
using Nabla.Numerics.Memory;
using Nabla.Numerics.Products;
using Nabla.Numerics.Products.MicroKernels;
using Nabla.Numerics.Vectors;
using Nabla.Tests.Reference;
using Xunit;

namespace Nabla.Tests.Numerics.Products;

public unsafe class TileFusedGemmTests
{
    [Theory]
    [InlineData(1, 16, 1)]
    [InlineData(7, 20, 3)]
    [InlineData(60, 16, 10)]
    [InlineData(784, 30, 10)]
    [InlineData(98, 33, 31)]
    [InlineData(97, 65, 32)]
    [InlineData(50, 100, 32)]
    [InlineData(200, 47, 16)]
    public void A_tile_fused_product_has_the_bits_of_its_definition(int m, int n, int k)
    {
        Check<float, Vector512<float>, Lanes512<float>>(m, n, k);
        Check<float, Vector256<float>, Lanes256<float>>(m, n, k);
        Check<float, Vector128<float>, Lanes128<float>>(m, n, k);
        Check<double, Vector512<double>, Lanes512<double>>(m, n, k);
        Check<double, Vector256<double>, Lanes256<double>>(m, n, k);
        Check<double, Vector128<double>, Lanes128<double>>(m, n, k);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(15)]
    public void A_narrow_tile_fused_product_has_the_bits_of_its_definition(int n)
    {
        Check<float, Vector128<float>, Lanes128<float>>(17, n, 6);
        Check<double, Vector256<double>, Lanes256<double>>(17, n, 6);
        Check<double, Vector128<double>, Lanes128<double>>(17, n, 6);
    }

    private static void Check<T, TVector, TLanes>(int m, int n, int k)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
    {
        Check<T, TVector, TLanes, T>(NaiveGemm.Random<T>(k, m, m + 1, 1), value => value, n);
        Check<T, TVector, TLanes, T>(NaiveGemm.RandomWithZeros<T>(k, m, m, 2), value => value, n);
        Check<T, TVector, TLanes, byte>(NaiveGemm.RandomBytes(k, m, m + 1, 2), NaiveGemm.Unit<T>, n);
    }

    private static void Check<T, TVector, TLanes, TLeft>(Matrix<TLeft> a, Func<TLeft, T> number, int n)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
        where TLeft : unmanaged
    {
        (int k, int m) = (a.Rows, a.Columns);
        Matrix<T> b = NaiveGemm.Random<T>(k, n, n + 2, 3), c = NaiveGemm.Random<T>(m, n, n, 4), before = NaiveGemm.Random<T>(m, n, n, 4);
        int first = m / 5, end = m - (m / 7);
        var store = new StoreEpilogue<T, TVector, TLanes>(c.Pointer);
        TileFusedGemm.Run<T, TVector, TLanes, TLeft, StoreEpilogue<T, TVector, TLanes>>(a, b, first, end, ref store);
        T[,] expected = NaiveGemm.Multiply((i, p) => number(a[p, i]), (p, j) => b[p, j], m, n, k);
        for (int i = 0; i < m; i++)
        {
            for (int j = 0; j < n; j++)
            {
                T value = i >= first && i < end ? expected[i, j] : before[i, j];
                Assert.True(value.Equals(c[i, j]) && T.IsNegative(value) == T.IsNegative(c[i, j]), $"[{m}, {n}], k = {k}, at ({i}, {j}): {c[i, j]}, expected {value}.");
            }
        }
    }
}
