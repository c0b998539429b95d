using System.Numerics;
using Nabla.Network.Activations;
using Nabla.Numerics;

namespace Nabla.Network;

/// <summary>The activation of a whole layer: one function for all units, or runs of units that share one (ledger T06).</summary>
internal sealed class LayerActivation
{
    private readonly (int Start, int Count, Activation Activation)[] runs;

    public LayerActivation(LayerOptions layer)
    {
        if (layer.UnitActivations is not { } units)
        {
            runs = [(0, layer.Units, layer.Activation)];
            return;
        }

        var found = new List<(int Start, int Count, Activation Activation)>();
        for (int unit = 0; unit < units.Count; unit++)
        {
            if (found.Count > 0 && found[^1].Activation == units[unit])
            {
                found[^1] = found[^1] with { Count = found[^1].Count + 1 };
            }
            else
            {
                found.Add((unit, 1, units[unit]));
            }
        }

        runs = [.. found];
    }

    /// <summary>Whether the layer is a softmax, which <see cref="Costs.OutputCost"/> computes over whole rows.</summary>
    public bool IsSoftmax => runs[0].Activation == Activation.Softmax;

    /// <summary>a = f(z) in place. z: [samples, units], without gaps.</summary>
    public void Apply<T>(Matrix<T> z) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (runs.Length == 1)
        {
            ActivationFunctions.Apply(runs[0].Activation, z.Elements);
            return;
        }

        for (int row = 0; row < z.Rows; row++)
        {
            foreach ((int start, int count, Activation activation) in runs)
            {
                ActivationFunctions.Apply(activation, z.Row(row).Slice(start, count));
            }
        }
    }

    /// <summary>a = f(z) in place and f′(z) beside it. Both: [samples, units], without gaps.</summary>
    public void ApplyWithDerivative<T>(Matrix<T> z, Matrix<T> derivative) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (runs.Length == 1)
        {
            ActivationFunctions.ApplyWithDerivative(runs[0].Activation, z.Elements, derivative.Elements);
            return;
        }

        for (int row = 0; row < z.Rows; row++)
        {
            foreach ((int start, int count, Activation activation) in runs)
            {
                ActivationFunctions.ApplyWithDerivative(activation, z.Row(row).Slice(start, count), derivative.Row(row).Slice(start, count));
            }
        }
    }
}
