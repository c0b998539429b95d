namespace Nabla.Data.Download;

/// <summary>Downloads public data sets into a cache folder.</summary>
/// <remarks>
/// A file appears under its name only when it is complete and its content has the expected checksum. Bytes received
/// before an interruption stay in <c>FILE.part</c>, and the next download continues from there. If a mirror fails, the
/// next one is tried. Every length is limited.
/// </remarks>
public static class DatasetDownload
{
    /// <summary>A mirror that breaks off is asked again if it delivered something, up to this many times.</summary>
    private const int AttemptsPerMirror = 4;

    /// <summary>The names of the data sets that can be downloaded.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. PublicSet.All.Select(set => set.Name)];

    /// <summary>Downloads a data set. Complete files are kept, damaged ones are replaced.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="cacheFolder">
    /// The folder in which a folder of that name is created, usually the user's cache folder.
    /// </param>
    /// <param name="handler">Sends the requests; not disposed. Null for the platform's own.</param>
    /// <param name="progress">Receives a report for every block; or null.</param>
    /// <param name="cancellation">
    /// Stops the download. Received bytes are kept, and the next download continues from them.
    /// </param>
    /// <returns>The folder with the four files.</returns>
    /// <exception cref="ArgumentException">No data set of that name can be downloaded.</exception>
    /// <exception cref="HttpRequestException">
    /// No mirror delivered a file; the message gives the failure of each.
    /// </exception>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static Task<string> GetAsync(string name, string cacheFolder, HttpMessageHandler? handler = null, IProgress<DownloadProgress>? progress = null, CancellationToken cancellation = default)
    {
        PublicSet set = PublicSet.All.FirstOrDefault(set => set.Name == name)
            ?? throw new ArgumentException($"'{name}' is not a data set that can be downloaded: expected {string.Join(" or ", Names)}.", nameof(name));
        return GetAsync(set, cacheFolder, handler, progress, cancellation);
    }

    /// <summary>Downloads any set of files.</summary>
    internal static async Task<string> GetAsync(PublicSet set, string cacheFolder, HttpMessageHandler? handler, IProgress<DownloadProgress>? progress, CancellationToken cancellation)
    {
        string folder = Path.Combine(cacheFolder, set.Name);
        Directory.CreateDirectory(folder);
        using HttpClient client = handler is null ? new HttpClient() : new HttpClient(handler, disposeHandler: false);
        // A long download is not a failure, but a long silence is: MirrorTransfer watches for it.
        client.Timeout = Timeout.InfiniteTimeSpan;
        client.DefaultRequestHeaders.UserAgent.ParseAdd("nabla");
        foreach (DownloadFile file in set.Files)
        {
            await GetAsync(set, file, folder, client, progress, cancellation).ConfigureAwait(false);
        }

        return folder;
    }

    private static async Task GetAsync(PublicSet set, DownloadFile file, string folder, HttpClient client, IProgress<DownloadProgress>? progress, CancellationToken cancellation)
    {
        string target = Path.Combine(folder, file.Name);
        if (await IsCompleteAsync(target, file, cancellation).ConfigureAwait(false))
        {
            long length = new FileInfo(target).Length;
            progress?.Report(new DownloadProgress(file.Name, length, length, null));
            return;
        }

        PartFile part = PartFile.Open(target);
        await using (part.ConfigureAwait(false))
        {
            var failures = new List<string>();
            // The mirror of the received bytes goes first: any other would discard them.
            foreach (Uri mirror in set.Mirrors.Select(mirror => new Uri(mirror)).OrderBy(mirror => part.TagFor(new Uri(mirror, file.Name)) is null).ToList())
            {
                var transfer = new MirrorTransfer(client, mirror, file, progress);
                if (await TryAsync(transfer, part, file, cancellation).ConfigureAwait(false) is not { } failure)
                {
                    await part.FinishAsync(target).ConfigureAwait(false);
                    return;
                }

                failures.Add($"{mirror}: {failure}");
            }

            throw new HttpRequestException($"{file.Name}: no mirror delivered the file: {string.Join("; ", failures)}. Try again later, or put the file into {folder} yourself.");
        }
    }

    /// <summary>
    /// Downloads from one mirror: continues where it broke off, and starts again if the continued file turns out wrong.
    /// </summary>
    /// <returns>The last failure, or null: the part is complete.</returns>
    private static async Task<string?> TryAsync(MirrorTransfer transfer, PartFile part, DownloadFile file, CancellationToken cancellation)
    {
        string? failure = null;
        for (int attempt = 0; attempt < AttemptsPerMirror; attempt++)
        {
            bool resumed;
            try
            {
                resumed = await transfer.RunAsync(part, cancellation).ConfigureAwait(false);
            }
            catch (TransferException error)
            {
                failure = error.Message;
                if (error.CanRetry)
                {
                    continue;
                }

                return failure;
            }

            failure = await ContentCheck.FindFaultAsync(part.Content, file, cancellation).ConfigureAwait(false);
            if (failure is null)
            {
                return null;
            }

            part.Restart();
            if (!resumed)
            {
                return failure;
            }
        }

        return failure;
    }

    private static async Task<bool> IsCompleteAsync(string path, DownloadFile file, CancellationToken cancellation)
    {
        if (!File.Exists(path))
        {
            return false;
        }

        var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.Asynchronous);
        await using (stream.ConfigureAwait(false))
        {
            return await ContentCheck.FindFaultAsync(stream, file, cancellation).ConfigureAwait(false) is null;
        }
    }
}
