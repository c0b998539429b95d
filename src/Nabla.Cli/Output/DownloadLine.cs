using Nabla.Data.Download;

namespace Nabla.Cli.Output;

/// <summary>
/// The progress of a download on standard error: one line that is rewritten on a terminal, otherwise one line per file.
/// </summary>
internal sealed class DownloadLine : IProgress<DownloadProgress>
{
    private readonly bool isLive = !Console.IsErrorRedirected;
    private string? file;

    public void Report(DownloadProgress value)
    {
        bool isNew = value.File != file;
        file = value.File;
        if (isLive)
        {
            string total = value.Total is { } bytes ? $" of {Figures.Count(bytes)}" : "";
            Console.Error.Write($"{(isNew ? "\n" : "\r")}{value.File}: {Figures.Count(value.Received)}{total} bytes");
        }
        else if (isNew)
        {
            Console.Error.WriteLine($"Downloading {value.File}");
        }
    }
}
