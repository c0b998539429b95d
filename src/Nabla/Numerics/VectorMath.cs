using System.Numerics;

namespace Nabla.Numerics;

/// <summary>Elementary functions over spans; each element's bits depend on its value alone. Source and destination may be the same span.</summary>
internal static class VectorMath
{
    public static void Exp<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IBinaryFloatingPointIeee754<T> { for (int i = 0; i < x.Length; i++) { y[i] = T.Exp(x[i]); } }

    public static void Log<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IBinaryFloatingPointIeee754<T> { for (int i = 0; i < x.Length; i++) { y[i] = T.Log(x[i]); } }
}
