using System.Numerics;
using Nabla.Network.Activations;
using Nabla.Numerics.Functions;
using Nabla.Numerics.Memory;

namespace Nabla.Network.Costs;

/// <summary>
/// The output layer with its cost, from weighted inputs z: activations a, output errors δ = ∂C/∂z and the cost of each sample.
/// Nothing is divided by a or 1 − a and no logarithm of either is taken, so a saturated output stays finite (ledger T09, T110).
/// </summary>
internal sealed class OutputCost
{
    private readonly NetworkOptions options;
    private readonly LayerActivation activation;

    public OutputCost(NetworkOptions options)
    {
        this.options = options;
        activation = new LayerActivation(options.Layers[^1]);
    }

    /// <summary>a from z, in place. z: [samples, outputs].</summary>
    public void Activate<T>(Matrix<T> z) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (!activation.IsSoftmax)
        {
            activation.Apply(z);
            return;
        }

        T constant = T.CreateChecked(options.SoftmaxConstant);
        for (int row = 0; row < z.Rows; row++)
        {
            Softmax.Apply(z.Row(row), constant, z.Row(row));
        }
    }

    /// <summary>a and the cost of each sample. z becomes a; scratch is overwritten. z, y, scratch: [samples, outputs]; costs: [samples].</summary>
    public void ActivateAndMeasure<T>(Matrix<T> z, Matrix<T> y, Matrix<T> scratch, Span<double> costs) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        switch (options.Cost)
        {
            case Cost.CrossEntropy:
                SigmoidCrossEntropy.Run<T>(z.Elements, y.Elements, scratch.Elements, costs);
                break;
            case Cost.LogLikelihood:
                MeasureLogLikelihood(z, y, costs);
                break;
            case Cost.Huber:
                Activate(z);
                MeasureErrors<T, HuberCost>(z, y, costs);
                break;
            default:
                Activate(z);
                MeasureErrors<T, QuadraticCost>(z, y, costs);
                break;
        }
    }

    /// <summary>a, δ and the cost of each sample. z becomes a. z, y, delta: [samples, outputs]; costs: [samples].</summary>
    public void Differentiate<T>(Matrix<T> z, Matrix<T> y, Matrix<T> delta, Span<double> costs) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (options.Cost == Cost.Quadratic && !activation.IsSoftmax)
        {
            DifferentiateErrors<T, QuadraticCost>(z, y, delta, costs);
            return;
        }

        if (options.Cost == Cost.Huber)
        {
            DifferentiateErrors<T, HuberCost>(z, y, delta, costs);
            return;
        }

        // By the cross-entropy, δ is there after this.
        ActivateAndMeasure(z, y, delta, costs);
        switch (options.Cost)
        {
            case Cost.Quadratic:
                ChainThroughSoftmax(z, y, delta);
                break;
            case Cost.LogLikelihood:
                // ∂C/∂z = c(a − y) (ledger T60).
                Elementwise.ScaleDifference(T.CreateChecked(options.SoftmaxConstant), z.Elements, y.Elements, delta.Elements);
                break;
        }
    }

    private static void MeasureErrors<T, TCost>(Matrix<T> a, Matrix<T> y, Span<double> costs)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TCost : struct, IErrorCost
    {
        for (int row = 0; row < a.Rows; row++)
        {
            Span<T> ar = a.Row(row), yr = y.Row(row);
            double sum = 0;
            for (int j = 0; j < ar.Length; j++)
            {
                sum += TCost.Term(double.CreateChecked(ar[j]) - double.CreateChecked(yr[j]));
            }

            costs[row] = TCost.Factor * sum;
        }
    }

    /// <summary>−Σ y_j ln a_j = Σ y_j (ln Σ_k e^{c·z_k} − c·z_j).</summary>
    private void MeasureLogLikelihood<T>(Matrix<T> z, Matrix<T> y, Span<double> costs) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double c = options.SoftmaxConstant;
        for (int row = 0; row < z.Rows; row++)
        {
            Span<T> zr = z.Row(row), yr = y.Row(row);
            double weighted = 0, total = 0;
            for (int j = 0; j < zr.Length; j++)
            {
                if (yr[j] != T.Zero)
                {
                    weighted += double.CreateChecked(yr[j]) * c * double.CreateChecked(zr[j]);
                    total += double.CreateChecked(yr[j]);
                }
            }

            double logSumExp = double.CreateChecked(Softmax.Apply(zr, T.CreateChecked(c), zr));
            costs[row] = (total * logSumExp) - weighted;
        }
    }

    /// <summary>δ = c·h′(a − y)∘f′(z): f′ first, where δ will stand.</summary>
    private void DifferentiateErrors<T, TCost>(Matrix<T> z, Matrix<T> y, Matrix<T> delta, Span<double> costs)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TCost : struct, IErrorCost
    {
        activation.ApplyWithDerivative(z, delta);
        MeasureErrors<T, TCost>(z, y, costs);
        Span<T> ae = z.Elements, ye = y.Elements, de = delta.Elements;
        for (int i = 0; i < de.Length; i++)
        {
            de[i] *= TCost.Slope(ae[i] - ye[i]);
        }
    }

    /// <summary>Quadratic cost behind softmax: δ_j = c·a_j·((a_j − y_j) − Σ_k a_k(a_k − y_k)), the Jacobian c(diag a − a aᵀ) applied to a − y.</summary>
    private void ChainThroughSoftmax<T>(Matrix<T> a, Matrix<T> y, Matrix<T> delta) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T c = T.CreateChecked(options.SoftmaxConstant);
        for (int row = 0; row < a.Rows; row++)
        {
            Span<T> ar = a.Row(row), yr = y.Row(row), dr = delta.Row(row);
            T mean = T.Zero;
            for (int k = 0; k < ar.Length; k++)
            {
                mean = T.FusedMultiplyAdd(ar[k], ar[k] - yr[k], mean);
            }

            for (int j = 0; j < ar.Length; j++)
            {
                dr[j] = c * ar[j] * (ar[j] - yr[j] - mean);
            }
        }
    }
}
