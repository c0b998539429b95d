using System.Numerics;
using Nabla.Numerics.Functions;
using Nabla.Numerics.Memory;
using Nabla.Numerics.Products;

namespace Nabla.Network;

/// <summary>What follows the product A·W of a layer: the bias, the activation and, for training, its derivative.</summary>
internal sealed class ForwardEpilogue<T> : IBlockEpilogue where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private Matrix<T> z;
    private Matrix<T> derivatives;
    private Parameters? parameters;
    private LayerActivation? activation;
    private int layer;
    private bool differentiates;

    /// <summary>z becomes a = f(z + b), and f′ goes to <paramref name="slopes"/> where they are given.</summary>
    public ForwardEpilogue<T> For(Parameters biases, int index, LayerActivation? function, Matrix<T> product, Matrix<T>? slopes = null)
    {
        parameters = biases;
        layer = index;
        activation = function;
        z = product;
        differentiates = slopes is not null;
        derivatives = slopes ?? default;
        return this;
    }

    public void Apply(int firstRow, int endRow, int firstColumn, int endColumn)
    {
        ReadOnlySpan<T> bias = parameters!.Bias<T>(layer)[firstColumn..endColumn];
        for (int row = firstRow; row < endRow; row++)
        {
            Elementwise.Add(bias, z.Row(row)[firstColumn..endColumn]);
        }

        if (activation is null)
        {
            return;
        }

        if (endColumn - firstColumn == z.Columns)
        {
            ApplyToRows(z.Slice(firstRow, endRow - firstRow), firstRow);
            return;
        }

        for (int row = firstRow; row < endRow; row++)
        {
            Span<T> a = z.Row(row)[firstColumn..endColumn];
            if (differentiates)
            {
                activation.ApplyWithDerivative(a, derivatives.Row(row)[firstColumn..endColumn], firstColumn);
            }
            else
            {
                activation.Apply(a, firstColumn);
            }
        }
    }

    /// <summary>Whole rows lie in one piece.</summary>
    private void ApplyToRows(Matrix<T> a, int firstRow)
    {
        if (differentiates)
        {
            activation!.ApplyWithDerivative(a, derivatives.Slice(firstRow, a.Rows));
        }
        else
        {
            activation!.Apply(a);
        }
    }
}

/// <summary>What follows the product δ·Wᵀ on the way back: the factor f′(z).</summary>
internal sealed class BackwardEpilogue<T> : IBlockEpilogue where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private Matrix<T> delta;
    private Matrix<T> derivatives;

    /// <summary>δ becomes δ∘f′.</summary>
    public BackwardEpilogue<T> For(Matrix<T> product, Matrix<T> slopes)
    {
        delta = product;
        derivatives = slopes;
        return this;
    }

    public void Apply(int firstRow, int endRow, int firstColumn, int endColumn)
    {
        if (endColumn - firstColumn == delta.Columns)
        {
            // Whole rows lie in one piece.
            Elementwise.Multiply(derivatives.Slice(firstRow, endRow - firstRow).Elements, delta.Slice(firstRow, endRow - firstRow).Elements);
            return;
        }

        for (int row = firstRow; row < endRow; row++)
        {
            Elementwise.Multiply(derivatives.Row(row)[firstColumn..endColumn], delta.Row(row)[firstColumn..endColumn]);
        }
    }
}
