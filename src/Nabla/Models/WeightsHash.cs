using System.Security.Cryptography;
using Nabla.Models.Content;
using Nabla.Network;

namespace Nabla.Models;

/// <summary>The fingerprint of a network's parameters.</summary>
internal static class WeightsHash
{
    /// <summary>
    /// SHA-256 of the tensors as a model file stores them, as lowercase hexadecimal: raw little-endian numbers in the precision of the
    /// parameters, layer by layer. A dense layer has its weight [out, in] row by row, then its bias [out]; a layer with state has its
    /// trained tensors, then its state.
    /// </summary>
    public static string Of(Parameters parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        using var sha = SHA256.Create();
        using (var hashing = new CryptoStream(Stream.Null, sha, CryptoStreamMode.Write))
        {
            var data = new TensorStream(hashing);
            foreach (ParameterTensor tensor in parameters.StoredTensors)
            {
                data.Write(parameters, tensor);
            }

            hashing.FlushFinalBlock();
        }

        return Convert.ToHexStringLower(sha.Hash!);
    }
}
