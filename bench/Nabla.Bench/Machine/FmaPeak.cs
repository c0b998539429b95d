using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Nabla.Numerics.Vectors;

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
        Func<int, float> chains = Width switch
        {
            512 => Run<Vector512<float>, Lanes512<float>>,
            256 => Run<Vector256<float>, Lanes256<float>>,
            _ => Run<Vector128<float>, Lanes128<float>>,
        };
        float[] results = new float[threads];
        double seconds = SideBySide.ShortestSeconds(threads, Repetitions, () => () => results[0] = chains(Iterations));
        double operations = 2.0 * Chains * (Width / 32) * Iterations * threads;
        return float.IsFinite(results[0]) ? operations / seconds / 1e9 : throw new InvalidOperationException("The chains must stay finite.");
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Run<TVector, TLanes>(int iterations)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, float>
    {
        TVector factor = TLanes.Create(0.999f), term = TLanes.Create(0.001f);
        TVector c0 = term, c1 = term, c2 = term, c3 = term, c4 = term, c5 = term, c6 = term, c7 = term, c8 = term, c9 = term, c10 = term, c11 = term;
        for (int i = 0; i < iterations; i++)
        {
            c0 = TLanes.FusedMultiplyAdd(c0, factor, term);
            c1 = TLanes.FusedMultiplyAdd(c1, factor, term);
            c2 = TLanes.FusedMultiplyAdd(c2, factor, term);
            c3 = TLanes.FusedMultiplyAdd(c3, factor, term);
            c4 = TLanes.FusedMultiplyAdd(c4, factor, term);
            c5 = TLanes.FusedMultiplyAdd(c5, factor, term);
            c6 = TLanes.FusedMultiplyAdd(c6, factor, term);
            c7 = TLanes.FusedMultiplyAdd(c7, factor, term);
            c8 = TLanes.FusedMultiplyAdd(c8, factor, term);
            c9 = TLanes.FusedMultiplyAdd(c9, factor, term);
            c10 = TLanes.FusedMultiplyAdd(c10, factor, term);
            c11 = TLanes.FusedMultiplyAdd(c11, factor, term);
        }

        // All chains must count, or the compiler might leave some of them out.
        TVector sum = TLanes.FusedMultiplyAdd(c0, c1, TLanes.FusedMultiplyAdd(c2, c3, TLanes.FusedMultiplyAdd(c4, c5, TLanes.FusedMultiplyAdd(c6, c7, TLanes.FusedMultiplyAdd(c8, c9, TLanes.FusedMultiplyAdd(c10, c11, term))))));
        return Unsafe.As<TVector, float>(ref sum);
    }
}
