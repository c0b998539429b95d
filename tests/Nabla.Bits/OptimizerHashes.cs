using System.Numerics;
using Nabla.Training.Registries;
using Nabla.Training.UpdateRules;

namespace Nabla.Bits;

/// <summary>Three updates of 37 parameters by every update rule, with both penalties.</summary>
internal static class OptimizerHashes
{
    public static IEnumerable<(string Name, string Hash)> All()
    {
        foreach (UpdateRule rule in TrainingChoices.BuiltIn.UpdateRules.Select(row => row.Create()))
        {
            yield return ($"optimizer.single.{rule.Name}", Of<float>(rule));
            yield return ($"optimizer.double.{rule.Name}", Of<double>(rule));
        }
    }

    private static string Of<T>(UpdateRule rule) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        const int Count = 37;
        int moments = rule.Moments;
        T[] weights = Hash.Normal<T>(Count, 7), first = new T[moments > 0 ? Count : 0], second = new T[moments > 1 ? Count : 0];
        UpdateFunction<T> function = rule.CreateFunction<T>();
        for (int step = 1; step <= 3; step++)
        {
            T[] gradient = Hash.Normal<T>(Count, 7 + (ulong)step);
            function.Apply(new UpdateStep(0.03, 0.1, 1e-3, 2e-3, step), weights, gradient, first, second);
        }

        return Hash.Of(weights, first, second);
    }
}
