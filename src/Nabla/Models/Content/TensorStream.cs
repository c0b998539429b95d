using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using Nabla.Network;

namespace Nabla.Models.Content;

/// <summary>Writes tensors as raw little-endian numbers, row-major.</summary>
internal sealed class TensorStream(Stream target)
{
    /// <summary>Units whose weights share a cache line.</summary>
    private const int UnitsAtOnce = 16;

    /// <summary>Writes a tensor in the order of files.</summary>
    public void Write(Parameters parameters, ParameterTensor tensor)
    {
        if (parameters.Precision == Precision.Single)
        {
            Write<float>(parameters.Values<float>(tensor), tensor);
        }
        else
        {
            Write<double>(parameters.Values<double>(tensor), tensor);
        }
    }

    /// <summary>Writes numbers in order, in the width of their type.</summary>
    public void Write<T>(ReadOnlySpan<T> values) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(values);
        target.Write(BitConverter.IsLittleEndian ? bytes : Reversed<T>(bytes));
    }

    private static byte[] Reversed<T>(ReadOnlySpan<byte> bytes) where T : unmanaged
    {
        byte[] reversed = new byte[bytes.Length];
        if (typeof(T) == typeof(float))
        {
            BinaryPrimitives.ReverseEndianness(MemoryMarshal.Cast<byte, int>(bytes), MemoryMarshal.Cast<byte, int>(reversed.AsSpan()));
        }
        else
        {
            BinaryPrimitives.ReverseEndianness(MemoryMarshal.Cast<byte, long>(bytes), MemoryMarshal.Cast<byte, long>(reversed.AsSpan()));
        }

        return reversed;
    }

    // Memory holds a transposed tensor as [the other axes, the first axis]. Writing several units at once fetches each cache line once.
    private void Write<T>(ReadOnlySpan<T> w, ParameterTensor tensor) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (!tensor.Declaration.IsTransposed)
        {
            Write(w);
            return;
        }

        int units = tensor.Shape[0], inputs = w.Length / units;
        T[] rows = new T[Math.Min(units, UnitsAtOnce) * inputs];
        for (int first = 0; first < units; first += UnitsAtOnce)
        {
            int count = Math.Min(UnitsAtOnce, units - first);
            for (int input = 0; input < inputs; input++)
            {
                ReadOnlySpan<T> row = w.Slice((input * units) + first, count);
                for (int unit = 0; unit < count; unit++)
                {
                    rows[(unit * inputs) + input] = row[unit];
                }
            }

            Write<T>(rows.AsSpan(0, count * inputs));
        }
    }
}
