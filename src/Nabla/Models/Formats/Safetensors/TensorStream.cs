using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using Nabla.Network;
using Nabla.Numerics.Memory;

namespace Nabla.Models.Formats.Safetensors;

/// <summary>Writes tensors as raw little-endian numbers, row-major.</summary>
internal sealed class TensorStream(Stream target)
{
    /// <summary>Units whose weights lie in one line of memory.</summary>
    private const int UnitsAtOnce = 16;

    /// <summary>A layer's weights as [out, in], row by row.</summary>
    public void WriteWeight(Parameters parameters, int layer)
    {
        if (parameters.Precision == Precision.Single)
        {
            Write(parameters.Weight<float>(layer));
        }
        else
        {
            Write(parameters.Weight<double>(layer));
        }
    }

    /// <summary>A layer's biases, [out].</summary>
    public void WriteBias(Parameters parameters, int layer)
    {
        if (parameters.Precision == Precision.Single)
        {
            Write<float>(parameters.Bias<float>(layer));
        }
        else
        {
            Write<double>(parameters.Bias<double>(layer));
        }
    }

    /// <summary>Numbers in order, in the width of their type.</summary>
    public void Write<T>(ReadOnlySpan<T> values) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(values);
        target.Write(BitConverter.IsLittleEndian ? bytes : Turned<T>(bytes));
    }

    private static byte[] Turned<T>(ReadOnlySpan<byte> bytes) where T : unmanaged
    {
        byte[] turned = new byte[bytes.Length];
        if (typeof(T) == typeof(float))
        {
            BinaryPrimitives.ReverseEndianness(MemoryMarshal.Cast<byte, int>(bytes), MemoryMarshal.Cast<byte, int>(turned.AsSpan()));
        }
        else
        {
            BinaryPrimitives.ReverseEndianness(MemoryMarshal.Cast<byte, long>(bytes), MemoryMarshal.Cast<byte, long>(turned.AsSpan()));
        }

        return turned;
    }

    // Inside, weights lie as [in, out]: some units are turned at once, so that each line of memory is fetched once.
    private void Write<T>(Matrix<T> weight) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ReadOnlySpan<T> w = weight.Elements;
        int units = weight.Columns, inputs = weight.Rows;
        T[] turned = new T[Math.Min(units, UnitsAtOnce) * inputs];
        for (int first = 0; first < units; first += UnitsAtOnce)
        {
            int count = Math.Min(UnitsAtOnce, units - first);
            for (int input = 0; input < inputs; input++)
            {
                ReadOnlySpan<T> row = w.Slice((input * units) + first, count);
                for (int unit = 0; unit < count; unit++)
                {
                    turned[(unit * inputs) + input] = row[unit];
                }
            }

            Write<T>(turned.AsSpan(0, count * inputs));
        }
    }
}
