using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Nabla.Numerics.Functions;
using Nabla.Numerics.Vectors;

namespace Nabla.Training.UpdateRules;

/// <summary>v ← μv + g, w ← w − ηv. Any μ is taken, also below 0 and above 1 (ledger T79, T122 to T125).</summary>
internal readonly struct Momentum<T, TL1>(OptimizerOptions options, UpdateStep step) : IUpdateRule<Vector512<T>> where T : unmanaged where TL1 : struct, IBoolConstant
{
    private readonly Gradient<T, TL1> gradient = new(step);
    private readonly Vector512<T> momentum = Lanes.Constant<T>(options.Momentum);
    private readonly Vector512<T> rate = Lanes.Constant<T>(-step.LearningRate);

    public static int Moments => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Update(ref Vector512<T> w, Vector512<T> g, ref Vector512<T> first, ref Vector512<T> second)
    {
        first = Lanes.FusedMultiplyAdd(momentum, first, gradient.At(w, g));
        w = Lanes.FusedMultiplyAdd(rate, first, w);
    }
}
