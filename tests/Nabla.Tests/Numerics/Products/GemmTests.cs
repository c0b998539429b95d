using System.Numerics;
using Nabla.Numerics.Memory;
using Nabla.Numerics.Products;
using Nabla.Numerics.Threads;
using Nabla.Tests.Reference;
using Nabla.Tests.Support;
using Xunit;

namespace Nabla.Tests.Numerics.Products;

public class GemmTests
{
    // Tiles have 5 or 6 rows and 2 vectors of 2 to 16 lanes. Sizes from 0 to 67 cover every tile edge, and one more.
    private static readonly int[] Rows = [0, 1, 2, 3, 5, 6, 7, 8, 10, 11, 12, 13, 14, 15, 16, 20, 31, 67];
    private static readonly int[] Columns = [0, 1, 2, 3, 4, 5, 7, 8, 9, 10, 15, 16, 17, 30, 31, 32, 33, 47, 64, 67];
    private static readonly int[] Depths = [0, 1, 2, 9, 33];

    private const int Around = 64;
    private const int Untouched = 12345;

    [Fact]
    public void Every_small_product_in_float_has_the_bits_of_its_definition() => AllShapes<float>();

    [Fact]
    public void Every_small_product_in_double_has_the_bits_of_its_definition() => AllShapes<double>();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public void A_product_shared_between_threads_has_the_bits_of_its_definition(int threads)
    {
        using var team = new WorkerTeam(threads);
        Check<float>(team, 131, 77, 90, 5);
        Check<float>(team, 70, 213, 90, 0);
        Check<double>(team, 131, 77, 90, 1);
    }

    // Unpacked, with shares of different sizes: the last share is not the largest.
    [Theory]
    [InlineData(2, 20, 1000, 10)]
    [InlineData(7, 20, 1000, 10)]
    [InlineData(3, 10, 2000, 10)]
    [InlineData(2, 23, 330, 30)]
    [InlineData(5, 17, 730, 40)]
    [InlineData(7, 100, 31, 100)]
    public void A_small_product_shared_between_threads_has_the_bits_of_its_definition(int threads, int m, int n, int k)
    {
        using var team = new WorkerTeam(threads);
        for (int trial = 0; trial < 20; trial++)
        {
            Check<float>(team, m, n, k, trial % 2);
            Check<double>(team, m, n, k, trial % 2);
        }
    }

    // Large enough to be packed: several slabs and several blocks of rows, with remainders of rows, columns and k.
    [Theory]
    [InlineData(1, 30, 40, 600)]
    [InlineData(2, 24, 16, 1400)]
    [InlineData(2, 197, 35, 259)]
    [InlineData(3, 100, 210, 64)]
    [InlineData(7, 61, 130, 257)]
    [InlineData(1, 290, 310, 700)]
    [InlineData(2, 290, 50, 350)]
    [InlineData(1, 140, 200, 1024)]
    [InlineData(3, 25, 1030, 33)]
    public void A_packed_product_has_the_bits_of_its_definition(int threads, int m, int n, int k)
    {
        using var team = new WorkerTeam(threads);
        Check<float>(team, m, n, k, 3);
        Check<double>(team, m, n, k, 0);
    }

    [Theory]
    [InlineData(1, 13, 5, 3)]
    [InlineData(2, 784, 30, 10)]
    [InlineData(3, 300, 70, 128)]
    [InlineData(2, 200, 40, 300)]
    [InlineData(2, 400, 60, 700)]
    [InlineData(1, 131, 64, 100)]
    public void A_block_fused_product_has_the_bits_of_its_definition(int parts, int m, int n, int k)
    {
        CheckBlockFused<float>(parts, m, n, k);
        CheckBlockFused<double>(parts, m, n, k);
    }

    private static void CheckBlockFused<T>(int parts, int m, int n, int k) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Matrix<T> a = NaiveGemm.Random<T>(k, m, m + 1, 1), b = NaiveGemm.Random<T>(k, n, n, 2);
        Compare(NaiveGemm.Multiply((i, p) => a[p, i], (p, j) => b[p, j], m, n, k), Product(a));
        Matrix<byte> pixels = NaiveGemm.RandomBytes(k, m, m + 3, 4);
        Compare(NaiveGemm.Multiply((i, p) => NaiveGemm.Unit<T>(pixels[p, i]), (p, j) => b[p, j], m, n, k), Product(pixels));

        Matrix<T> Product<TLeft>(Matrix<TLeft> left) where TLeft : unmanaged
        {
            var c = new Matrix<T>(m, n);
            var product = new BlockFusedGemm<T>();
            for (int part = 0; part < parts; part++)
            {
                (int first, int end) = BlockFusedGemm<T>.Share(m, part, parts);
                product.Run(left, b, first, end, new StoreRows<T>(c));
            }

            return c;
        }
    }

    [Theory]
    [InlineData(5, 30, 784, 390)]
    [InlineData(6, 100, 50, 1)]
    [InlineData(1, 17, 40, 20)]
    [InlineData(13, 3, 33, 11)]
    [InlineData(40, 8, 21, 20)]
    [InlineData(11, 20, 9, 4)]
    [InlineData(10, 30, 1500, 1100)]
    public void A_product_cut_along_k_has_the_bits_of_its_definition(int m, int n, int k, int cut)
    {
        CheckCut<float>(m, n, k, cut);
        CheckCut<double>(m, n, k, cut);
    }

    private static Matrix<T> ColumnsOf<T>(Matrix<T> matrix, int first, int end) where T : unmanaged
    {
        var slice = Matrix<T>.WithAlignedRows(matrix.Rows, end - first);
        for (int row = 0; row < matrix.Rows; row++)
        {
            matrix.Row(row)[first..end].CopyTo(slice.Row(row));
        }

        return slice;
    }

    private static void CheckCut<T>(int m, int n, int k, int cut) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Matrix<T> a = NaiveGemm.Random<T>(m, k, k + 1, 1), b = NaiveGemm.Random<T>(k, n, n, 2), c = NaiveGemm.Random<T>(m, n, n + 2, 3);
        Gemm.MultiplySerial(ColumnsOf(a, 0, cut), b.Slice(0, cut), c, accumulate: false);
        Gemm.MultiplySerial(ColumnsOf(a, cut, k), b.Slice(cut, k - cut), c, accumulate: true);
        Compare(NaiveGemm.Multiply((i, p) => a[i, p], (p, j) => b[p, j], m, n, k), c);

        Matrix<byte> pixels = NaiveGemm.RandomBytes(m, k, k + 3, 4);
        Gemm.MultiplySerial(ColumnsOf(pixels, 0, cut), b.Slice(0, cut), c, accumulate: false);
        Gemm.MultiplySerial(ColumnsOf(pixels, cut, k), b.Slice(cut, k - cut), c, accumulate: true);
        Compare(NaiveGemm.Multiply((i, p) => NaiveGemm.Unit<T>(pixels[i, p]), (p, j) => b[p, j], m, n, k), c);
    }

    [Theory]
    [InlineData(1, 1, 40, 50)]
    [InlineData(1, 10, 30, 784)]
    [InlineData(1, 784, 30, 10)]
    [InlineData(1, 17, 9, 2100)]
    [InlineData(2, 60, 3, 90)]
    [InlineData(1, 100, 64, 700)]
    [InlineData(2, 197, 35, 259)]
    [InlineData(3, 61, 130, 257)]
    [InlineData(2, 100, 300, 1100)]
    public void Skipping_zeros_changes_no_bit(int threads, int m, int n, int k)
    {
        using var team = new WorkerTeam(threads);
        CheckZeros<float>(team, m, n, k);
        CheckZeros<double>(team, m, n, k);
    }

    [Fact]
    public void A_product_allocates_nothing_after_the_first_one()
    {
        using var team = new WorkerTeam(2);
        Matrix<float> a = NaiveGemm.Random<float>(200, 200, 200, 1), c = new(200, 200);
        Run();
        Assert.Equal(0, Allocation.Of(Run));

        void Run()
        {
            Gemm.Multiply(team, a, a, c);
            Gemm.MultiplyTransposedLeft(team, a, a, c);
            Gemm.MultiplyTransposedRight(team, a, a, c);
        }
    }

    private static void AllShapes<T>() where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach (int m in Rows)
        {
            foreach (int n in Columns)
            {
                foreach (int k in Depths)
                {
                    Check<T>(WorkerTeam.Alone, m, n, k, (m + n) % 3);
                }
            }
        }
    }

    private static void Check<T>(WorkerTeam team, int m, int n, int k, int gap) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Check(team, NaiveGemm.Random<T>(m, k, k + gap, 1), NaiveGemm.Random<T>(k, m, m + gap, 3), n, gap);

    private static void CheckZeros<T>(WorkerTeam team, int m, int n, int k) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Check(team, NaiveGemm.RandomWithZeros<T>(m, k, k, 1), NaiveGemm.RandomWithZeros<T>(k, m, m, 3), n, 0);

    private static void Check<T>(WorkerTeam team, Matrix<T> a, Matrix<T> at, int n, int gap) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        (int m, int k) = (a.Rows, a.Columns);
        Matrix<T> b = NaiveGemm.Random<T>(k, n, n + gap, 2), bt = NaiveGemm.Random<T>(n, k, k + gap, 4);
        var memory = AlignedBuffer.For<T>((2 * Around) + ((long)m * (n + gap)));
        var c = new Matrix<T>(memory, Around, m, n, n + gap);
        memory.As<T>().Fill(T.CreateTruncating(Untouched));
        Gemm.Multiply(team, a, b, c);
        Compare(NaiveGemm.Multiply((i, p) => a[i, p], (p, j) => b[p, j], m, n, k), c);
        Gemm.MultiplyTransposedLeft(team, at, b, c);
        Compare(NaiveGemm.Multiply((i, p) => at[p, i], (p, j) => b[p, j], m, n, k), c);
        Gemm.MultiplyTransposedRight(team, a, bt, c);
        Compare(NaiveGemm.Multiply((i, p) => a[i, p], (p, j) => bt[j, p], m, n, k), c);

        Matrix<byte> pixels = NaiveGemm.RandomBytes(m, k, k + gap, 6);
        Gemm.Multiply(team, pixels, b, c);
        Compare(NaiveGemm.Multiply((i, p) => NaiveGemm.Unit<T>(pixels[i, p]), (p, j) => b[p, j], m, n, k), c);
        RequireUntouchedAround(memory.As<T>(), c);
    }

    /// <summary>The product has written to its cells only.</summary>
    private static void RequireUntouchedAround<T>(Span<T> memory, Matrix<T> c) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < memory.Length; i++)
        {
            int cell = i - Around;
            bool isCell = cell >= 0 && cell < c.Rows * c.Stride && cell % c.Stride < c.Columns;
            if (!isCell && memory[i] != T.CreateTruncating(Untouched))
            {
                Assert.Fail($"[{c.Rows}, {c.Columns}] with stride {c.Stride} wrote {memory[i]} at {cell}.");
            }
        }
    }

    private sealed class StoreRows<T>(Matrix<T> result) : IRowBlockEpilogue<T> where T : unmanaged
    {
        public void Apply(int first, ReadOnlySpan<T> rows) => rows.CopyTo(result.Slice(first, rows.Length / result.Columns).Elements);
    }

    private static void Compare<T>(T[,] expected, Matrix<T> actual) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < actual.Rows; i++)
        {
            for (int j = 0; j < actual.Columns; j++)
            {
                if (expected[i, j] != actual[i, j] || T.IsNegative(expected[i, j]) != T.IsNegative(actual[i, j]))
                {
                    Assert.Fail($"[{actual.Rows}, {actual.Columns}] at ({i}, {j}): {actual[i, j]}, expected {expected[i, j]}.");
                }
            }
        }
    }
}
