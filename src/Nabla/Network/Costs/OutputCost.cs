using System.Numerics;
using Nabla.Network.Activations;

namespace Nabla.Network.Costs;

/// <summary>
/// The output layer with its cost in one precision, from weighted inputs z: activations a, output errors δ = ∂C/∂z and the cost of each sample.
/// Nothing is divided by a or 1 − a and no logarithm of either is taken, so a saturated output stays finite (theory T09, T110).
/// </summary>
/// <remarks>z, y and δ are [samples, outputs], row after row; costs are [samples].</remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public abstract class OutputCost<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>A cost that is a sum over the outputs of a kernel's terms, behind any activation.</summary>
    /// <param name="kernel">The term of one output and its slope.</param>
    /// <param name="output">The activation of the output layer.</param>
    public static OutputCost<T> Of<TKernel>(TKernel kernel, Activation output) where TKernel : struct, ICostKernel<T>
    {
        ArgumentNullException.ThrowIfNull(output);
        return new KernelOutputCost<T, TKernel>(kernel, output.CreateFunction<T>());
    }

    /// <summary>Turns z into a, in place.</summary>
    public abstract void Activate(Span<T> z, int outputs);

    /// <summary>Turns z into a and measures the cost of each sample. The scratch, as long as z, is overwritten.</summary>
    public abstract void Measure(Span<T> z, ReadOnlySpan<T> y, Span<T> scratch, Span<double> costs);

    /// <summary>Turns z into a, and writes δ and the cost of each sample.</summary>
    public abstract void Differentiate(Span<T> z, ReadOnlySpan<T> y, Span<T> delta, Span<double> costs);
}

/// <summary>The term of one output of a cost C = Σ_j h(a_j, y_j). A struct: the loop around it is compiled for it alone.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public interface ICostKernel<T> where T : unmanaged
{
    /// <summary>h(a, y).</summary>
    double Term(double a, double y);

    /// <summary>∂h/∂a.</summary>
    T Slope(T a, T y);
}

/// <summary>A kernel's terms behind an activation.</summary>
internal sealed class KernelOutputCost<T, TKernel>(TKernel kernel, ActivationFunction<T> activation) : OutputCost<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TKernel : struct, ICostKernel<T>
{
    public override void Activate(Span<T> z, int outputs) => activation.Apply(z, 0, outputs);

    public override void Measure(Span<T> z, ReadOnlySpan<T> y, Span<T> scratch, Span<double> costs)
    {
        Activate(z, Outputs(z, costs));
        MeasureActivations(z, y, costs);
    }

    public override void Differentiate(Span<T> z, ReadOnlySpan<T> y, Span<T> delta, Span<double> costs)
    {
        int outputs = Outputs(z, costs);
        if (!activation.IsElementwise)
        {
            DifferentiateRows(z, y, delta, costs, outputs);
            return;
        }

        // f′ first, in the place of δ.
        activation.ApplyWithDerivative(z, delta, 0, outputs);
        MeasureActivations(z, y, costs);
        for (int i = 0; i < delta.Length; i++)
        {
            delta[i] *= kernel.Slope(z[i], y[i]);
        }
    }

    private static int Outputs(Span<T> z, Span<double> costs) => z.Length / Math.Max(1, costs.Length);

    private void DifferentiateRows(Span<T> z, ReadOnlySpan<T> y, Span<T> delta, Span<double> costs, int outputs)
    {
        Activate(z, outputs);
        MeasureActivations(z, y, costs);
        for (int i = 0; i < delta.Length; i++)
        {
            delta[i] = kernel.Slope(z[i], y[i]);
        }

        for (int row = 0; row < z.Length; row += outputs)
        {
            activation.BackThroughRow(z.Slice(row, outputs), delta.Slice(row, outputs));
        }
    }

    /// <summary>The cost of each sample: its terms in double, added in the order of the outputs.</summary>
    private void MeasureActivations(ReadOnlySpan<T> a, ReadOnlySpan<T> y, Span<double> costs)
    {
        int outputs = a.Length / Math.Max(1, costs.Length);
        for (int row = 0; row < costs.Length; row++)
        {
            double sum = 0;
            for (int i = row * outputs; i < (row + 1) * outputs; i++)
            {
                sum += kernel.Term(double.CreateChecked(a[i]), double.CreateChecked(y[i]));
            }

            costs[row] = sum;
        }
    }
}
