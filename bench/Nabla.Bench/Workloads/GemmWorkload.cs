using System.Text.Json.Nodes;
using Nabla.Numerics.Memory;
using Nabla.Numerics.Products;
using Nabla.Numerics.Random;
using Nabla.Numerics.Threads;

namespace Nabla.Bench.Workloads;

/// <summary>GEMM: products of square float matrices, the fastest of some calls.</summary>
internal static class GemmWorkload
{
    public static JsonObject Run(int threads)
    {
        using var team = new WorkerTeam(threads);
        var line = new JsonObject();
        foreach (int n in (int[])[1024, 2048])
        {
            Matrix<float> a = Uniform(n, 1), b = Uniform(n, 2), c = new(n, n);
            Gemm.Multiply(team, a, b, c);
            RequireProduct(a, b, c);
            // About as long as the machine's own peak is looked for, so that both have the same chance of a quiet moment.
            double[] seconds = CallTimes.Sorted(_ => Gemm.Multiply(team, a, b, c), 96 * 1024 / n * 1024 / n * 1024 / n);
            line[$"gflops_{n}"] = 2.0 * n * n * n / seconds[0] / 1e9;
        }

        return line;
    }

    private static Matrix<float> Uniform(int n, ulong seed)
    {
        var matrix = new Matrix<float>(n, n);
        var random = new CounterRandom(seed, RandomPurpose.SyntheticSamples);
        foreach (ref float element in matrix.Elements)
        {
            element = (float)random.NextDouble();
        }

        return matrix;
    }

    /// <summary>Holds some cells against the plain sum in double: what is fast and wrong is not timed.</summary>
    private static void RequireProduct(Matrix<float> a, Matrix<float> b, Matrix<float> c)
    {
        for (int row = 3; row < c.Rows; row += 101)
        {
            int column = row * 7 % c.Columns;
            double sum = 0;
            for (int k = 0; k < a.Columns; k++)
            {
                sum += (double)a[row, k] * b[k, column];
            }

            if (Math.Abs(c[row, column] - sum) > 1e-4 * sum)
            {
                throw new InvalidOperationException($"The product's cell ({row}, {column}) is {c[row, column]}, not {sum}.");
            }
        }
    }
}
