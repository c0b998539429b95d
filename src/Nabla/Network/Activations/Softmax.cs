using System.Numerics;

namespace Nabla.Network.Activations;

/// <summary>Softmax over a row.</summary>
internal static class Softmax
{
    public static T Apply<T>(ReadOnlySpan<T> z, T constant, Span<T> a) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        throw new NotImplementedException();
    }
}
