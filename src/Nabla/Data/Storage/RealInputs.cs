using System.Runtime.InteropServices;
using Nabla.Numerics.Memory;

namespace Nabla.Data.Storage;

/// <summary>Real-valued inputs in double, rounded to the training precision when they are copied.</summary>
internal sealed class RealInputs(ReadOnlyMemory<double> values, int width) : IInputStorage
{
    public int Count => values.Length / width;

    public int Width => width;

    public void CopyTo(int sample, int first, Span<float> destination)
    {
        ReadOnlySpan<double> source = Values(sample, first, destination.Length);
        for (int i = 0; i < source.Length; i++)
        {
            destination[i] = (float)source[i];
        }
    }

    public void CopyTo(int sample, int first, Span<double> destination) => Values(sample, first, destination.Length).CopyTo(destination);

    public void PrefetchInputs(int sample, int first, int count) => Prefetch.IntoL2(MemoryMarshal.AsBytes(Values(sample, first, count)));

    private ReadOnlySpan<double> Values(int sample, int first, int count) => values.Span.Slice((sample * width) + first, count);
}
