using System.Buffers;
using System.IO.Compression;
using System.Security.Cryptography;

namespace Nabla.Data.Download;

/// <summary>Checks the content of a downloaded file.</summary>
internal static class ContentCheck
{
    /// <summary>
    /// Checks length and SHA-256 of a file's content. Gzip is unpacked; some
    /// servers already unpack it. Nothing is read beyond the expected length.
    /// </summary>
    /// <returns>The fault, or null.</returns>
    public static async Task<string?> FindFaultAsync(Stream stream, DownloadFile file, CancellationToken cancellation)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(1 << 16);
        try
        {
            stream.Position = 0;
            int length = await stream.ReadAtLeastAsync(buffer.AsMemory(0, 2), 2, throwOnEndOfStream: false, cancellation).ConfigureAwait(false);
            bool isGzip = length == 2 && buffer[0] == 0x1F && buffer[1] == 0x8B;
            stream.Position = 0;
            if (!isGzip)
            {
                return await FindFaultInContentAsync(stream, file, buffer, cancellation).ConfigureAwait(false);
            }

            var inflated = new GZipStream(stream, CompressionMode.Decompress, leaveOpen: true);
            await using (inflated.ConfigureAwait(false))
            {
                return await FindFaultInContentAsync(inflated, file, buffer, cancellation).ConfigureAwait(false);
            }
        }
        catch (InvalidDataException error)
        {
            return $"the gzip data is damaged ({error.Message.TrimEnd('.')})";
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static async Task<string?> FindFaultInContentAsync(Stream content, DownloadFile file, byte[] buffer, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        long length = 0;
        int count;
        while ((count = await content.ReadAsync(buffer, cancellation).ConfigureAwait(false)) > 0)
        {
            length += count;
            if (length > file.Length)
            {
                return $"the content is longer than the {file.Length} bytes expected";
            }

            hash.AppendData(buffer, 0, count);
        }

        if (length < file.Length)
        {
            return $"the content has {length} bytes, expected {file.Length}";
        }

        string found = Convert.ToHexStringLower(hash.GetHashAndReset());
        return found == file.Sha256 ? null : $"the content has SHA-256 {found}, expected {file.Sha256}";
    }
}
