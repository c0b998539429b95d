using Nabla.Numerics.Functions;
using Nabla.Numerics.Memory;

namespace Nabla.Data.Storage;

/// <summary>Grey images as bytes; an input is byte/255, correctly rounded.</summary>
internal sealed class ByteInputs(ReadOnlyMemory<byte> pixels, int width) : IInputStorage
{
    public int Count => pixels.Length / width;

    public int Width => width;

    public ReadOnlySpan<byte> Pixels(int sample) => pixels.Span.Slice(sample * width, width);

    public void CopyTo(int sample, int first, Span<float> destination) => ByteScaling.ToUnit(Pixels(sample).Slice(first, destination.Length), destination);

    public void CopyTo(int sample, int first, Span<double> destination) => ByteScaling.ToUnit(Pixels(sample).Slice(first, destination.Length), destination);

    public void PrefetchInputs(int sample, int first, int count) => Prefetch.IntoL2(Pixels(sample).Slice(first, count));
}
