using System.Numerics;
using Nabla.Numerics.Functions;
using Nabla.Numerics.Memory;

namespace Nabla.Data.Storage;

/// <summary>Grey images as bytes of a mapped file: <see cref="ByteInputs"/> for data larger than memory.</summary>
/// <param name="pixels">[samples, width].</param>
/// <param name="width">Number of pixels per image.</param>
/// <param name="isShared">Whether other programs may change the file in the meantime.</param>
internal sealed class MappedByteInputs(MappedBuffer pixels, int width, bool isShared) : IInputStorage
{
    public int Count => (int)(pixels.Length / width);

    public int Width => width;

    public ReadOnlySpan<byte> Pixels(int sample) => pixels.Bytes((long)sample * width, width);

    public void CopyTo(int sample, int first, Span<float> destination) => Copy(sample, first, destination);

    public void CopyTo(int sample, int first, Span<double> destination) => Copy(sample, first, destination);

    public void PrefetchInputs(int sample, int first, int count) => Prefetch.IntoL2(Pixels(sample).Slice(first, count));

    public void RequireWhole()
    {
        if (isShared)
        {
            pixels.RequireWhole();
        }
    }

    private void Copy<T>(int sample, int first, Span<T> destination) where T : unmanaged, INumber<T>
    {
        ByteScaling.ToUnit(Pixels(sample).Slice(first, destination.Length), destination);
        GC.KeepAlive(pixels);
    }
}
