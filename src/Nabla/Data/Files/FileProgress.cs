namespace Nabla.Data.Files;

/// <summary>Reports how much of a file has been read.</summary>
/// <param name="file">The file. Its position tells the share; for a gzip file, that of the packed bytes.</param>
/// <param name="progress">Receives the share, from 0 to 1; or null.</param>
internal sealed class FileProgress(FileStream file, IProgress<double>? progress)
{
    /// <summary>Reports the share read so far. The end of a pipe is unknown, so nothing is reported for one.</summary>
    public void Report()
    {
        if (progress is not null && file.CanSeek)
        {
            progress.Report((double)file.Position / file.Length);
        }
    }
}
