using System.Numerics;
using Nabla.Numerics.Functions;

namespace Nabla.Network.Activations;

/// <summary>The activations over spans: the registry of the functions beside this file.</summary>
internal static class ActivationFunctions
{
    /// <summary>a = f(z), in place.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Softmax, which is no function of single units.</exception>
    public static void Apply<T>(Activation activation, Span<T> z) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        switch (activation)
        {
            case Activation.Sigmoid:
                VectorMath.Map<T, Sigmoid<T>>(z, z);
                break;
            case Activation.Tanh:
                VectorMath.Map<T, Tanh<T>>(z, z);
                break;
            case Activation.Relu:
                VectorMath.Map<T, Relu<T>>(z, z);
                break;
            case Activation.LeakyRelu:
                VectorMath.Map<T, LeakyRelu<T>>(z, z);
                break;
            case Activation.Gelu:
                VectorMath.Map<T, Gelu<T>>(z, z);
                break;
            case Activation.Softplus:
                VectorMath.Map<T, Softplus<T>>(z, z);
                break;
            case Activation.Step:
                VectorMath.Map<T, Step<T>>(z, z);
                break;
            case Activation.Linear:
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(activation), activation, "No function of a single unit.");
        }
    }

    /// <summary>a = f(z) in place, and f′(z) beside it. The derivative is computed from z, so that it keeps its digits in the tails (ledger T01).</summary>
    /// <exception cref="ArgumentOutOfRangeException">Softmax, which is no function of single units.</exception>
    public static void ApplyWithDerivative<T>(Activation activation, Span<T> z, Span<T> derivative) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        switch (activation)
        {
            case Activation.Sigmoid:
                VectorMath.MapWithDerivative<T, Sigmoid<T>>(z, derivative);
                break;
            case Activation.Tanh:
                VectorMath.MapWithDerivative<T, Tanh<T>>(z, derivative);
                break;
            case Activation.Relu:
                VectorMath.MapWithDerivative<T, Relu<T>>(z, derivative);
                break;
            case Activation.LeakyRelu:
                VectorMath.MapWithDerivative<T, LeakyRelu<T>>(z, derivative);
                break;
            case Activation.Gelu:
                VectorMath.MapWithDerivative<T, Gelu<T>>(z, derivative);
                break;
            case Activation.Softplus:
                VectorMath.MapWithDerivative<T, Softplus<T>>(z, derivative);
                break;
            case Activation.Step:
                VectorMath.MapWithDerivative<T, Step<T>>(z, derivative);
                break;
            case Activation.Linear:
                derivative.Fill(T.One);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(activation), activation, "No function of a single unit.");
        }
    }
}
