using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Nabla.Data;

/// <summary>A fingerprint of the samples of a data set.</summary>
internal static class DataChecksum
{
    /// <summary>
    /// SHA-256 in lowercase hexadecimal over shape, inputs and
    /// targets, in order; for a table also over the text of its file.
    /// </summary>
    /// <remarks>Inputs count as little-endian doubles, or as bytes where they are stored as bytes.</remarks>
    public static string Of(Dataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        using var hash = new BufferedHash();
        hash.Append(data.Count);
        hash.Append(data.InputCount);
        hash.Append(data.TargetCount);
        if (data.Columns?.Fingerprint is { } fingerprint)
        {
            hash.Append(Encoding.ASCII.GetBytes(fingerprint));
        }

        double[] inputs = new double[data.InputCount];
        for (int i = 0; i < data.Count; i++)
        {
            ReadOnlySpan<byte> pixels = data.Pixels(i);
            if (pixels.IsEmpty)
            {
                data.CopyInputs(i, inputs);
                hash.Append(inputs);
            }
            else
            {
                hash.Append(pixels);
            }

            if (data.IsRegression)
            {
                hash.Append(data.Target(i));
            }
            else
            {
                hash.Append(data.Label(i));
            }
        }

        return hash.Finish();
    }

    /// <summary>Collects small pieces: a call to the hash costs more than hashing the few bytes of a number.</summary>
    private sealed class BufferedHash : IDisposable
    {
        private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        private readonly byte[] buffer = new byte[1 << 14];
        private int length;

        public void Append(long value) => BinaryPrimitives.WriteInt64LittleEndian(Reserve(sizeof(long)), value);

        public void Append(ReadOnlySpan<double> values)
        {
            foreach (double value in values)
            {
                BinaryPrimitives.WriteDoubleLittleEndian(Reserve(sizeof(double)), value);
            }
        }

        public void Append(ReadOnlySpan<byte> bytes)
        {
            Flush();
            hash.AppendData(bytes);
        }

        public string Finish()
        {
            Flush();
            return Convert.ToHexStringLower(hash.GetHashAndReset());
        }

        public void Dispose() => hash.Dispose();

        private Span<byte> Reserve(int bytes)
        {
            if (length + bytes > buffer.Length)
            {
                Flush();
            }

            length += bytes;
            return buffer.AsSpan(length - bytes, bytes);
        }

        private void Flush()
        {
            hash.AppendData(buffer, 0, length);
            length = 0;
        }
    }
}
