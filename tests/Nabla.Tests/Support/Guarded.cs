using System.Numerics;
using Nabla.Numerics.Memory;
using Nabla.Numerics.Random;
using Xunit;

namespace Nabla.Tests.Support;

/// <summary>
/// Elements with NaN all around them: one read too far spoils a result, one write too far an assertion.
/// The elements start one behind a cache line, so that nothing is aligned by luck.
/// </summary>
internal sealed class Guarded<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // More than the widest vector, and the two vectors of a register tile.
    private const int Margin = 33;

    private readonly AlignedBuffer buffer;
    private readonly int rows, columns, stride;

    public Guarded(int rows, int columns, int gap, ulong seed)
    {
        this.rows = rows;
        this.columns = columns;
        stride = columns + gap;
        buffer = AlignedBuffer.For<T>((2 * Margin) + ((long)rows * stride));
        buffer.As<T>().Fill(T.NaN);
        var random = new CounterRandom(seed, RandomPurpose.SyntheticSamples);
        for (int i = 0; i < rows; i++)
        {
            foreach (ref T value in Matrix.Row(i))
            {
                value = T.CreateTruncating(random.NextNormal());
            }
        }
    }

    public Guarded(int count, ulong seed)
        : this(1, count, 0, seed)
    {
    }

    public Matrix<T> Matrix => new(buffer, Margin, rows, columns, stride);

    public Span<T> Span => Matrix.Row(0);

    /// <summary>Every element is a number, and nothing around them is.</summary>
    public void RequireIntact()
    {
        Span<T> all = buffer.As<T>();
        for (int i = 0; i < all.Length; i++)
        {
            int row = (i - Margin) / stride, column = (i - Margin) % stride;
            bool inside = i >= Margin && row < rows && column < columns;
            Assert.True(T.IsNaN(all[i]) != inside, inside ? $"Element ({row}, {column}) of [{rows}, {columns}] came from outside." : $"[{rows}, {columns}] was left: element {i - Margin} was written.");
        }
    }
}
