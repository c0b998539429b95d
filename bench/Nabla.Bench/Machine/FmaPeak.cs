using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Nabla.Bench.Machine;

/// <summary>How many floating-point operations a second the machine can do at best: independent chains of fused multiply-adds in registers alone.</summary>
/// <remarks>
/// Twelve chains: a multiply-add takes four cycles on current processors and two may start in each, so eight keep the units busy,
/// and twelve with their two constants still fit into the sixteen registers of AVX2.
/// </remarks>
internal static class FmaPeak
{
    private const int Chains = 12;
    private const int Iterations = 20_000_000;
    private const int Repetitions = 12;

    /// <summary>The vectors that are used, in bits: the widest that the hardware has.</summary>
    public static int Width => Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;

    /// <summary>GFLOP/s in float on some threads; a fused multiply-add counts as two.</summary>
    public static double Measure(int threads)
    {
        Func<int, float> chains = Width switch { 512 => Chains512, 256 => Chains256, _ => Chains128 };
        float[] results = new float[threads];
        double seconds = SideBySide.ShortestSeconds(threads, Repetitions, () => () => results[0] = chains(Iterations));
        double operations = 2.0 * Chains * (Width / 32) * Iterations * threads;
        return float.IsFinite(results[0]) ? operations / seconds / 1e9 : throw new InvalidOperationException("The chains must stay finite.");
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Chains512(int iterations)
    {
        Vector512<float> factor = Vector512.Create(0.999f), term = Vector512.Create(0.001f);
        Vector512<float> c0 = term, c1 = term, c2 = term, c3 = term, c4 = term, c5 = term, c6 = term, c7 = term, c8 = term, c9 = term, c10 = term, c11 = term;
        for (int i = 0; i < iterations; i++)
        {
            c0 = Vector512.FusedMultiplyAdd(c0, factor, term);
            c1 = Vector512.FusedMultiplyAdd(c1, factor, term);
            c2 = Vector512.FusedMultiplyAdd(c2, factor, term);
            c3 = Vector512.FusedMultiplyAdd(c3, factor, term);
            c4 = Vector512.FusedMultiplyAdd(c4, factor, term);
            c5 = Vector512.FusedMultiplyAdd(c5, factor, term);
            c6 = Vector512.FusedMultiplyAdd(c6, factor, term);
            c7 = Vector512.FusedMultiplyAdd(c7, factor, term);
            c8 = Vector512.FusedMultiplyAdd(c8, factor, term);
            c9 = Vector512.FusedMultiplyAdd(c9, factor, term);
            c10 = Vector512.FusedMultiplyAdd(c10, factor, term);
            c11 = Vector512.FusedMultiplyAdd(c11, factor, term);
        }

        return Vector512.Sum(c0 + c1 + c2 + c3 + c4 + c5 + c6 + c7 + c8 + c9 + c10 + c11);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Chains256(int iterations)
    {
        Vector256<float> factor = Vector256.Create(0.999f), term = Vector256.Create(0.001f);
        Vector256<float> c0 = term, c1 = term, c2 = term, c3 = term, c4 = term, c5 = term, c6 = term, c7 = term, c8 = term, c9 = term, c10 = term, c11 = term;
        for (int i = 0; i < iterations; i++)
        {
            c0 = Vector256.FusedMultiplyAdd(c0, factor, term);
            c1 = Vector256.FusedMultiplyAdd(c1, factor, term);
            c2 = Vector256.FusedMultiplyAdd(c2, factor, term);
            c3 = Vector256.FusedMultiplyAdd(c3, factor, term);
            c4 = Vector256.FusedMultiplyAdd(c4, factor, term);
            c5 = Vector256.FusedMultiplyAdd(c5, factor, term);
            c6 = Vector256.FusedMultiplyAdd(c6, factor, term);
            c7 = Vector256.FusedMultiplyAdd(c7, factor, term);
            c8 = Vector256.FusedMultiplyAdd(c8, factor, term);
            c9 = Vector256.FusedMultiplyAdd(c9, factor, term);
            c10 = Vector256.FusedMultiplyAdd(c10, factor, term);
            c11 = Vector256.FusedMultiplyAdd(c11, factor, term);
        }

        return Vector256.Sum(c0 + c1 + c2 + c3 + c4 + c5 + c6 + c7 + c8 + c9 + c10 + c11);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Chains128(int iterations)
    {
        Vector128<float> factor = Vector128.Create(0.999f), term = Vector128.Create(0.001f);
        Vector128<float> c0 = term, c1 = term, c2 = term, c3 = term, c4 = term, c5 = term, c6 = term, c7 = term, c8 = term, c9 = term, c10 = term, c11 = term;
        for (int i = 0; i < iterations; i++)
        {
            c0 = Vector128.FusedMultiplyAdd(c0, factor, term);
            c1 = Vector128.FusedMultiplyAdd(c1, factor, term);
            c2 = Vector128.FusedMultiplyAdd(c2, factor, term);
            c3 = Vector128.FusedMultiplyAdd(c3, factor, term);
            c4 = Vector128.FusedMultiplyAdd(c4, factor, term);
            c5 = Vector128.FusedMultiplyAdd(c5, factor, term);
            c6 = Vector128.FusedMultiplyAdd(c6, factor, term);
            c7 = Vector128.FusedMultiplyAdd(c7, factor, term);
            c8 = Vector128.FusedMultiplyAdd(c8, factor, term);
            c9 = Vector128.FusedMultiplyAdd(c9, factor, term);
            c10 = Vector128.FusedMultiplyAdd(c10, factor, term);
            c11 = Vector128.FusedMultiplyAdd(c11, factor, term);
        }

        return Vector128.Sum(c0 + c1 + c2 + c3 + c4 + c5 + c6 + c7 + c8 + c9 + c10 + c11);
    }
}
