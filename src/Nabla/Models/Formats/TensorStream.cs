using System.Buffers.Binary;
using System.Numerics;
using Nabla.Network;
using Nabla.Numerics;

namespace Nabla.Models.Formats;

/// <summary>Writes tensors as raw little-endian numbers, row-major, through a small buffer.</summary>
internal sealed class TensorStream(Stream target)
{
    private readonly byte[] buffer = new byte[1 << 16];
    private int used;

    /// <summary>One number, in the width of its type.</summary>
    public void Write<T>(T value) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (used + sizeof(double) > buffer.Length)
        {
            Flush();
        }

        if (typeof(T) == typeof(float))
        {
            BinaryPrimitives.WriteSingleLittleEndian(buffer.AsSpan(used), float.CreateTruncating(value));
            used += sizeof(float);
        }
        else
        {
            BinaryPrimitives.WriteDoubleLittleEndian(buffer.AsSpan(used), double.CreateTruncating(value));
            used += sizeof(double);
        }
    }

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

    /// <summary>Numbers in order.</summary>
    public void Write<T>(ReadOnlySpan<T> values) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach (T value in values)
        {
            Write(value);
        }
    }

    /// <summary>Hands what is buffered to the target.</summary>
    public void Flush()
    {
        target.Write(buffer, 0, used);
        used = 0;
    }

    // Inside, weights lie as [in, out].
    private void Write<T>(Matrix<T> weight) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ReadOnlySpan<T> w = weight.Elements;
        int units = weight.Columns;
        for (int unit = 0; unit < units; unit++)
        {
            for (int at = unit; at < w.Length; at += units)
            {
                Write(w[at]);
            }
        }
    }
}
