using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Nabla.Numerics.Functions;
using Nabla.Numerics.Vectors;

namespace Nabla.Training.UpdateRules;

/// <summary>s ← αs + (1 − α)g², w ← w − ηg/(√s + ε) (Tieleman and Hinton 2012; ε outside the root).</summary>
internal readonly struct RmsProp<T, TL1>(OptimizerOptions options, UpdateStep step) : IUpdateRule<Vector512<T>> where T : unmanaged where TL1 : struct, IBoolConstant
{
    private readonly Gradient<T, TL1> gradient = new(step);
    private readonly Vector512<T> alpha = Lanes.Constant<T>(options.Alpha);
    private readonly Vector512<T> rest = Lanes.Constant<T>(1 - options.Alpha);
    private readonly Vector512<T> epsilon = Lanes.Constant<T>(options.Epsilon);
    private readonly Vector512<T> rate = Lanes.Constant<T>(-step.LearningRate);

    public static int Moments => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Update(ref Vector512<T> w, Vector512<T> g, ref Vector512<T> first, ref Vector512<T> second)
    {
        Vector512<T> slope = gradient.At(w, g);
        first = Lanes.FusedMultiplyAdd(alpha, first, rest * slope * slope);
        w = Lanes.FusedMultiplyAdd(rate, slope / (Vector512.Sqrt(first) + epsilon), w);
    }
}
