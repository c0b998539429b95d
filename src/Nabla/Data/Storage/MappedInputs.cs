using System.Numerics;
using System.Runtime.InteropServices;
using Nabla.Numerics.Functions;
using Nabla.Numerics.Memory;

namespace Nabla.Data.Storage;

/// <summary>Grey images as bytes of a mapped file: <see cref="ByteInputs"/> for what is larger than the memory.</summary>
/// <param name="pixels">[samples, width].</param>
/// <param name="width">Pixels of an image.</param>
/// <param name="isShared">Whether others may change the file meanwhile.</param>
internal sealed class MappedByteInputs(MappedBuffer pixels, int width, bool isShared) : IInputStorage
{
    public int Count => (int)(pixels.Length / width);

    public int Width => width;

    public ReadOnlySpan<byte> Pixels(int sample) => pixels.Bytes((long)sample * width, width);

    public void CopyTo(int sample, int first, Span<float> destination) => Copy(sample, first, destination);

    public void CopyTo(int sample, int first, Span<double> destination) => Copy(sample, first, destination);

    public void PrefetchSample(int sample, int first, int count) => Prefetch.IntoL2(Pixels(sample).Slice(first, count));

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

/// <summary>Inputs in single precision in a mapped file that nobody else sees: <see cref="SingleInputs"/> for what is larger than the memory.</summary>
/// <param name="values">[samples, width], as they lie in memory.</param>
/// <param name="width">Inputs of a sample.</param>
internal sealed class MappedSingleInputs(MappedBuffer values, int width) : IInputStorage
{
    public int Count => (int)(values.Length / sizeof(float) / width);

    public int Width => width;

    public void CopyTo(int sample, int first, Span<float> destination)
    {
        Sample(sample).Slice(first, destination.Length).CopyTo(destination);
        GC.KeepAlive(values);
    }

    public void CopyTo(int sample, int first, Span<double> destination)
    {
        SingleInputs.Widen(Sample(sample).Slice(first, destination.Length), destination);
        GC.KeepAlive(values);
    }

    public void PrefetchSample(int sample, int first, int count) => Prefetch.IntoL2(MemoryMarshal.AsBytes(Sample(sample).Slice(first, count)));

    private ReadOnlySpan<float> Sample(int sample) => MemoryMarshal.Cast<byte, float>(values.Bytes((long)sample * width * sizeof(float), width * sizeof(float)));
}
