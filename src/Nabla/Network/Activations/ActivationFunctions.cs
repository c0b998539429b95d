using System.Numerics;

namespace Nabla.Network.Activations;

/// <summary>The activations over spans.</summary>
internal static class ActivationFunctions
{
    /// <summary>a = f(z), in place.</summary>
    public static void Apply<T>(Activation activation, Span<T> z) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        throw new NotImplementedException();
    }

    /// <summary>a = f(z) in place, and f′(z) beside it. The derivative is computed from z, so that it keeps its digits in the tails (ledger T01).</summary>
    public static void ApplyWithDerivative<T>(Activation activation, Span<T> z, Span<T> derivative) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        throw new NotImplementedException();
    }
}
