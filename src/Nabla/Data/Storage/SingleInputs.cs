using System.Runtime.InteropServices;
using Nabla.Numerics.Memory;

namespace Nabla.Data.Storage;

/// <summary>
/// Inputs in single precision: half the memory of <see cref="RealInputs"/>,
/// and precise enough for the scaled cells of a table.
/// </summary>
internal sealed class SingleInputs(ReadOnlyMemory<float> values, int width) : IInputStorage
{
    public int Count => values.Length / width;

    public int Width => width;

    public void CopyTo(int sample, int first, Span<float> destination) => Values(sample, first, destination.Length).CopyTo(destination);

    public void CopyTo(int sample, int first, Span<double> destination) => Widen(Values(sample, first, destination.Length), destination);

    public void PrefetchInputs(int sample, int first, int count) => Prefetch.IntoL2(MemoryMarshal.AsBytes(Values(sample, first, count)));

    /// <summary>Converts to double precision. source, destination: [n].</summary>
    public static void Widen(ReadOnlySpan<float> source, Span<double> destination)
    {
        for (int i = 0; i < source.Length; i++)
        {
            destination[i] = source[i];
        }
    }

    private ReadOnlySpan<float> Values(int sample, int first, int count) => values.Span.Slice((sample * width) + first, count);
}
