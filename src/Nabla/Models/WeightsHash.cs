using System.Security.Cryptography;
using Nabla.Models.Formats.Safetensors;
using Nabla.Network;

namespace Nabla.Models;

/// <summary>The fingerprint of a network's parameters.</summary>
public static class WeightsHash
{
    /// <summary>
    /// SHA-256, as lowercase hexadecimal, over the raw little-endian tensors in the precision of the parameters:
    /// layer 0's weight [out, in] row by row, layer 0's bias [out], layer 1's weight, and so on.
    /// </summary>
    public static string Of(Parameters parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        using var sha = SHA256.Create();
        using (var hashing = new CryptoStream(Stream.Null, sha, CryptoStreamMode.Write))
        {
            var data = new TensorStream(hashing);
            foreach (TensorContent tensor in ParameterTensors.Of(parameters))
            {
                tensor.Write(data);
            }

            hashing.FlushFinalBlock();
        }

        return Convert.ToHexStringLower(sha.Hash!);
    }
}
