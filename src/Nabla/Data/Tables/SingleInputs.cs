using System.Numerics;
using System.Runtime.InteropServices;
using Nabla.Numerics;

namespace Nabla.Data.Tables;

/// <summary>Inputs in single precision: half the memory of <see cref="RealInputs"/>, and scaled values lose nothing that a table's cells mean.</summary>
internal sealed class SingleInputs(float[] values, int width) : IInputStorage
{
    public int Count => values.Length / width;

    public int Width => width;

    public void CopyTo<T>(int sample, int first, Span<T> destination) where T : unmanaged, INumber<T> =>
        Copy(values.AsSpan((sample * width) + first, destination.Length), destination);

    public void Expect(int sample, int first, int count) => Prefetch.Read(MemoryMarshal.AsBytes(values.AsSpan((sample * width) + first, count)));

    /// <summary>Writes inputs in the precision of the training.</summary>
    public static void Copy<T>(ReadOnlySpan<float> source, Span<T> destination) where T : unmanaged, INumber<T>
    {
        if (typeof(T) == typeof(float))
        {
            source.CopyTo(MemoryMarshal.Cast<T, float>(destination));
            return;
        }

        for (int i = 0; i < source.Length; i++)
        {
            destination[i] = T.CreateTruncating(source[i]);
        }
    }
}
