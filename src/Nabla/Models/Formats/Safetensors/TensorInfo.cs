namespace Nabla.Models.Formats.Safetensors;

/// <summary>A tensor as the header of a safetensors file describes it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="ElementType">The element type, such as <c>F32</c>.</param>
/// <param name="Shape">The axes, outermost first; empty for a single number.</param>
/// <param name="Start">Where its bytes start, counted from the end of the header.</param>
/// <param name="End">Where its bytes end (exclusive).</param>
public sealed record TensorInfo(string Name, string ElementType, IReadOnlyList<long> Shape, long Start, long End)
{
    /// <summary>Number of elements.</summary>
    public long Count { get; } = Elements(Shape);

    /// <summary>The shape as text, such as <c>[30, 784]</c>.</summary>
    public string ShapeText => $"[{string.Join(", ", Shape)}]";

    /// <summary>Whether the tensor has these axes.</summary>
    internal bool HasShape(ReadOnlySpan<long> axes)
    {
        bool equal = Shape.Count == axes.Length;
        for (int i = 0; equal && i < axes.Length; i++)
        {
            equal = Shape[i] == axes[i];
        }

        return equal;
    }

    /// <summary>The product of the axes. The reader has checked that it does not overflow.</summary>
    private static long Elements(IReadOnlyList<long> shape)
    {
        long count = 1;
        for (int i = 0; i < shape.Count; i++)
        {
            count = checked(count * shape[i]);
        }

        return count;
    }
}
