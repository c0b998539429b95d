using Nabla.Numerics.Memory;
using Nabla.Numerics.Random;

namespace Nabla.Bench.Kernels;

/// <summary>Normal numbers to compute with.</summary>
internal static class KernelData
{
    public static float[] Normal(int count, ulong seed)
    {
        float[] values = new float[count];
        Fill(values, seed);
        return values;
    }

    public static Matrix<float> Matrix(int rows, int columns, ulong seed)
    {
        var matrix = new Matrix<float>(rows, columns);
        Fill(matrix.Elements, seed);
        return matrix;
    }

    private static void Fill(Span<float> values, ulong seed)
    {
        var random = new CounterRandom(seed, RandomPurpose.SyntheticSamples);
        foreach (ref float value in values)
        {
            value = (float)random.NextNormal();
        }
    }
}
