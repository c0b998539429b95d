using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Nabla.Numerics.Functions;
using Nabla.Numerics.Vectors;

namespace Nabla.Training.UpdateRules;

/// <summary>v ← μv + g, w ← w − η(g + μv). Ledger T125.</summary>
internal readonly struct Nesterov<T, TL1>(OptimizerOptions options, UpdateStep step) : IUpdateRule<Vector512<T>> where T : unmanaged where TL1 : struct, IBoolConstant
{
    private readonly Gradient<T, TL1> gradient = new(step);
    private readonly Vector512<T> momentum = Lanes.Constant<T>(options.Momentum);
    private readonly Vector512<T> rate = Lanes.Constant<T>(-step.LearningRate);

    public static int Moments => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Update(ref Vector512<T> w, Vector512<T> g, ref Vector512<T> first, ref Vector512<T> second)
    {
        Vector512<T> slope = gradient.At(w, g);
        first = Lanes.FusedMultiplyAdd(momentum, first, slope);
        w = Lanes.FusedMultiplyAdd(rate, Lanes.FusedMultiplyAdd(momentum, first, slope), w);
    }
}
