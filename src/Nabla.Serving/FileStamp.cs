namespace Nabla.Serving;

/// <summary>What tells a replaced file from the one before: its length and its last write. Watchers of the platform miss changes on network and container file systems.</summary>
internal readonly record struct FileStamp(long Length, DateTime LastWrite)
{
    /// <summary>The stamp of a file, or the default where there is none.</summary>
    public static FileStamp Of(string path)
    {
        var file = new FileInfo(path);
        return file.Exists ? new FileStamp(file.Length, file.LastWriteTimeUtc) : default;
    }
}
