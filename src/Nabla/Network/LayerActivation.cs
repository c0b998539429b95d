using System.Numerics;
using Nabla.Network.Activations;
using Nabla.Numerics.Memory;

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
            Apply(z.Row(row), 0);
        }
    }

    /// <summary>a = f(z) in place for units [first, first + length) of one sample.</summary>
    public void Apply<T>(Span<T> z, int first) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach ((int start, int count, Activation activation) in runs)
        {
            (int from, int to) = Overlap(start, count, first, z.Length);
            if (from < to)
            {
                ActivationFunctions.Apply(activation, z[from..to]);
            }
        }
    }

    /// <summary>a = f(z) in place and f′(z) beside it, for units [first, first + length) of one sample.</summary>
    public void ApplyWithDerivative<T>(Span<T> z, Span<T> derivative, int first) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach ((int start, int count, Activation activation) in runs)
        {
            (int from, int to) = Overlap(start, count, first, z.Length);
            if (from < to)
            {
                ActivationFunctions.ApplyWithDerivative(activation, z[from..to], derivative[from..to]);
            }
        }
    }

    /// <summary>Where a run of units meets a part of the layer, from the start of the part.</summary>
    private static (int From, int To) Overlap(int start, int count, int first, int length) =>
        (Math.Max(0, start - first), Math.Min(length, start + count - first));

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
            ApplyWithDerivative(z.Row(row), derivative.Row(row), 0);
        }
    }
}
