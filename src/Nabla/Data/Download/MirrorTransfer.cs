using System.Buffers;
using System.Net;
using System.Net.Http.Headers;

namespace Nabla.Data.Download;

/// <summary>A mirror did not deliver the file.</summary>
/// <param name="message">What happened instead.</param>
/// <param name="canRetry">
/// Whether another attempt at the same mirror may succeed: it delivered
/// bytes to continue from, or the bytes to continue from were discarded.
/// </param>
/// <param name="inner">The cause, if the network is to blame.</param>
internal sealed class TransferException(string message, bool canRetry, Exception? inner = null) : Exception(message, inner)
{
    public bool CanRetry => canRetry;
}

/// <summary>
/// Downloads one file from one mirror, from where an earlier attempt broke off if the server supports it.
/// </summary>
internal sealed class MirrorTransfer(HttpClient client, Uri mirror, DownloadFile file, IProgress<DownloadProgress>? progress)
{
    /// <summary>A server that sends nothing for this long is given up.</summary>
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(30);

    private readonly Uri address = new(mirror, file.Name);

    /// <summary>Downloads the rest of the file.</summary>
    /// <returns>Whether bytes of an earlier attempt were kept.</returns>
    /// <exception cref="TransferException">The mirror failed. The bytes that it delivered stay in the part.</exception>
    public async Task<bool> RunAsync(PartFile part, CancellationToken cancellation)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        long before = part.Length;
        bool started = false;
        try
        {
            timeout.CancelAfter(LongestSilence);
            EntityTagHeaderValue? tag = part.TagFor(address);
            using HttpResponseMessage response = await SendAsync(tag, part.Length, timeout.Token).ConfigureAwait(false);
            if (tag is not null && response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
            {
                // There is nothing after the part: it is complete, or not of this file. The checksum will tell.
                return true;
            }

            bool resumed = tag is not null && response.StatusCode == HttpStatusCode.PartialContent;
            long? total = RequireUsable(response, resumed, part);
            if (!resumed)
            {
                part.Restart(address, response.Headers.ETag);
                before = 0;
            }

            started = true;
            await ReadBodyAsync(response, part, total, timeout).ConfigureAwait(false);
            return resumed;
        }
        catch (OperationCanceledException error) when (!cancellation.IsCancellationRequested)
        {
            throw new TransferException($"silent for {LongestSilence.TotalSeconds:0} seconds", started && part.Length > before, error);
        }
        catch (HttpRequestException error)
        {
            throw new TransferException(error.Message.TrimEnd('.'), started && part.Length > before, error);
        }
        catch (BrokenBodyException error)
        {
            throw new TransferException(error.Message, started && part.Length > before, error.InnerException);
        }
    }

    private Task<HttpResponseMessage> SendAsync(EntityTagHeaderValue? tag, long from, CancellationToken cancellation)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (tag is not null)
        {
            request.Headers.Range = new RangeHeaderValue(from, null);
            request.Headers.IfRange = new RangeConditionHeaderValue(tag);
        }

        return client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
    }

    /// <summary>Checks status and headers.</summary>
    /// <returns>The length of the whole file, if the server states it.</returns>
    private long? RequireUsable(HttpResponseMessage response, bool resumed, PartFile part)
    {
        if (!resumed && response.StatusCode != HttpStatusCode.OK)
        {
            // The reason phrase is the server's own text and may hold control characters: the status code is named instead.
            throw new TransferException($"answered {(int)response.StatusCode} {response.StatusCode}", canRetry: false);
        }

        ContentRangeHeaderValue? range = response.Content.Headers.ContentRange;
        long from = part.Length;
        if (resumed && (range is null || range.Unit != "bytes" || range.From != from))
        {
            part.Restart();
            throw new TransferException($"sent the range '{range}' where bytes {from}- were asked for", canRetry: true);
        }

        long? total = resumed ? range!.Length ?? (from + response.Content.Headers.ContentLength) : response.Content.Headers.ContentLength;
        if (total is null || total <= file.LongestBody)
        {
            return total;
        }

        if (resumed)
        {
            part.Restart();
        }

        throw new TransferException($"offers {total} bytes, but the file has at most {file.LongestBody}", canRetry: resumed);
    }

    private async Task ReadBodyAsync(HttpResponseMessage response, PartFile part, long? total, CancellationTokenSource timeout)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(1 << 16);
        try
        {
            Stream body = await OpenAsync(response, timeout.Token).ConfigureAwait(false);
            await using (body.ConfigureAwait(false))
            {
                progress?.Report(new DownloadProgress(file.Name, part.Length, total, mirror));
                int count;
                while ((count = await ReadAsync(body, buffer, timeout.Token).ConfigureAwait(false)) > 0)
                {
                    if (part.Length + count > file.LongestBody)
                    {
                        part.Restart();
                        throw new BrokenBodyException($"sent more than {file.LongestBody} bytes, which the file cannot have", null);
                    }

                    await part.AppendAsync(buffer.AsMemory(0, count), timeout.Token).ConfigureAwait(false);
                    progress?.Report(new DownloadProgress(file.Name, part.Length, total, mirror));
                    timeout.CancelAfter(LongestSilence);
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        if (part.Length < total)
        {
            throw new BrokenBodyException($"broke off after {part.Length} of {total} bytes", null);
        }
    }

    private static async Task<Stream> OpenAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        try
        {
            return await response.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
        }
        catch (IOException error)
        {
            throw new BrokenBodyException(error.Message.TrimEnd('.'), error);
        }
    }

    /// <summary>
    /// Reads from the network. Its failures are kept apart from those
    /// of the disk: only against the former does the next mirror help.
    /// </summary>
    private static async Task<int> ReadAsync(Stream body, byte[] buffer, CancellationToken cancellation)
    {
        try
        {
            return await body.ReadAsync(buffer, cancellation).ConfigureAwait(false);
        }
        catch (IOException error)
        {
            throw new BrokenBodyException(error.Message.TrimEnd('.'), error);
        }
    }

    /// <summary>The body of a response was too short or too long.</summary>
    private sealed class BrokenBodyException(string message, Exception? inner) : Exception(message, inner);
}
