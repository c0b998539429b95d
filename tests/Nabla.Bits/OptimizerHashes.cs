using System.Numerics;
using Nabla.Training.UpdateRules;

namespace Nabla.Bits;

/// <summary>Three updates of 37 parameters by every update rule, with both penalties.</summary>
internal static class OptimizerHashes
{
    public static IEnumerable<(string Name, string Hash)> All()
    {
        foreach (OptimizerKind kind in Enum.GetValues<OptimizerKind>())
        {
            yield return ($"optimizer.single.{kind}", Of<float>(kind));
            yield return ($"optimizer.double.{kind}", Of<double>(kind));
        }
    }

    private static string Of<T>(OptimizerKind kind) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        const int Count = 37;
        int moments = UpdateRule.MomentCount(kind);
        T[] weights = Hash.Normal<T>(Count, 7), first = new T[moments > 0 ? Count : 0], second = new T[moments > 1 ? Count : 0];
        for (int step = 1; step <= 3; step++)
        {
            T[] gradient = Hash.Normal<T>(Count, 7 + (ulong)step);
            UpdateRule.Apply<T>(new kind(), new UpdateStep(0.03, 0.1, 1e-3, 2e-3, step), weights, gradient, first, second);
        }

        return Hash.Of(weights, first, second);
    }
}
