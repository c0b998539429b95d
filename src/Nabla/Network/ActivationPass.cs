using System.Numerics;
using Nabla.Network.Activations;
using Nabla.Numerics.Functions;

namespace Nabla.Network;

/// <summary>An activation over the outputs of the layer before it.</summary>
internal sealed class ActivationPass<T>(ActivationFunction<T> function) : ElementwisePass<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private T[] derivative = [];

    public ActivationFunction<T> Function => function;

    public override void Apply(Span<T> values, Span<T> slopes, int units, bool isFirst, in PassContext context)
    {
        if (slopes.IsEmpty)
        {
            function.Apply(values, 0, units);
        }
        else if (isFirst)
        {
            function.ApplyWithDerivative(values, slopes, 0, units);
        }
        else
        {
            if (derivative.Length < values.Length)
            {
                derivative = new T[values.Length];
            }

            Span<T> own = derivative.AsSpan(0, values.Length);
            function.ApplyWithDerivative(values, own, 0, units);
            Elementwise.Multiply<T>(own, slopes);
        }
    }
}
