using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Nabla.Data;

/// <summary>A fingerprint of the samples of a data set.</summary>
public static class DataChecksum
{
    /// <summary>SHA-256, as lowercase hexadecimal, over shape, inputs (in double, little-endian; bytes as they are) and targets, in order; for a table also over the text of its file.</summary>
    public static string Of(Dataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] number = new byte[8];
        Append(data.Count);
        Append(data.InputCount);
        Append(data.TargetCount);
        if (data.Columns?.Fingerprint is { } fingerprint)
        {
            hash.AppendData(Encoding.ASCII.GetBytes(fingerprint));
        }

        double[] inputs = new double[data.InputCount];
        byte[] bytes = new byte[8 * data.InputCount];
        for (int i = 0; i < data.Count; i++)
        {
            ReadOnlySpan<byte> pixels = data.Pixels(i);
            if (pixels.IsEmpty)
            {
                data.CopyInputs(i, inputs);
                for (int j = 0; j < inputs.Length; j++)
                {
                    BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(8 * j), inputs[j]);
                }

                hash.AppendData(bytes);
            }
            else
            {
                hash.AppendData(pixels);
            }

            if (!data.IsRegression)
            {
                Append(data.Label(i));
                continue;
            }

            foreach (double target in data.Target(i))
            {
                BinaryPrimitives.WriteDoubleLittleEndian(number, target);
                hash.AppendData(number);
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());

        void Append(long value)
        {
            BinaryPrimitives.WriteInt64LittleEndian(number, value);
            hash.AppendData(number);
        }
    }
}
