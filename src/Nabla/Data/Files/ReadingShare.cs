namespace Nabla.Data.Files;

/// <summary>Tells a listener which share of a file is read.</summary>
/// <param name="file">The file, whose place tells it; of a gzipped file, what is packed counts.</param>
/// <param name="listener">Who hears it, or null.</param>
internal sealed class ReadingShare(FileStream file, IProgress<double>? listener)
{
    /// <summary>Tells the share that is read now. A pipe has no end that is known.</summary>
    public void Tell()
    {
        if (listener is not null && file.CanSeek)
        {
            listener.Report((double)file.Position / file.Length);
        }
    }
}
