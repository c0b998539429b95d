using System.Runtime.InteropServices;
using Nabla.Numerics.Functions;
using Nabla.Numerics.Memory;

namespace Nabla.Data.Storage;

/// <summary>Where the inputs of all samples lie, shared by every view of a data set.</summary>
internal interface IInputStorage
{
    /// <summary>Number of samples.</summary>
    int Count { get; }

    /// <summary>Inputs of one sample.</summary>
    int Width { get; }

    /// <summary>Writes inputs of one sample, from <paramref name="first"/> on as many as the destination holds.</summary>
    void CopyTo(int sample, int first, Span<float> destination);

    /// <inheritdoc cref="CopyTo(int, int, Span{float})"/>
    void CopyTo(int sample, int first, Span<double> destination);

    /// <summary>Some inputs of a sample will be read soon.</summary>
    void PrefetchSample(int sample, int first, int count);

    /// <summary>The inputs of a sample where they are bytes; otherwise empty.</summary>
    ReadOnlySpan<byte> Pixels(int sample) => default;

    /// <summary>Samples will be read: they are all still there.</summary>
    /// <exception cref="InvalidDataException">The file that holds them was shortened.</exception>
    void RequireWhole()
    {
    }
}

/// <summary>Grey images as bytes; an input is byte / 255, correctly rounded.</summary>
internal sealed class ByteInputs(ReadOnlyMemory<byte> pixels, int width) : IInputStorage
{
    public int Count => pixels.Length / width;

    public int Width => width;

    public ReadOnlySpan<byte> Pixels(int sample) => pixels.Span.Slice(sample * width, width);

    public void CopyTo(int sample, int first, Span<float> destination) => ByteScaling.ToUnit(Pixels(sample).Slice(first, destination.Length), destination);

    public void CopyTo(int sample, int first, Span<double> destination) => ByteScaling.ToUnit(Pixels(sample).Slice(first, destination.Length), destination);

    public void PrefetchSample(int sample, int first, int count) => Prefetch.IntoL2(Pixels(sample).Slice(first, count));
}

/// <summary>Real-valued inputs, kept in double and rounded to the precision of the training.</summary>
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

    public void PrefetchSample(int sample, int first, int count) => Prefetch.IntoL2(MemoryMarshal.AsBytes(Values(sample, first, count)));

    private ReadOnlySpan<double> Values(int sample, int first, int count) => values.Span.Slice((sample * width) + first, count);
}
