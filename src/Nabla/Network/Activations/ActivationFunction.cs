using System.Numerics;
using Nabla.Numerics.Functions;

namespace Nabla.Network.Activations;

/// <summary>An activation in one precision, over whole layers.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public abstract class ActivationFunction<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Whether each activation depends on its own weighted input alone. Softmax, a function of whole rows, does not.</summary>
    public virtual bool IsElementwise => true;

    /// <summary>The function of a kernel.</summary>
    public static ActivationFunction<T> Of<TKernel>(TKernel kernel) where TKernel : struct, IActivationKernel<T> => new KernelFunction<TKernel>(kernel);

    /// <summary>a = f(z), in place.</summary>
    /// <param name="z">Weighted inputs, row after row. The first one belongs to unit <paramref name="unit"/>.</param>
    /// <param name="unit">The unit of the first element.</param>
    /// <param name="units">Units of the layer: the length of a row.</param>
    public abstract void Apply(Span<T> z, int unit, int units);

    /// <summary>a = f(z) in place, and f′(z) beside it. The derivative is computed from z, so that it keeps its digits in the tails (theory T01).</summary>
    /// <inheritdoc cref="Apply"/>
    public abstract void ApplyWithDerivative(Span<T> z, Span<T> derivative, int unit, int units);

    /// <summary>For a function of whole rows: ∂C/∂z from ∂C/∂a, in place.</summary>
    /// <param name="a">The activations of one row, [units].</param>
    /// <param name="gradient">∂C/∂a on entry, ∂C/∂z on return, [units].</param>
    /// <exception cref="NotSupportedException">The function is one of single units.</exception>
    public virtual void BackThroughRow(ReadOnlySpan<T> a, Span<T> gradient) => throw new NotSupportedException("A function of single units has a derivative of its own for each.");

    /// <summary>One kernel for every unit.</summary>
    private sealed class KernelFunction<TKernel>(TKernel kernel) : ActivationFunction<T> where TKernel : struct, IActivationKernel<T>
    {
        public override void Apply(Span<T> z, int unit, int units) => VectorMath.Map<T, TKernel>(kernel, z, z);

        public override void ApplyWithDerivative(Span<T> z, Span<T> derivative, int unit, int units) => DifferentiatedMap.Run(kernel, z, derivative);
    }
}
