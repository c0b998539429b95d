using System.Runtime.InteropServices;
using Nabla.Numerics.Memory;

namespace Nabla.Data.Storage;

/// <summary>
/// Inputs in single precision in a mapped file that only this process
/// sees: <see cref="SingleInputs"/> for data larger than memory.
/// </summary>
/// <param name="values">[samples, width], in the byte order of this machine.</param>
/// <param name="width">Number of inputs per sample.</param>
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

    public void PrefetchInputs(int sample, int first, int count) => Prefetch.IntoL2(MemoryMarshal.AsBytes(Sample(sample).Slice(first, count)));

    private ReadOnlySpan<float> Sample(int sample) => MemoryMarshal.Cast<byte, float>(values.Bytes((long)sample * width * sizeof(float), width * sizeof(float)));
}
