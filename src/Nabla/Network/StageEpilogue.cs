using System.Numerics;
using Nabla.Network.Activations;
using Nabla.Numerics.Functions;
using Nabla.Numerics.Memory;
using Nabla.Numerics.Products;

namespace Nabla.Network;

/// <summary>What follows the outputs of a stage's transforming layer, block by block while the block is in a near cache: the bias, then the first activation and, for training, its slopes.</summary>
internal sealed class StageEpilogue<T>(bool hasBias, int number, ActivationFunction<T>? activation) : IBlockEpilogue where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private Matrix<T> z;
    private Matrix<T> slopes;
    private Parameters? parameters;
    private bool activates;
    private bool differentiates;

    /// <summary>Sets the matrices of the next pass.</summary>
    /// <param name="biases">The parameters that hold the biases.</param>
    /// <param name="outputs">z, which becomes a = f(z + b).</param>
    /// <param name="derivatives">Receives f′; null where no backward pass follows.</param>
    /// <param name="toWeightedInputs">Whether to end with z + b.</param>
    public StageEpilogue<T> For(Parameters biases, Matrix<T> outputs, Matrix<T>? derivatives, bool toWeightedInputs = false)
    {
        parameters = biases;
        z = outputs;
        slopes = derivatives ?? default;
        differentiates = derivatives is not null;
        activates = activation is not null && !toWeightedInputs;
        return this;
    }

    /// <summary>The whole of the outputs at once.</summary>
    public void ApplyToAll(int samples) => Apply(0, samples, 0, z.Columns);

    public void Apply(int firstRow, int endRow, int firstColumn, int endColumn)
    {
        if (hasBias)
        {
            ReadOnlySpan<T> bias = parameters!.Bias<T>(number)[firstColumn..endColumn];
            for (int row = firstRow; row < endRow; row++)
            {
                Elementwise.Add(bias, z.Row(row)[firstColumn..endColumn]);
            }
        }

        if (!activates)
        {
            return;
        }

        if (endColumn - firstColumn == z.Columns)
        {
            // Whole rows lie in one piece.
            Activate(z.Slice(firstRow, endRow - firstRow).Elements, differentiates ? slopes.Slice(firstRow, endRow - firstRow).Elements : default, 0);
            return;
        }

        for (int row = firstRow; row < endRow; row++)
        {
            Activate(z.Row(row)[firstColumn..endColumn], differentiates ? slopes.Row(row)[firstColumn..endColumn] : default, firstColumn);
        }
    }

    private void Activate(Span<T> values, Span<T> derivatives, int unit)
    {
        if (differentiates)
        {
            activation!.ApplyWithDerivative(values, derivatives, unit, z.Columns);
        }
        else
        {
            activation!.Apply(values, unit, z.Columns);
        }
    }
}

/// <summary>What follows ∂C/∂a on the way back, block by block: the factor f′(z).</summary>
internal sealed class SlopeEpilogue<T> : IBlockEpilogue where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private Matrix<T> delta;
    private Matrix<T> slopes;

    /// <summary>δ becomes δ∘f′.</summary>
    public SlopeEpilogue<T> For(Matrix<T> gradient, Matrix<T> derivatives)
    {
        delta = gradient;
        slopes = derivatives;
        return this;
    }

    /// <summary>The whole gradient at once.</summary>
    public void ApplyToAll(int samples) => Apply(0, samples, 0, delta.Columns);

    public void Apply(int firstRow, int endRow, int firstColumn, int endColumn)
    {
        if (endColumn - firstColumn == delta.Columns)
        {
            // Whole rows lie in one piece.
            Elementwise.Multiply(slopes.Slice(firstRow, endRow - firstRow).Elements, delta.Slice(firstRow, endRow - firstRow).Elements);
            return;
        }

        for (int row = firstRow; row < endRow; row++)
        {
            Elementwise.Multiply(slopes.Row(row)[firstColumn..endColumn], delta.Row(row)[firstColumn..endColumn]);
        }
    }
}
