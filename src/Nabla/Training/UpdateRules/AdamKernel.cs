using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Nabla.Numerics.Functions;

namespace Nabla.Training.UpdateRules;

/// <summary>The update that <see cref="Adam"/> and <see cref="AdamW"/> share.</summary>
internal readonly struct AdamKernel<T>(double beta1, double beta2, double epsilon, UpdateStep step) : IUpdateKernel<T> where T : unmanaged
{
    private readonly Vector512<T> beta1 = Lanes.Constant<T>(beta1);
    private readonly Vector512<T> rest1 = Lanes.Constant<T>(1 - beta1);
    private readonly Vector512<T> beta2 = Lanes.Constant<T>(beta2);
    private readonly Vector512<T> rest2 = Lanes.Constant<T>(1 - beta2);
    private readonly Vector512<T> rootOfCorrection2 = Lanes.Constant<T>(Math.Sqrt(1 - WholePower.Of(beta2, step.Step)));
    private readonly Vector512<T> epsilon = Lanes.Constant<T>(epsilon);
    private readonly Vector512<T> rate = Lanes.Constant<T>(-step.LearningRate / (1 - WholePower.Of(beta1, step.Step)));

    public static int Moments => 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Update(ref Vector512<T> w, Vector512<T> g, ref Vector512<T> first, ref Vector512<T> second)
    {
        first = Lanes.FusedMultiplyAdd(beta1, first, rest1 * g);
        second = Lanes.FusedMultiplyAdd(beta2, second, rest2 * g * g);
        Vector512<T> denominator = (Vector512.Sqrt(second) / rootOfCorrection2) + epsilon;
        w = Lanes.FusedMultiplyAdd(rate, first / denominator, w);
    }
}
